import type { System } from "./system";

/** Cards and mobile keys; the API names no type for its credentials. */
export const dormakabaCommunity: System = {
  kind: "dormakaba_community",
  systemType: "dormakaba_community_site",
  systemTypeName: "dormakaba Community site",
  userType: "dormakaba_community_user",
  userTypeName: "dormakaba Community user",
  credentialTypes: {},
  credentialName: "dormakaba Community Credential",
  rules: {
    accessMethods: ["card", "mobile_key", "cloud_key"],
    customCode: "accepted",
    generatesCode: false,
    codeRange: undefined,
    entrancesPerCredential: {},
    maxPerUser: {},
    accessGroupTypes: ["dormakaba_community_access_group"],
    cardsNeedEncoding: true,
    overrideRevokes: false,
  },
};
