import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

const config = new pulumi.Config();

const mobileKey = new seam.AcsCredential("mobile-key", {
  accessMethod: "mobile_key",
  // Known to Seam as a user of the access system.
  acsUserId: config.require("acsUserId"),
  acsSystemId: config.require("acsSystemId"),
  allowedAcsEntranceIds: config.requireObject("acsEntranceIds"),
  // One credential for all phones of this person; Seam keeps a copy for each.
  isMultiPhoneSyncCredential: true,
  credentialManagerAcsSystemId: config.require("credentialManagerAcsSystemId"),
  startsAt: config.require("startsAt"),
  endsAt: config.require("endsAt"),
});

export const acsCredentialId = mobileKey.acsCredentialId;
export const displayName = mobileKey.displayName;
export const isMultiPhoneSyncCredential = mobileKey.isMultiPhoneSyncCredential;
export const warnings = mobileKey.warnings;
