const pulumi = require("@pulumi/pulumi");
const seam = require("pulumi-seam");

const config = new pulumi.Config();
const staff = new seam.StaffAccess("staff", {
  acsSystemId: config.require("acsSystemId"),
  roster: config.requireObject("roster"),
});
exports.pins = staff.pins;
