import { PLAIN_RULES, type System } from "./system";

const CREDENTIAL = ["akiles_credential", "Akiles Credential"] as const;

/**
 * Members and their PINs, cards and mobile keys; doors come from member groups. Only Seam's newer client knows it, and
 * says nothing of its rules.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides
 */
export const system: System = {
  kind: "akiles",
  systemType: "akiles_organization",
  systemTypeName: "Akiles organization",
  credentialTypes: { code: CREDENTIAL, card: CREDENTIAL, mobile_key: CREDENTIAL },
  credentialName: "Akiles Credential",
  rules: { ...PLAIN_RULES, accessGroupTypes: ["akiles_member_group"] },
};
