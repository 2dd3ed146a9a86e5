import { PLAIN_RULES, type System } from "./system";

/**
 * Hotel guests' cards with the doors on them.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/hotek-access-control-system
 */
export const system: System = {
  kind: "hotek",
  systemType: "hotek_site",
  systemTypeName: "Hotek site",
  credentialTypes: { card: ["hotek_card", "Hotek Card"] },
  credentialName: "Hotek Card",
  rules: { ...PLAIN_RULES, accessMethods: ["card", "cloud_key"], cardsNeedEncoding: true },
};
