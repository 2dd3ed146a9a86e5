import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { assertNoChanges, type Emulator, startEmulator, withStack } from "pulumi-seam/testing";

let emulator: Emulator;
before(async () => {
  emulator = await startEmulator({ seed: "building.yaml" });
});
after(() => emulator.close());

test("Ada has one PIN, for the front door", async () => {
  await withStack({ emulator, workDir: "." }, async (stack) => {
    await stack.up();
    assertNoChanges(await stack.preview());
    const keys = emulator.credentials().map((key) => [key.access_method, key.allowed_acs_entrance_ids]);
    assert.deepEqual(keys, [["code", [emulator.ids.acsEntrances["building/front-door"]]]]);
  });
});
