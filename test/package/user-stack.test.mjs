import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as seam from "pulumi-seam";
import { assertChanges, assertNoChanges, startEmulator, withStack } from "pulumi-seam/testing";

const emulator = await startEmulator();
after(() => emulator.close());

test("a guest's card is prolonged in place", async () => {
  let endsAt = "2040-06-23T11:00:00Z";
  const program = async () => {
    const card = new seam.AcsCredential("ada-room-101", {
      accessMethod: "card",
      acsUserId: emulator.ids.acsUsers["visionline/ada"],
      allowedAcsEntranceIds: [emulator.ids.acsEntrances["visionline/room-101"]],
      endsAt,
    });
    return { id: card.id };
  };
  await withStack({ emulator, program }, async (stack) => {
    const { outputs } = await stack.up();
    assertNoChanges(await stack.preview());
    endsAt = "2040-06-25T11:00:00Z";
    assertChanges(await stack.up(), { "ada-room-101": "updated" });
    const [card] = emulator.credentials();
    assert.equal(card.acs_credential_id, outputs.id);
    assert.equal(Date.parse(card.ends_at), Date.parse(endsAt));
  });
});
