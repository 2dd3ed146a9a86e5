import type * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
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
let annex: Emulator<DefaultKeys>;
beforeAll(async () => {
  [emulator, annex] = await Promise.all([startEmulator(), startEmulator()]);
});
afterEach(() => {
  emulator.requests.clear();
  annex.requests.clear();
});
afterAll(() => Promise.all([emulator.close(), annex.close()]));

describe("a person with all kinds of resources", () => {
  it("is put right after changes made elsewhere", async () => {
    await withStack({ emulator, program: person().program }, async (stack) => {
      const { outputs } = await stack.up();
      const [acs_access_group_id, acs_user_id = ""] = String(outputs["membership"]).split("/");
      emulator.edit.acsUser(acs_user_id, { full_name: "Somebody else" });
      await call(emulator, "/acs/access_groups/remove_user", { acs_access_group_id, acs_user_id });
      assertChanges(await stack.refresh(), { user: "updated", membership: "deleted" });
      // The credential depends on the membership, so it stays; the user gets its name back.
      assertChanges(await stack.up(), { user: "updated", membership: "created" });
      assertNoChanges(await stack.up());
    });
  });
});

describe("two accounts in one program", () => {
  it("are asked and changed apart from each other", async () => {
    const program = async () => {
      const second = new seam.Provider("annex", { apiKey: annex.apiKey, endpoint: annex.url });
      const inAccount = async (name: string, opts: { provider?: pulumi.ProviderResource }) => {
        const { acsSystemId } = await seam.getAcsSystem({ name: "Brivo property" }, opts);
        return new seam.AcsUser(name, { acsSystemId, fullName: `${name} Example` }, opts);
      };
      await inAccount("Here", {});
      await inAccount("There", { provider: second });
      const looked = seam.getAcsSystemOutput({ name: "Brivo property" }, { provider: second });
      return { there: looked.acsSystemId };
    };
    await withStack({ emulator, program }, async (stack) => {
      const { outputs } = await stack.up();
      expect(outputs["there"]).toBe(annex.ids.acsSystems.brivo);
      assertRequests(emulator, [{ path: "/acs/users/create", body: { full_name: "Here Example" } }]);
      assertRequests(annex, [{ path: "/acs/users/create", body: { full_name: "There Example" } }]);
      assertNoChanges(await stack.up());
      expect((await stack.destroy()).operations.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["Here", "There"]),
      );
    });
  });
});

describe("a look-up that finds nothing", () => {});

async function call(at: Emulator<DefaultKeys>, path: string, body: object): Promise<void> {
  const response = await fetch(at.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${at.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}
