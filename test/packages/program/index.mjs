import * as pulumi from "@pulumi/pulumi";
import { person } from "acme-access";
import { pin } from "acme-doors";

const config = new pulumi.Config();
person("ada", config.get("name") ?? "Ada Example");
if (config.getBoolean("ben") ?? true) person("ben", "Ben Example");
pin("pin", config.require("acsUserId"));
