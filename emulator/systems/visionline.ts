import type { System } from "./system";

/** Hotel guests' keys: doors on the credential, an override revokes the guests before, joiners share. */
export const visionline: System = {
  kind: "visionline",
  systemType: "visionline_system",
  systemTypeName: "Visionline system",
  userType: undefined,
  userTypeName: undefined,
  credentialTypes: {
    card: ["visionline_card", "Visionline Card"],
    mobile_key: ["visionline_card", "Visionline Card"],
  },
  credentialName: "Visionline Credential",
  rules: {
    accessMethods: ["card", "mobile_key", "cloud_key"],
    customCode: "accepted",
    generatesCode: false,
    codeRange: undefined,
    entrancesPerCredential: {},
    maxPerUser: {},
    accessGroupTypes: [],
    cardsNeedEncoding: true,
    overrideRevokes: true,
  },
};
