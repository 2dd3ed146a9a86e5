import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

const config = new pulumi.Config();

// An end of its own for each, so that no two are alike.
const pins = config.requireObject<string[]>("acsUserIds").map(
  (acsUserId, day) =>
    new seam.AcsCredential(`pin-${day}`, {
      accessMethod: "code",
      acsUserId,
      code: config.requireSecret("code"),
      endsAt: `2036-01-0${day + 1}T00:00:00Z`,
    }),
);

// Its access methods hold a PIN, a link and a token.
const grant = new seam.AccessGrant("grant", {
  userIdentityId: config.require("userIdentityId"),
  requestedAccessMethods: [{ mode: "code", code: config.requireSecret("grantCode") }, { mode: "mobile_key" }],
  acsEntranceIds: [config.require("acsEntranceId")],
  endsAt: "2036-02-01T00:00:00Z",
});

export const everything = { pins, grant, waysIn: grant.accessMethods };
