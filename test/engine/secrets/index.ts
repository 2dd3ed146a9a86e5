import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

const config = new pulumi.Config();
const { AcsCredential, AccessGrant } = config.get("door") === "plugin" ? ofThePlugin() : seam;

// An end of its own for each, so that no two are alike.
const pins = config.requireObject<string[]>("acsUserIds").map(
  (acsUserId, day) =>
    new AcsCredential(`pin-${day}`, {
      accessMethod: "code",
      acsUserId,
      code: config.requireSecret("code"),
      endsAt: `2036-01-0${day + 1}T00:00:00Z`,
    }),
);

// Its access methods hold a PIN, a link and a token.
const grant = new AccessGrant("grant", {
  userIdentityId: config.require("userIdentityId"),
  requestedAccessMethods: [{ mode: "code", code: config.requireSecret("grantCode") }, { mode: "mobile_key" }],
  acsEntranceIds: [config.require("acsEntranceId")],
  endsAt: "2036-02-01T00:00:00Z",
});

export const everything = { pins, grant, waysIn: grant.accessMethods };

/** The classes by the provider plugin, whose marks alone say what is secret of what it answers. */
function ofThePlugin(): Pick<typeof seam, "AcsCredential" | "AccessGrant"> {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../../plugin/schema.json"), "utf8"));
  const byPlugin = (token: string) =>
    class extends pulumi.CustomResource {
      constructor(name: string, args: object) {
        const names = Object.keys(schema.resources[token].properties);
        super(token, name, { ...Object.fromEntries(names.map((output) => [output, undefined])), ...args });
      }
    } as never;
  return {
    AcsCredential: byPlugin("seam:index:AcsCredential"),
    AccessGrant: byPlugin("seam:index:AccessGrant"),
  };
}
