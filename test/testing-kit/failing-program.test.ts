import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import { startEmulator, withStack } from "../../sdk/testing";

class Room extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Room", name);
    this.registerOutputs();
  }
}

/** Pulumi's SDK leaves a rejection behind for each component whose outputs it registers while the engine ends a run. */
it("fails the command alone when the engine ends a run in the midst of registrations", async () => {
  const emulator = await startEmulator();
  const program = async () => {
    new seam.AcsCredential("refused", { accessMethod: "code", code: "1" } as never);
    for (let count = 0; count < 300; count++) {
      new Room(`room-${count}`);
      await new Promise(setImmediate);
    }
  };
  try {
    await withStack({ emulator, program }, async (stack) => {
      await expect(stack.up()).rejects.toThrow("refused");
    });
  } finally {
    await emulator.close();
  }
});
