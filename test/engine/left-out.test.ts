import * as seam from "../../sdk";
import {
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "../../sdk/testing";

describe("what has left the program", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  const names = () =>
    emulator
      .snapshot()
      .user_identities.map(({ full_name }) => full_name)
      .filter((name) => name?.startsWith("Guest"));

  it("is deleted in an `up --refresh`, in which the refresh compares it, too", async () => {
    let guests = ["Guest A", "Guest B"];
    const program = async () => {
      for (const fullName of guests) new seam.UserIdentity(fullName, { fullName });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      guests = ["Guest A"];
      await stack.up({ refresh: true });
      expect(names()).toEqual(["Guest A"]);
      assertNoChanges(await stack.refresh());
    });
  });
});
