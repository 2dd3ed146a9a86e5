import type { System } from "./system";

/** PINs and cards; doors come from groups. */
export const brivo: System = {
  kind: "brivo",
  systemType: "brivo_account",
  systemTypeName: "Brivo account",
  userType: "brivo_user",
  userTypeName: "Brivo user",
  credentialTypes: {
    code: ["brivo_credential", "Brivo Credential"],
    card: ["brivo_credential", "Brivo Credential"],
    mobile_key: ["brivo_credential", "Brivo Credential"],
  },
  credentialName: "Brivo Credential",
  rules: {
    accessMethods: ["code", "card", "mobile_key", "cloud_key"],
    customCode: "accepted",
    generatesCode: false,
    codeRange: undefined,
    entrancesPerCredential: {},
    maxPerUser: {},
    accessGroupTypes: ["brivo_group"],
    cardsNeedEncoding: false,
    overrideRevokes: false,
  },
};
