// Every release's state under test/upgrade/ was made by this program: never change what it declares, only add to it.
const pulumi = require("@pulumi/pulumi");
const seam = require("pulumi-seam");

const ids = new pulumi.Config().requireObject("ids");
const endsAt = "2036-01-01T00:00:00Z";

const identity = new seam.UserIdentity("identity", {
  userIdentityKey: "gus",
  fullName: "Gus Guest",
  emailAddress: "gus@example.com",
});
const user = new seam.AcsUser("user", {
  acsSystemId: ids.saltoKs,
  fullName: "Gus Guest",
  userIdentityId: identity.userIdentityId,
  accessSchedule: { startsAt: "2030-01-01T00:00:00Z", endsAt },
});
const membership = new seam.AcsAccessGroupMembership("membership", {
  acsAccessGroupId: ids.staff,
  acsUserId: user.acsUserId,
});
new seam.AcsAccessGroupMembership("membership-by-identity", {
  acsAccessGroupId: ids.residents,
  userIdentityId: ids.ben,
});
new seam.AcsCredential("pin", { accessMethod: "code", acsUserId: user.acsUserId }, { dependsOn: membership });
new seam.AcsCredential("own-pin", {
  accessMethod: "code",
  acsUserId: ids.brivoAda,
  code: "471147",
  startsAt: "2030-01-01T00:00:00Z",
  endsAt,
  waitForSync: true,
});
new seam.AcsCredential("card", {
  accessMethod: "card",
  userIdentityId: ids.ada,
  acsSystemId: ids.visionline,
  allowedAcsEntranceIds: [ids.lobby],
  visionlineMetadata: { cardFormat: "rfid48", override: true },
  endsAt,
});
new seam.AcsCredential("key", {
  accessMethod: "mobile_key",
  acsUserId: ids.latchAda,
  allowedAcsEntranceIds: [ids.frontDoor],
  isMultiPhoneSyncCredential: true,
});
new seam.AccessGrant("grant", {
  userIdentityId: ids.ben,
  name: "Cleaning",
  requestedAccessMethods: [{ mode: "code", code: "80808080" }, { mode: "mobile_key" }],
  acsEntranceIds: [ids.frontDoor],
  accessGrantKey: "cleaning",
  endsAt,
});
new seam.StaffAccess("staff", {
  acsSystemId: ids.saltoKs,
  roster: {
    groups: {
      desk: { accessGroups: ["Staff"] },
      night: { accessGroups: ["Staff", "Residents"], doors: ["Garage"] },
    },
    people: [
      { key: "ann", name: "Ann Example", groups: ["desk"] },
      { key: "bob", name: "Bob Example", email: "bob@example.com", groups: ["night", "desk"], endsAt },
    ],
  },
});
new seam.GuestStay("stay", {
  reservation: "1017",
  guest: { fullName: "Gil Guest", emailAddress: "gil@example.com" },
  acsSystemId: ids.latch,
  doors: ["Front door"],
  checkIn: "2035-06-19T15:00:00Z",
  checkOut: "2035-06-23T11:00:00Z",
});
new seam.Space("wing", { name: "East wing", spaceKey: "east-wing", acsEntranceIds: [ids.lobby] });
