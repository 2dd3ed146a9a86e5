/**
 * The create examples of Seam's documents: the body that is sent, and the credential that is answered.
 * @see https://docs.seam.co/latest/api/acs/credentials/create
 */
export interface DocumentedCase {
  /** Folder in `examples/`. */
  readonly example: string;
  /** Kind of access system in the emulator that stands for the documents' one. */
  readonly kind: "salto_ks" | "visionline";
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

/** When the documents' credential was created: before its validity, and long past. */
export const DOCUMENTED_TIME = "2025-06-16T16:54:17.946Z";

/** One id stands for the access systems of all brands. */
export const DOCUMENTED_IDS = {
  workspace: "005f1e54-5360-40db-8c31-4ef6baaad1fd",
  system: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
  credentialManager: "bccb0d23-5107-498b-87a6-6a8aa929eeb2",
  entrance: "21805570-4706-4c21-99fc-3ed873a5e014",
  user: "53f39f90-5113-4bdd-8432-acf328ce508c",
  identity: "4b6ec19d-ba68-46ca-80fd-55247684c2bb",
};

const byIdentity = { user_identity_id: DOCUMENTED_IDS.identity };
const byUser = { acs_user_id: DOCUMENTED_IDS.user };

const request = {
  credential_manager_acs_system_id: DOCUMENTED_IDS.credentialManager,
  acs_system_id: DOCUMENTED_IDS.system,
  allowed_acs_entrance_ids: [DOCUMENTED_IDS.entrance],
  starts_at: "2025-06-19T21:08:08.000Z",
  ends_at: "2025-06-23T12:35:01.000Z",
};

const response = {
  acs_credential_id: "73a0a199-024f-454d-a916-9bbda8502c12",
  acs_system_id: DOCUMENTED_IDS.system,
  acs_user_id: DOCUMENTED_IDS.user,
  created_at: "2025-06-16T16:54:17.946514Z",
  errors: [],
  is_latest_desired_state_synced_with_provider: true,
  is_managed: true,
  is_multi_phone_sync_credential: true,
  is_one_time_use: false,
  latest_desired_state_synced_with_provider_at: "2025-06-18T16:54:17.946514Z",
  starts_at: "2025-06-19T21:08:08.000Z",
  warnings: [],
  workspace_id: DOCUMENTED_IDS.workspace,
};

const pin = {
  kind: "salto_ks",
  request: { ...request, access_method: "code", code: "1234" },
  response: {
    ...response,
    access_method: "code",
    code: "1234",
    display_name: "Salto KS Credential",
    external_type: "salto_ks_credential",
    external_type_display_name: "Salto KS Credential",
  },
} as const;

const card = {
  kind: "visionline",
  request: {
    ...request,
    access_method: "card",
    visionline_metadata: { card_format: "rfid48", override: true },
  },
  response: {
    ...response,
    access_method: "card",
    display_name: "Visionline Credential",
    external_type: "visionline_card",
    external_type_display_name: "Visionline Card",
  },
} as const;

// The documents do not say on which brand's system; Visionline's mobile keys are multi-phone sync ones.
const mobileKey = {
  kind: "visionline",
  request: { ...request, access_method: "mobile_key", is_multi_phone_sync_credential: true },
  response: {
    ...response,
    access_method: "mobile_key",
    display_name: "Multi Phone Sync Credential",
    external_type: "multi_phone_sync_credential",
    external_type_display_name: "Multi Phone Sync Credential",
  },
} as const;

/** The answer is the same for both owners: it names the access system user. */
export const DOCUMENTED_CASES: readonly DocumentedCase[] = [
  { example: "pin-user-identity", ...pin, request: { ...pin.request, ...byIdentity } },
  { example: "pin-acs-user", ...pin, request: { ...pin.request, ...byUser } },
  { example: "card-user-identity", ...card, request: { ...card.request, ...byIdentity } },
  { example: "card-acs-user", ...card, request: { ...card.request, ...byUser } },
  { example: "mobile-key-user-identity", ...mobileKey, request: { ...mobileKey.request, ...byIdentity } },
  { example: "mobile-key-acs-user", ...mobileKey, request: { ...mobileKey.request, ...byUser } },
];
