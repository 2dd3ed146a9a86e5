import { PLAIN_RULES, type System } from "./system";

const CREDENTIAL = ["brivo_credential", "Brivo Credential"] as const;

/**
 * Doors come from groups. Which access methods there are is documented for access grants only.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/brivo-access
 */
export const system: System = {
  kind: "brivo",
  systemType: "brivo_account",
  systemTypeName: "Brivo account",
  userType: ["brivo_user", "Brivo user"],
  credentialTypes: { code: CREDENTIAL, card: CREDENTIAL, mobile_key: CREDENTIAL },
  credentialName: "Brivo Credential",
  rules: { ...PLAIN_RULES, accessGroupTypes: ["brivo_group"] },
};
