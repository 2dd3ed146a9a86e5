import { PLAIN_RULES, type System } from "./system";

const ACCESS = ["latch_access", "Latch Access"] as const;

/**
 * Doors on the credential: exactly one for a PIN, many for a mobile key. Latch chooses the PIN.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/latch-access-control-system
 */
export const system: System = {
  kind: "latch",
  systemType: "latch_building",
  systemTypeName: "Latch building",
  userType: ["latch_user", "Latch user"],
  credentialTypes: { code: ACCESS, mobile_key: ACCESS },
  credentialName: "Latch Access",
  rules: {
    ...PLAIN_RULES,
    accessMethods: ["code", "mobile_key", "cloud_key"],
    customCode: "refused",
    generatesCode: true,
    entrancesPerCredential: { code: 1 },
  },
};
