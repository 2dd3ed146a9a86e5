import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

const config = new pulumi.Config();

const staff = new seam.StaffAccess("staff", {
  acsSystemId: seam.getAcsSystemOutput({ name: config.require("system") }).acsSystemId,
  roster: config.require("roster"),
  // Two people may leave in one pull request; more of them say so here, with the number of people who stay.
  maxShrink: 0.34,
});

export const pins = staff.pins;
