import * as fs from "node:fs";
import * as seam from "../../sdk";
import { type DefaultKeys, type Emulator, startEmulator, withStack } from "../../sdk/testing";
import { onePin } from "./one-pin";

let emulator: Emulator<DefaultKeys>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const live = (id: unknown) =>
  emulator.credentials().find((credential) => credential.acs_credential_id === id);

describe("an AcsCredential on the engine, as few programs have it", () => {
  it("stores where the program declares it, without the frames that started the program", async () => {
    const { program } = onePin(emulator);
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      const { checkpoint } = JSON.parse(fs.readFileSync(stack.stateFile, "utf8"));
      const { stackTrace } = checkpoint.latest.resources.at(-1);
      const frames: string[] = stackTrace.map((frame: { sourcePosition?: string }) => frame.sourcePosition);
      expect(frames.at(-1)).toMatch(/one-pin\.ts#\d+,\d+$/);
      expect(frames.join()).not.toContain("@pulumi");
    });
  });

  it("refuses in the preview a replacement that would be over already", async () => {
    const { declared, program } = onePin(emulator, { startsAt: "2001-01-01T00:00:00Z" });
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
    const { program } = onePin(emulator);
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

  it("leaves no PIN, key or token in clear in the state, and a provider text of at most 80 bytes", async () => {
    const { program } = onePin(emulator);
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
});
