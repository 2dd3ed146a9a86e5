import {
  assertChanges,
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "pulumi-seam/testing";
import { cleaner } from "./cleaner";

describe("the cleaner", () => {
  let seam: Emulator<DefaultKeys>;

  beforeEach(async () => {
    seam = await startEmulator();
  });
  afterEach(() => seam.close());

  it("gets in as long as the contract runs, keeps the PIN when it is extended, and is out when it is over", async () => {
    let endsAt = "2031-06-30T22:00:00Z";
    const program = async () => ({ pins: cleaner("Salto ks property", endsAt).pins });

    await withStack({ emulator: seam, program }, async (stack) => {
      const { outputs } = await stack.up();
      expect(seam.credentials()).toMatchObject([
        { access_method: "code", ends_at: "2031-06-30T22:00:00.000Z" },
      ]);
      assertNoChanges(await stack.preview());

      endsAt = "2031-12-31T23:00:00Z";
      const extended = await stack.up();
      assertChanges(extended, { "cleaning-c1": "updated", "cleaning-c1-code": "updated" });
      expect(extended.outputs["pins"]).toEqual(outputs["pins"]);

      await stack.destroy();
      expect(seam.credentials()).toEqual([]);
    });
  });
});
