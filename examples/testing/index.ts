import * as pulumi from "@pulumi/pulumi";
import { cleaner } from "./cleaner";

const config = new pulumi.Config();

export const pins = cleaner(config.require("property"), config.require("contractEndsAt")).pins;
