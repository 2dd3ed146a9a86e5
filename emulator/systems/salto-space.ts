import { PLAIN_RULES, type System } from "./system";

const KEY = ["salto_space_key", "Salto Space Key"] as const;

/**
 * Doors come from access groups. A user has at most one card and one mobile key; cards are encoded.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/salto-proaccess-space-access-system
 */
export const system: System = {
  kind: "salto_space",
  systemType: "salto_space_system",
  systemTypeName: "Salto ProAccess Space system",
  userType: ["salto_space_user", "Salto Space user"],
  credentialTypes: { code: KEY, card: KEY, mobile_key: KEY },
  credentialName: "Salto Space Key",
  rules: {
    ...PLAIN_RULES,
    maxPerUser: { card: 1, mobile_key: 1 },
    accessGroupTypes: ["salto_space_group"],
    cardsNeedEncoding: true,
  },
};
