import type { System } from "./system";

/** The system chooses PINs; a PIN opens exactly one entrance, a mobile key many. */
export const latch: System = {
  kind: "latch",
  systemType: "latch_building",
  systemTypeName: "Latch building",
  userType: "latch_user",
  userTypeName: "Latch user",
  credentialTypes: {
    code: ["latch_access", "Latch Access"],
    card: ["latch_access", "Latch Access"],
    mobile_key: ["latch_access", "Latch Access"],
  },
  credentialName: "Latch Access",
  rules: {
    accessMethods: ["code", "mobile_key", "cloud_key"],
    customCode: "refused",
    generatesCode: true,
    codeRange: undefined,
    entrancesPerCredential: { code: 1 },
    maxPerUser: {},
    accessGroupTypes: [],
    cardsNeedEncoding: false,
    overrideRevokes: false,
  },
};
