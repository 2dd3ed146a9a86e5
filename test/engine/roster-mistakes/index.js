const pulumi = require("@pulumi/pulumi");
const seam = require("pulumi-seam");

const config = new pulumi.Config();

new seam.StaffAccess("staff", {
  acsSystemId: config.require("acsSystemId"),
  roster: config.require("roster"),
});
