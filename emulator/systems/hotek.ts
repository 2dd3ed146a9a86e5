import type { System } from "./system";

/** Cards, with the doors on the credential. */
export const hotek: System = {
  kind: "hotek",
  systemType: "hotek_site",
  systemTypeName: "Hotek site",
  userType: undefined,
  userTypeName: undefined,
  credentialTypes: {
    code: ["hotek_card", "Hotek Card"],
    card: ["hotek_card", "Hotek Card"],
    mobile_key: ["hotek_card", "Hotek Card"],
  },
  credentialName: "Hotek Card",
  rules: {
    accessMethods: ["card", "mobile_key", "cloud_key"],
    customCode: "accepted",
    generatesCode: false,
    codeRange: undefined,
    entrancesPerCredential: {},
    maxPerUser: {},
    accessGroupTypes: [],
    cardsNeedEncoding: true,
    overrideRevokes: false,
  },
};
