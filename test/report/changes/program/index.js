// What `npm run previews:record` deploys and then previews once more with `isAfter`: each kind of change for a person.
const pulumi = require("@pulumi/pulumi");
const seam = require("pulumi-seam");

const config = new pulumi.Config();
const isAfter = config.getBoolean("isAfter") ?? false;
const { acsSystemId, otherSystemId, front, garage, office, staff } = config.requireObject("ids");
const either = (before, after) => (isAfter ? after : before);
const user = (name, more = {}, opts = {}) =>
  new seam.AcsUser(name.toLowerCase(), { acsSystemId, fullName: `${name} Example`, ...more }, opts);
const pin = (name, args, opts) => new seam.AcsCredential(name, { accessMethod: "code", ...args }, opts);

// Renamed, and therefore not known in the preview, though the id stays: only the grant's end moves.
const ada = new seam.UserIdentity("ada", { fullName: either("Ada Example", "Ada Example-Jones") });
const area = new seam.Space("area", { name: "Area", acsEntranceIds: either([front], [front, garage]) });
new seam.AccessGrant("ada-stay", {
  userIdentityId: ada.userIdentityId,
  requestedAccessMethods: [{ mode: "code" }],
  spaceIds: [area.spaceId],
  accessGrantKey: "ada",
  endsAt: either("2035-01-01T00:00:00Z", "2035-02-01T00:00:00Z"),
});
// Other doors: made anew, and deleted first because the key, or the PIN, can be there once only.
const gus = new seam.UserIdentity("gus", { fullName: "Gus Example" });
new seam.AccessGrant("gus-stay", {
  userIdentityId: gus.userIdentityId,
  requestedAccessMethods: [{ mode: "code", code: "7712" }],
  acsEntranceIds: either([front], [front, garage]),
  accessGrantKey: "gus",
});
pin("ben-pin", {
  acsUserId: user("Ben").acsUserId,
  code: "884411",
  allowedAcsEntranceIds: either([front], [front, office]),
});
// Another PIN.
pin("cay-pin", {
  acsUserId: user("Cay").acsUserId,
  code: either("445566", "556677"),
  allowedAcsEntranceIds: [office],
});
// Another user, in another system, by another resource of the same name.
pin("dan-pin", { acsUserId: user("Dan", { acsSystemId: either(acsSystemId, otherSystemId) }).acsUserId });
// Suspended, with what opens doors left as it is.
const eve = user("Eve", { isSuspended: either(false, true) });
pin("eve-pin", { acsUserId: eve.acsUserId, allowedAcsEntranceIds: [front] });
// Goes, but what it opens stays open by the group.
const fay = user("Fay");
new seam.AcsAccessGroupMembership("fay-staff", { acsAccessGroupId: staff, acsUserId: fay.acsUserId });
pin("fay-pin", { acsUserId: fay.acsUserId });
if (!isAfter) pin("fay-front", { acsUserId: fay.acsUserId, allowedAcsEntranceIds: [front] });
// Leaves the stack, and stays in Seam.
if (!isAfter)
  pin(
    "hal-pin",
    { acsUserId: user("Hal", {}, { retainOnDelete: true }).acsUserId, allowedAcsEntranceIds: [front] },
    { retainOnDelete: true },
  );
if (isAfter) {
  const later = new seam.UserIdentity("later", { fullName: "Later Example" });
  pin("mystery", {
    acsUserId: later.createdAt,
    endsAt: later.createdAt,
    allowedAcsEntranceIds: [later.createdAt],
  });
}
