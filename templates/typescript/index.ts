import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";

const { acsSystemId } = seam.getAcsSystemOutput({ name: new pulumi.Config().require("system") });
const frontDoor = seam.getAcsEntranceOutput({ acsSystemId, displayName: "Front door" });

const ada = new seam.AcsUser("ada", { acsSystemId, fullName: "Ada Example" });

const pin = new seam.AcsCredential("ada-front-door", {
  accessMethod: "code",
  acsUserId: ada.acsUserId,
  allowedAcsEntranceIds: [frontDoor.acsEntranceId],
  endsAt: "2036-01-01T00:00:00Z",
});

export const code = pin.code; // chosen by the lock system; a secret
