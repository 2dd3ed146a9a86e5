import * as seam from "pulumi-seam";

/** One property: what every one of them gets, with its own access system found by name. */
export async function property(name: string): Promise<{ acsCredentialIds: unknown[] }> {
  const { acsSystemId } = await seam.getAcsSystem({ name });
  const doors = await seam.getAcsEntrances({ acsSystemId });
  const caretaker = new seam.AcsUser("caretaker", { acsSystemId, fullName: `Caretaker of ${name}` });
  const card = new seam.AcsCredential("caretaker-card", {
    accessMethod: "card",
    acsUserId: caretaker.acsUserId,
    allowedAcsEntranceIds: doors.map(({ acsEntranceId }) => acsEntranceId),
  });
  return { acsCredentialIds: [card.acsCredentialId] };
}
