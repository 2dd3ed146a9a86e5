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

export const everything = pins;
