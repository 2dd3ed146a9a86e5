import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

const config = new pulumi.Config();

const stay = {
  acsUserId: config.require("acsUserId"),
  allowedAcsEntranceIds: config.requireObject<string[]>("acsEntranceIds"),
  startsAt: config.require("startsAt"),
  endsAt: config.require("endsAt"),
};

// Without a code of our own, the access system chooses the PIN.
const pin = new seam.AcsCredential("pin", { accessMethod: "code", ...stay });

const card = new seam.AcsCredential("card", { accessMethod: "card", ...stay });

const mobileKey = new seam.AcsCredential("mobile-key", {
  accessMethod: "mobile_key",
  ...stay,
  isMultiPhoneSyncCredential: true,
  credentialManagerAcsSystemId: config.require("credentialManagerAcsSystemId"),
});

export const code = pin.code;
export const acsCredentialIds = {
  pin: pin.acsCredentialId,
  card: card.acsCredentialId,
  mobileKey: mobileKey.acsCredentialId,
};
