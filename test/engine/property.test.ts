import * as fs from "node:fs";
import * as path from "node:path";
import {
  assertChanges,
  assertNoChanges,
  assertRequests,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "../../sdk/testing";
import { person } from "./person";

let emulator: Emulator<DefaultKeys>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => {
  emulator.requests.clear();
});
afterAll(() => emulator.close());

const WRITES = /\/(create|update|delete|add_user|remove_user)$/;
const writes = () => [...emulator.requests].map(({ path }) => path).filter((path) => WRITES.test(path));

const ALL = ["identity", "user", "membership", "credential", "grant"];
const all = (change: "created" | "deleted") => Object.fromEntries(ALL.map((name) => [name, change]));

describe("a person with all kinds of resources", () => {
  it("lives: previewed, created, unchanged, updated, replaced, and deleted in the right order", async () => {
    const { declared, program } = person();
    await withStack({ emulator, program }, async (stack) => {
      assertChanges(await stack.preview(), all("created"));
      assertRequests(emulator, []);
      // Look-ups run in the preview too, each once.
      expect(emulator.requests.counts()).toEqual({
        "/acs/access_groups/list": 1,
        "/acs/entrances/list": 1,
        "/acs/systems/list": 1,
      });

      const { outputs } = await stack.up();
      expect(outputs["name"]).toBe("Gus Example");
      expect(outputs["membership"]).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
      expect(emulator.requests.counts()["/acs/users/get"]).toBe(1);
      emulator.requests.clear();

      assertNoChanges(await stack.up());
      assertRequests(emulator, []);
      expect(emulator.requests.count("/acs/entrances/list")).toBe(1);
      assertNoChanges(await stack.refresh());

      declared.name = "Gus G. Example";
      declared.endsAt = "2037-01-01T00:00:00Z";
      emulator.requests.clear();
      assertChanges(await stack.up(), { identity: "updated", user: "updated", grant: "updated" });
      assertRequests(emulator, [
        { path: "/user_identities/update", body: { full_name: "Gus G. Example" } },
        { path: "/acs/users/update", body: { full_name: "Gus G. Example" } },
        { path: "/access_grants/update", body: { ends_at: "2037-01-01T00:00:00.000Z" } },
      ]);

      declared.doors = ["Garage", "Office"];
      emulator.requests.clear();
      assertChanges(await stack.up(), { grant: "replaced" });
      expect(writes()).toEqual(["/access_grants/delete", "/access_grants/create"]);

      emulator.requests.clear();
      assertChanges(await stack.destroy(), all("deleted"));
      const order = writes();
      expect([...order].sort()).toEqual([
        "/access_grants/delete",
        "/acs/access_groups/remove_user",
        "/acs/credentials/delete",
        "/acs/users/delete",
        "/user_identities/delete",
      ]);
      const at = (path: string) => order.indexOf(path);
      expect(at("/acs/credentials/delete")).toBeLessThan(at("/acs/access_groups/remove_user"));
      expect(at("/acs/access_groups/remove_user")).toBeLessThan(at("/acs/users/delete"));
      expect(at("/acs/users/delete")).toBeLessThan(at("/user_identities/delete"));
      expect(at("/access_grants/delete")).toBeLessThan(at("/user_identities/delete"));
      expect(emulator.users().some(({ full_name: name }) => name?.startsWith("Gus"))).toBe(false);
    });
  });

  it("keeps PINs and tokens out of the state's clear text", async () => {
    await withStack({ emulator, program: person().program }, async (stack) => {
      await stack.up();
      const state = fs.readFileSync(stack.stateFile, "utf8");
      expect(state).toContain("instantKeyUrl");
      expect(state).not.toMatch(/80808080|seam_cst|instantKeyUrl"?: *"?http/);
    });
  });
});

describe("two accounts in one program", () => {});

describe("a look-up that finds nothing", () => {
  it("fails the preview of a program on disk with what is near", async () => {
    const workDir = path.join(__dirname, "missing-lookup");
    await withStack({ emulator, workDir }, async (stack) => {
      const error = await stack.preview().catch((reason: Error) => reason);
      expect(String(error)).toContain('Cannot look up acs_entrance "Frunt door"');
      expect(String(error)).toContain('Did you mean "Front door"?');
    });
  });

  it.each(["in what the program returns", "in a resource"])(
    "is told once and without a stack trace, also where an output ends in it: %s",
    async (place) => {
      const workDir = path.join(__dirname, "missing-lookup");
      const config = { "missing-lookup:endsIn": place };
      await withStack({ emulator, workDir, config }, async (stack) => {
        const error = String(await stack.preview().catch((reason: Error) => reason));
        expect(error.match(/Cannot look up acs_entrance "Frunt door"/g)).toHaveLength(1);
        expect(error).not.toMatch(/\n\s+at |unhandled/);
      });
    },
  );
});

async function _call(at: Emulator<DefaultKeys>, path: string, body: object): Promise<void> {
  const response = await fetch(at.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${at.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}
