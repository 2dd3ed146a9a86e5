import { dirname } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { AcsCredential } from "pulumi-seam";

const config = new pulumi.Config();

const pin = new AcsCredential("pin", {
  accessMethod: "code",
  acsUserId: config.require("acsUserId"),
  endsAt: "2030-06-23T12:35:01Z",
});

export const folder = dirname(process.cwd());
export const project = pulumi.getProject();
export const acsUserId = pin.acsUserId;
export const floor = config.require("floor");
