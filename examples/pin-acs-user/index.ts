import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

const config = new pulumi.Config();

const pin = new seam.AcsCredential("pin", {
  accessMethod: "code",
  // Known to Seam as a user of the access system.
  acsUserId: config.require("acsUserId"),
  acsSystemId: config.require("acsSystemId"),
  allowedAcsEntranceIds: config.requireObject("acsEntranceIds"),
  code: config.requireSecret("code"),
  credentialManagerAcsSystemId: config.require("credentialManagerAcsSystemId"),
  startsAt: config.require("startsAt"),
  endsAt: config.require("endsAt"),
});

export const acsCredentialId = pin.acsCredentialId;
export const displayName = pin.displayName;
export const code = pin.code;
export const warnings = pin.warnings;
