// A test of a stack that does not end by itself. Says where its folder is, then when a create is under way.
const { writeSync } = require("node:fs");
const { setTimeout: sleep } = require("node:timers/promises");
const seam = require("pulumi-seam");
const { startEmulator, withStack } = require("pulumi-seam/testing");

module.exports = async () => {
  const emulator = await startEmulator();
  emulator.faults.add({ fault: "timeout-before-work", route: "/acs/credentials/create" });
  const program = async () =>
    void new seam.AcsCredential("pin", {
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
      allowedAcsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
      endsAt: "2030-06-23T12:35:01Z",
    });
  await withStack({ emulator, program }, async (stack) => {
    // Not the console: jest keeps what is written there until the test's end.
    writeSync(1, `${stack.automation.workspace.workDir}\n`);
    const up = stack.up();
    while (emulator.requests.count("/acs/credentials/create") === 0) await sleep(20);
    writeSync(1, "a create is under way\n");
    await up;
  });
};
