import type { System } from "./system";

/** Hotel cards and mobile keys. */
export const dormakabaAmbiance: System = {
  kind: "dormakaba_ambiance",
  systemType: "dormakaba_ambiance_site",
  systemTypeName: "dormakaba Ambiance site",
  userType: undefined,
  userTypeName: undefined,
  credentialTypes: {
    code: ["dormakaba_ambiance_credential", "dormakaba Ambiance Credential"],
    card: ["dormakaba_ambiance_credential", "dormakaba Ambiance Credential"],
    mobile_key: ["dormakaba_ambiance_credential", "dormakaba Ambiance Credential"],
  },
  credentialName: "dormakaba Ambiance Credential",
  rules: {
    accessMethods: ["card", "mobile_key", "cloud_key"],
    customCode: "accepted",
    generatesCode: false,
    codeRange: undefined,
    entrancesPerCredential: {},
    maxPerUser: {},
    accessGroupTypes: ["dormakaba_ambiance_access_group"],
    cardsNeedEncoding: true,
    overrideRevokes: false,
  },
};
