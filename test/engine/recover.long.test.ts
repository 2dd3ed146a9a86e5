import { assertNoChanges, type DefaultKeys, type Emulator, startEmulator } from "pulumi-seam/testing";
import { interrupted, recover } from "./interrupted";

describe("pulumi-seam recover, after a run was killed in the middle of its creates", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("shows what a later run made again as orphans, and deletes them only when told to", () =>
    interrupted(emulator, { count: 4, killAt: 3 }, async (stack) => {
      await stack.automation.cancel();
      await stack.up();
      const surplus = emulator.credentials().length - 4;
      expect(surplus).toBeGreaterThan(0);

      const refused = await recover(stack, "--apply");
      expect(refused.code).toBe(2);
      expect(refused.stdout.match(/belongs to nothing: a later run made this resource again/g)).toHaveLength(
        surplus,
      );
      expect(refused.stderr).toContain("Nothing was applied");
      expect(emulator.credentials()).toHaveLength(4 + surplus);

      expect(await recover(stack, "--apply", "--delete-orphans")).toMatchObject({
        code: 0,
      });
      expect(emulator.credentials()).toHaveLength(4);
      assertNoChanges(await stack.preview());
    }));
});
