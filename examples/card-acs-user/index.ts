import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

const config = new pulumi.Config();

const card = new seam.AcsCredential("card", {
  accessMethod: "card",
  // Known to Seam as a user of the access system.
  acsUserId: config.require("acsUserId"),
  acsSystemId: config.require("acsSystemId"),
  allowedAcsEntranceIds: config.requireObject("acsEntranceIds"),
  // The first key of a stay: cards of earlier guests stop working at these doors.
  visionlineMetadata: { cardFormat: "rfid48", override: true },
  credentialManagerAcsSystemId: config.require("credentialManagerAcsSystemId"),
  startsAt: config.require("startsAt"),
  endsAt: config.require("endsAt"),
});

export const acsCredentialId = card.acsCredentialId;
export const displayName = card.displayName;
export const isIssued = card.isIssued;
export const warnings = card.warnings;
