import { PLAIN_RULES, type System } from "./system";

const CARD = ["pti_card", "PTI Card"] as const;

/**
 * Self-storage sites: PINs and cards; doors come from access levels, units say what is rented.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/pti-storlogix-cloud
 */
export const system: System = {
  kind: "pti",
  systemType: "pti_site",
  systemTypeName: "PTI site",
  userType: ["pti_user", "PTI user"],
  credentialTypes: { code: CARD, card: CARD },
  credentialName: "PTI Card",
  rules: {
    ...PLAIN_RULES,
    accessMethods: ["code", "card", "cloud_key"],
    codeRange: { min: 1, max: 4_294_967_296 },
    accessGroupTypes: ["pti_access_level", "pti_unit"],
  },
};
