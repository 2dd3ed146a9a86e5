import type { System } from "./system";

/** Self-storage sites: doors come from access levels and units. */
export const pti: System = {
  kind: "pti",
  systemType: "pti_site",
  systemTypeName: "PTI site",
  userType: "pti_user",
  userTypeName: "PTI user",
  credentialTypes: {
    code: ["pti_card", "PTI Card"],
    card: ["pti_card", "PTI Card"],
    mobile_key: ["pti_card", "PTI Card"],
  },
  credentialName: "PTI Card",
  rules: {
    accessMethods: ["code", "card", "mobile_key", "cloud_key"],
    customCode: "accepted",
    generatesCode: false,
    codeRange: { min: 1, max: 4294967296 },
    entrancesPerCredential: {},
    maxPerUser: {},
    accessGroupTypes: ["pti_access_level", "pti_unit"],
    cardsNeedEncoding: false,
    overrideRevokes: false,
  },
};
