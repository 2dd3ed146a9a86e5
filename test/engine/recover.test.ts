import { readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { assertNoChanges, type DefaultKeys, type Emulator, startEmulator } from "pulumi-seam/testing";
import { interrupted, recover } from "./interrupted";

describe("pulumi-seam recover, after a run was killed in the middle of its creates", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("takes what was created into the state, so that nothing is lost or doubled", () =>
    interrupted(emulator, { count: 20, killAt: 12 }, async (stack) => {
      const found = await recover(stack, "--json");
      expect(found.code).toBe(2);
      const { applied, findings } = JSON.parse(found.stdout) as {
        applied: boolean;
        findings: { operation: string; verdict: string; id?: string }[];
      };
      expect(applied).toBe(false);
      expect(findings.length).toBeGreaterThan(0);
      expect(new Set(findings.map(({ operation }) => operation))).toEqual(new Set(["creating"]));
      const live = new Set(emulator.credentials().map((credential) => credential.acs_credential_id));
      for (const { verdict, id } of findings) {
        expect(["import", "clear"]).toContain(verdict);
        if (verdict === "import") expect(live).toContain(id);
      }

      await writeFile(`${stack.stateFile}.attrs`, "");
      const unreadable = await recover(stack);
      expect(unreadable.code).toBe(1);
      expect(unreadable.stderr).toContain("Delete that file");
      await rm(`${stack.stateFile}.attrs`);

      const locked = await recover(stack, "--apply");
      expect(locked.code).toBe(1);
      expect(locked.stderr).toContain("not alive any more. Run `pulumi cancel`");

      await stack.automation.cancel();
      expect(await recover(stack, "--apply")).toMatchObject({ code: 0 });
      expect(await recover(stack)).toMatchObject({
        code: 0,
        stdout: "No operation was interrupted.\n",
      });
      const sent = emulator.credentials().length;
      const before = emulator.requests.count("/acs/credentials/create");
      await stack.up();
      expect(emulator.requests.count("/acs/credentials/create") - before).toBe(20 - sent);
      expect(emulator.credentials()).toHaveLength(20);
      expect(new Set(emulator.credentials().map(({ ends_at }) => ends_at)).size).toBe(20);
      assertNoChanges(await stack.refresh());
      assertNoChanges(await stack.preview());
      expect(readFileSync(stack.stateFile, "utf8").match(/["\\]7310\d\d/)).toBeNull();
    }));
});
