import { PLAIN_RULES, type System } from "./system";

const CREDENTIAL = ["salto_ks_credential", "Salto KS Credential"] as const;

/**
 * Doors come from access groups, the schedule from the user. Salto KS chooses the PIN: the guide refuses one in
 * the request, the API's examples send one and get it back. The examples are the default here;
 * `rules: { customCode: "refused" }` in a seed is the guide.
 * @see https://docs.seam.co/latest/device-and-system-integration-guides/salto-ks-access-control-system
 */
export const system: System = {
  kind: "salto_ks",
  systemType: "salto_ks_site",
  systemTypeName: "Salto KS site",
  userType: ["salto_site_user", "Salto KS site user"],
  credentialTypes: {
    code: CREDENTIAL,
    card: ["salto_ks_tag", "Salto KS Tag"],
    mobile_key: CREDENTIAL,
  },
  credentialName: "Salto KS Credential",
  rules: {
    ...PLAIN_RULES,
    generatesCode: true,
    accessGroupTypes: ["salto_ks_access_group"],
    subscribesUsers: true,
  },
};
