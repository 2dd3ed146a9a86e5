import type { System } from "./system";

/** Doors come from access groups; the system chooses PINs, though the documented examples send one. */
export const saltoKs: System = {
  kind: "salto_ks",
  systemType: "salto_ks_site",
  systemTypeName: "Salto KS site",
  userType: "salto_site_user",
  userTypeName: "Salto KS site user",
  credentialTypes: {
    code: ["salto_ks_credential", "Salto KS Credential"],
    card: ["salto_ks_tag", "Salto KS Tag"],
    mobile_key: ["salto_ks_credential", "Salto KS Credential"],
  },
  credentialName: "Salto KS Credential",
  rules: {
    accessMethods: ["code", "card", "mobile_key", "cloud_key"],
    customCode: "accepted",
    generatesCode: true,
    codeRange: undefined,
    entrancesPerCredential: {},
    maxPerUser: {},
    accessGroupTypes: ["salto_ks_access_group"],
    cardsNeedEncoding: false,
    overrideRevokes: false,
  },
};
