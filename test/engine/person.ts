import * as seam from "../../sdk";

/** A person with everything that gives access, doors and group by name. */
export function person() {
  const declared = { name: "Gus Example", doors: ["Front door"], endsAt: "2036-01-01T00:00:00Z" };
  const program = async () => {
    const { acsSystemId } = await seam.getAcsSystem({ name: "Salto ks property" });
    const doors = await seam.getAcsEntrances({ acsSystemId, displayNames: declared.doors });
    const staff = await seam.getAcsAccessGroup({ name: "Staff", acsSystemId });
    // Asked before: answered without a request.
    await seam.getAcsEntrance({ displayName: "Office", acsSystemId });
    const identity = new seam.UserIdentity("identity", { fullName: declared.name, userIdentityKey: "gus" });
    const { userIdentityId } = identity;
    const user = new seam.AcsUser("user", { acsSystemId, fullName: declared.name, userIdentityId });
    const { acsUserId } = user;
    const membership = new seam.AcsAccessGroupMembership("membership", {
      acsAccessGroupId: staff.acsAccessGroupId,
      acsUserId,
    });
    new seam.AcsCredential("credential", { accessMethod: "code", acsUserId }, { dependsOn: membership });
    const access: seam.AccessGrantArgs = {
      userIdentityId,
      requestedAccessMethods: [{ mode: "code", code: "80808080" }, { mode: "mobile_key" }],
      acsEntranceIds: doors.map(({ acsEntranceId }) => acsEntranceId),
      accessGrantKey: "gus",
      endsAt: declared.endsAt,
    };
    // After the user, so that Seam makes none of its own for the grant.
    const grant = new seam.AccessGrant("grant", access, { dependsOn: user });
    // Twice the same, of something that is not there before the first run.
    const found = [0, 1].map(() => seam.getAcsUserOutput({ acsUserId }));
    return {
      name: found[0]?.fullName,
      again: found[1]?.fullName,
      membership: membership.id,
      grant: grant.id,
    };
  };
  return { declared, program };
}
