import { PLAIN_RULES, type System } from "./system";

const KEY = ["assa_abloy_vostio_key", "Vostio Key"] as const;

/**
 * Cards and mobile keys with the doors on them.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/assa-abloy-vostio-access-control-system
 */
export const system: System = {
  kind: "vostio",
  systemType: "assa_abloy_vostio",
  systemTypeName: "Vostio system",
  credentialTypes: { card: KEY, mobile_key: KEY },
  credentialName: "Vostio Key",
  rules: {
    ...PLAIN_RULES,
    accessMethods: ["card", "mobile_key", "cloud_key"],
    cardsNeedEncoding: true,
    hasReservations: true,
  },
  showMetadata: ({ assa_abloy_vostio_metadata: given }) => ({
    assa_abloy_vostio_metadata: {
      auto_join: given?.auto_join ?? false,
      override_guest_acs_entrance_ids: given?.override_guest_acs_entrance_ids ?? [],
    },
  }),
};
