import * as seam from "pulumi-seam";

// PINs are not declared: Seam keeps the ones that there are. To set one, add
//   code: new pulumi.Config().requireSecret("…")

const brivoPropertySystem = seam.getAcsSystemOutput({ name: "Brivo property" });
const frontDoorEntrance = seam.getAcsEntranceOutput({
  displayName: "Front door",
  acsSystemId: brivoPropertySystem.acsSystemId,
});
const staffGroup = seam.getAcsAccessGroupOutput({
  name: "Staff",
  acsSystemId: brivoPropertySystem.acsSystemId,
});

const adaExampleIdentity4b6ec1 = new seam.UserIdentity("ada-example-identity-4b6ec1", {
  fullName: "Ada Example",
  emailAddress: "ada@example.com",
  phoneNumber: "+15550100001",
});

const adaExampleUserDd8fd4 = new seam.AcsUser("ada-example-user-dd8fd4", {
  acsSystemId: brivoPropertySystem.acsSystemId,
  fullName: "Ada Example",
  emailAddress: "ada@example.com",
  phoneNumber: "+15550100001",
  userIdentityId: adaExampleIdentity4b6ec1.userIdentityId,
});

new seam.AcsAccessGroupMembership("ada-example-in-staff-dd8fd4", {
  acsAccessGroupId: staffGroup.acsAccessGroupId,
  acsUserId: adaExampleUserDd8fd4.acsUserId,
});

new seam.AccessGrant("night-shift-grant-123456", {
  userIdentityId: adaExampleIdentity4b6ec1.userIdentityId,
  requestedAccessMethods: [{ mode: "code" }],
  acsEntranceIds: [frontDoorEntrance.acsEntranceId],
  startsAt: "2030-01-01T00:00:00.000Z",
  name: "Night shift",
});

new seam.AcsCredential("ada-example-code-123456", {
  accessMethod: "code",
  acsUserId: adaExampleUserDd8fd4.acsUserId,
  endsAt: "2031-01-01T00:00:00.000Z",
});
