const pulumi = require("@pulumi/pulumi");
const seam = require("pulumi-seam");

const config = new pulumi.Config();
const acsSystemId = config.require("acsSystemId");
const doors = config.requireObject("guestsDoors");

new seam.StaffAccess("staff", { acsSystemId, roster: config.require("roster"), maxShrink: 0.5 });
const gus = new seam.UserIdentity("gus", { fullName: "Gus Guest" });
new seam.AccessGrant("gus-stay", {
  userIdentityId: gus.userIdentityId,
  requestedAccessMethods: [{ mode: "code", code: config.requireSecret("guestsPin") }],
  acsEntranceIds: doors,
  accessGrantKey: "reservation-1017",
  endsAt: "2031-06-23T11:00:00Z",
});
