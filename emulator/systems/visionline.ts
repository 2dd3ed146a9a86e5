import { PLAIN_RULES, type System } from "./system";

/**
 * Guests' cards and mobile keys with the doors on them. A key with `override` begins a stay and makes the earlier
 * guests' keys for its rooms invalid; later keys of the stay join it. The guide calls `card_format` required and
 * asks for joiners where there is no override; the API's documents leave both out, and so does the default.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/assa-abloy-visionline-access-control-system
 */
export const system: System = {
  kind: "visionline",
  systemType: "visionline_system",
  systemTypeName: "Visionline system",
  credentialTypes: { card: ["visionline_card", "Visionline Card"] },
  credentialName: "Visionline Credential",
  rules: {
    ...PLAIN_RULES,
    accessMethods: ["card", "mobile_key", "cloud_key"],
    mobileKeysAreMultiPhone: true,
    cardsNeedEncoding: true,
    overrideRevokes: true,
    hasReservations: true,
  },
  showMetadata: ({ visionline_metadata: given, guestEntranceIds, commonEntranceIds }) => ({
    visionline_metadata: {
      auto_join: given?.auto_join ?? false,
      card_function_type: given?.card_function_type ?? "guest",
      joiner_acs_credential_ids: given?.joiner_acs_credential_ids ?? [],
      guest_acs_entrance_ids: guestEntranceIds,
      common_acs_entrance_ids: commonEntranceIds,
      is_valid: true,
    },
  }),
};
