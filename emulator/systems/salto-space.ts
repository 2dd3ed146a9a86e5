import type { System } from "./system";

/** One card and one mobile key per user; doors come from groups. */
export const saltoSpace: System = {
  kind: "salto_space",
  systemType: "salto_space_system",
  systemTypeName: "Salto ProAccess Space system",
  userType: "salto_space_user",
  userTypeName: "Salto Space user",
  credentialTypes: {
    card: ["salto_space_key", "Salto Space Key"],
    mobile_key: ["salto_space_key", "Salto Space Key"],
    code: ["salto_space_key", "Salto Space Key"],
  },
  credentialName: "Salto Space Key",
  rules: {
    accessMethods: ["code", "card", "mobile_key", "cloud_key"],
    customCode: "accepted",
    generatesCode: false,
    codeRange: undefined,
    entrancesPerCredential: {},
    maxPerUser: { card: 1, mobile_key: 1 },
    accessGroupTypes: ["salto_space_group"],
    cardsNeedEncoding: true,
    overrideRevokes: false,
  },
};
