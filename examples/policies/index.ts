import { PolicyPack } from "@pulumi/policy";
import { doorPolicies } from "pulumi-seam/policy";

new PolicyPack("doors", {
  policies: doorPolicies({
    requireEnd: true,
    maxDays: 90,
    minPinLength: 6,
    allowedMethods: ["code", "mobile_key"],
  }),
});
