import type { System } from "./system";

/** Cards and mobile keys, with the doors on the credential. */
export const vostio: System = {
  kind: "vostio",
  systemType: "assa_abloy_vostio",
  systemTypeName: "Vostio system",
  userType: undefined,
  userTypeName: undefined,
  credentialTypes: {
    code: ["assa_abloy_vostio_key", "Vostio Key"],
    card: ["assa_abloy_vostio_key", "Vostio Key"],
    mobile_key: ["assa_abloy_vostio_key", "Vostio Key"],
  },
  credentialName: "Vostio Key",
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
