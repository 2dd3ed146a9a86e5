import { PLAIN_RULES, type System } from "./system";

/**
 * Residents' cards and mobile keys. The API has no type for its credentials.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/dormakaba-community-access-control-system
 */
export const system: System = {
  kind: "dormakaba_community",
  systemType: "dormakaba_community_site",
  systemTypeName: "dormakaba Community site",
  userType: ["dormakaba_community_user", "dormakaba Community user"],
  credentialTypes: {},
  credentialName: "dormakaba Community Credential",
  rules: {
    ...PLAIN_RULES,
    accessMethods: ["card", "mobile_key", "cloud_key"],
    accessGroupTypes: ["dormakaba_community_access_group"],
    cardsNeedEncoding: true,
    hasReservations: true,
  },
};
