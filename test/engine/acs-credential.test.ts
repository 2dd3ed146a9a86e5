import * as fs from "node:fs";
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

const UPDATE = "/acs/credentials/update";

let emulator: Emulator<DefaultKeys>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** A program with one PIN credential, whose args and options can be changed between runs. */
function onePin(changes: Partial<seam.AcsCredentialArgs> = {}) {
  const declared = {
    args: {
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
      code: "80808080",
      startsAt: "2035-01-01T00:00:00Z",
      endsAt: "2035-02-01T00:00:00Z",
      ...changes,
    } as seam.AcsCredentialArgs,
    opts: {} as pulumi.CustomResourceOptions,
    isDeclared: true,
  };
  const program = async () => {
    if (!declared.isDeclared) return {};
    const pin = new seam.AcsCredential("pin", declared.args, declared.opts);
    return { id: pin.id, code: pin.code };
  };
  return { declared, program };
}

const live = (id: unknown) =>
  emulator.credentials().find((credential) => credential.acs_credential_id === id);

describe("an AcsCredential on the engine", () => {
  it("is created, stays, is updated, replaced, found changed, put right, and taken away", async () => {
    const { declared, program } = onePin();
    await withStack({ emulator, program }, async (stack) => {
      assertChanges(await stack.preview(), { pin: "created" });
      expect(emulator.credentials()).toEqual([]);
      const { outputs } = await stack.up();
      expect(outputs["code"]).toBe("80808080");
      expect(live(outputs["id"])).toMatchObject({ code: "80808080", ends_at: "2035-02-01T00:00:00.000Z" });

      // The same, written in another way.
      declared.args = { ...declared.args, startsAt: "2035-01-01T02:00:00+02:00", allowedAcsEntranceIds: [] };
      emulator.requests.clear();
      assertNoChanges(await stack.preview());
      expect(emulator.requests.count()).toBe(0);
      assertNoChanges(await stack.up());

      declared.args = { ...declared.args, endsAt: "2035-03-01T00:00:00Z", code: "90909090" };
      assertChanges(await stack.up(), { pin: "updated" });
      assertRequests(emulator, [
        { path: UPDATE, body: { acs_credential_id: outputs["id"], ends_at: "2035-03-01T00:00:00.000Z" } },
      ]);
      expect(live(outputs["id"])).toMatchObject({ code: "90909090" });

      const id = String(outputs["id"]);
      emulator.edit.acsCredential(id, { code: "111111", ends_at: "2039-01-01T00:00:00.000Z" });
      assertChanges(await stack.refresh(), { pin: "updated" });
      assertChanges(await stack.preview(), { pin: "updated" });
      assertChanges(await stack.up(), { pin: "updated" });
      expect(live(id)).toMatchObject({ code: "90909090", ends_at: "2035-03-01T00:00:00.000Z" });

      declared.args = {
        ...declared.args,
        allowedAcsEntranceIds: [emulator.ids.acsEntrances["salto-ks/garage"]],
      };
      const replaced = await stack.up();
      assertChanges(replaced, { pin: "replaced" });
      expect(live(id)).toBeUndefined();
      expect(live(replaced.outputs["id"])?.allowed_acs_entrance_ids).toEqual([
        emulator.ids.acsEntrances["salto-ks/garage"],
      ]);

      emulator.edit.deleteAcsCredential(String(replaced.outputs["id"]));
      assertChanges(await stack.refresh(), { pin: "deleted" });
      assertChanges(await stack.up(), { pin: "created" });

      declared.isDeclared = false;
      assertChanges(await stack.up(), { pin: "deleted" });
      expect(emulator.credentials()).toEqual([]);
    });
  });

  it("leaves no PIN, key or token in clear in the state, and a provider text of at most 80 bytes", async () => {
    const { program } = onePin();
    const generated = async () => ({
      ...(await program()),
      generated: new seam.AcsCredential("generated", {
        accessMethod: "code",
        acsUserId: emulator.ids.acsUsers["salto-ks/ben"],
      }).code,
    });
    await withStack({ emulator, program: generated }, async (stack) => {
      const { outputs } = await stack.up();
      await stack.refresh();
      const state = fs.readFileSync(stack.stateFile, "utf8");
      expect(outputs["generated"]).toMatch(/^\d+$/);
      for (const secret of ["80808080", `"${outputs["generated"]}"`, emulator.apiKey]) {
        expect(state).not.toContain(secret);
      }
      const texts = [...state.matchAll(/"__provider":\s*("(?:[^"\\]|\\.)*")/g)].map(([, text]) =>
        JSON.parse(text as string),
      );
      expect(new Set(texts)).toEqual(
        new Set(['exports.handler=()=>require("pulumi-seam/provider").AcsCredential']),
      );
    });
  });

  it("stores where the program declares it, without the frames that started the program", async () => {
    const { program } = onePin();
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      const { checkpoint } = JSON.parse(fs.readFileSync(stack.stateFile, "utf8"));
      const { stackTrace } = checkpoint.latest.resources.at(-1);
      const frames: string[] = stackTrace.map((frame: { sourcePosition?: string }) => frame.sourcePosition);
      expect(frames.at(-1)).toMatch(/acs-credential\.test\.ts#\d+,\d+$/);
      expect(frames.join()).not.toContain("@pulumi");
    });
  });

  it("reports five mistakes in one preview, and sends nothing", async () => {
    const { program } = onePin({
      accessMethod: "pin" as "code",
      code: "12ab34",
      endsAt: "2020-01-01T00:00:00Z",
      allowedAcsEntranceIds: ["front door"],
      ...{ start_at: "2035-01-01T00:00:00Z" },
      startsAt: "2019-01-01T00:00:00Z",
    });
    emulator.requests.clear();
    await withStack({ emulator, program }, async (stack) => {
      const { message } = await stack.preview().catch((error) => error);
      for (const path of ["accessMethod", "code", "endsAt", "allowedAcsEntranceIds[0]", "start_at"]) {
        expect(message).toContain(`has a problem: ${path}: `);
      }
      expect(message.split("has a problem").length - 1).toBe(5);
      expect(message).not.toContain("12ab34");
      expect(emulator.requests.count()).toBe(0);
    });
  });

  it("refuses in the preview a replacement that would be over already", async () => {
    const { declared, program } = onePin({ startsAt: "2001-01-01T00:00:00Z" });
    await withStack({ emulator, program }, async (stack) => {
      const { outputs } = await stack.up();
      declared.args = { ...declared.args, endsAt: "2002-01-01T00:00:00Z", isMultiPhoneSyncCredential: true };
      await expect(stack.preview()).rejects.toThrow(/endsAt: .* is in the past/);
      expect(live(outputs["id"])).toBeDefined();
    });
  });

  it("creates the replacement first, except where both cannot exist together", async () => {
    let startsAt = "2035-01-01T00:00:00Z";
    const program = async () => {
      const end = { endsAt: "2036-01-01T00:00:00Z" };
      const door = emulator.ids.acsEntrances["visionline/lobby"];
      new seam.AcsCredential("visionline", {
        accessMethod: "card",
        acsUserId: emulator.ids.acsUsers["visionline/cleo"],
        allowedAcsEntranceIds: [door],
        visionlineMetadata: { cardFormat: "rfid48" },
        startsAt,
        ...end,
      });
      new seam.AcsCredential("space", {
        accessMethod: "card",
        acsUserId: emulator.ids.acsUsers["salto-space/cleo"],
        saltoSpaceMetadata: { assignNewKey: true },
        startsAt,
        ...end,
      });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      startsAt = "2035-06-01T00:00:00Z";
      const { operations } = await stack.up();
      const steps = (name: string) =>
        operations.filter((operation) => operation.name === name).map(({ op }) => op);
      expect(steps("visionline")).toEqual(["create-replacement", "replace", "delete-replaced"]);
      expect(steps("space")).toEqual(["delete-replaced", "replace", "create-replacement"]);
      expect(emulator.credentials()).toHaveLength(2);
    });
  });

  it("reads a credential that the stack does not own, and fails for one that does not exist", async () => {
    const { program } = onePin();
    await withStack({ emulator, program }, async (owner) => {
      const { outputs } = await owner.up();
      let id = String(outputs["id"]);
      const reader = async () => {
        const pin = seam.AcsCredential.get("theirs", id);
        return { userId: pin.acsUserId, code: pin.code };
      };
      await withStack({ emulator, program: reader, projectName: "reader" }, async (stack) => {
        const read = await stack.up();
        expect(read.outputs).toEqual({ userId: emulator.ids.acsUsers["salto-ks/ada"], code: "80808080" });
        expect(fs.readFileSync(stack.stateFile, "utf8")).not.toContain("80808080");
        id = "00000000-0000-4000-8000-000000000000";
        await expect(stack.up()).rejects.toThrow(
          /Cannot read acs_credential 00000000-.*acs_credential_not_found/,
        );
      });
      expect(live(outputs["id"])).toBeDefined();
    });
  });
});
