import { PLAIN_RULES, type System } from "./system";

const CREDENTIAL = ["dormakaba_ambiance_credential", "dormakaba Ambiance Credential"] as const;

/**
 * Hotel guests' cards and mobile keys.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/dormakaba-ambiance-access-control-system
 */
export const system: System = {
  kind: "dormakaba_ambiance",
  systemType: "dormakaba_ambiance_site",
  systemTypeName: "dormakaba Ambiance site",
  credentialTypes: { card: CREDENTIAL, mobile_key: CREDENTIAL },
  credentialName: "dormakaba Ambiance Credential",
  rules: {
    ...PLAIN_RULES,
    accessMethods: ["card", "mobile_key", "cloud_key"],
    accessGroupTypes: ["dormakaba_ambiance_access_group"],
    cardsNeedEncoding: true,
    hasReservations: true,
  },
};
