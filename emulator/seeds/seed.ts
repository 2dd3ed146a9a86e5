import type { AccessMethod } from "../systems/system";

// What users write; `schema.ts` checks it and a test holds the two together.

/** A portfolio of workspaces, as data. Ids that are left out follow from the keys. */
export interface Seed {
  /** Opens all workspaces; begins with `seam_at`. */
  personal_access_token?: string | undefined;
  workspaces: SeedWorkspace[];
}

/** One workspace: an account of its own, which sees nothing of the others. */
export interface SeedWorkspace {
  /** Default `main`; two workspaces have two keys. */
  key?: string | undefined;
  workspace_id?: string | undefined;
  /** Begins with `seam_test`. */
  api_key?: string | undefined;
  name?: string | undefined;
  /** Default true. */
  is_sandbox?: boolean | undefined;
  /** Default false. */
  is_suspended?: boolean | undefined;
  user_identities?: SeedUserIdentity[] | undefined;
  acs_systems?: SeedAcsSystem[] | undefined;
  devices?: SeedDevice[] | undefined;
  spaces?: SeedSpace[] | undefined;
  access_grants?: SeedAccessGrant[] | undefined;
}

export interface SeedUserIdentity {
  key: string;
  user_identity_id?: string | undefined;
  user_identity_key?: string | undefined;
  full_name?: string | undefined;
  email_address?: string | undefined;
  phone_number?: string | undefined;
  /** False: there, but not yet controlled by Seam. Default true. */
  is_managed?: boolean | undefined;
}

/** A lock of its own, which belongs to no access system. */
export interface SeedDevice {
  key: string;
  device_id?: string | undefined;
  display_name?: string | undefined;
  /** Default `august_lock`. */
  device_type?: string | undefined;
  /** Whether it takes access codes. Default true. */
  takes_access_codes?: boolean | undefined;
  /** Default true; what is to be issued at a device that is offline waits for it. */
  is_online?: boolean | undefined;
  /** Which times its access codes can have. */
  time_constraints?: SeedTimeConstraints | undefined;
}

export interface SeedTimeConstraints {
  max_duration_hours?: number | undefined;
  /** False: an access code needs an end. */
  is_ongoing_supported?: boolean | undefined;
  /** Begin and end at a multiple of so many minutes. */
  slot_minutes?: number | undefined;
}

export interface SeedSpace {
  key: string;
  space_id?: string | undefined;
  space_key?: string | undefined;
  name?: string | undefined;
  /** Entrances, with the key of their system in front: `tower/front-door`. */
  entrances?: string[] | undefined;
  /** Keys of devices. */
  devices?: string[] | undefined;
}

/** Made like one of `/access_grants/create`, its access methods included. */
export interface SeedAccessGrant {
  key: string;
  access_grant_id?: string | undefined;
  access_grant_key?: string | undefined;
  name?: string | undefined;
  /** Key of a user identity. */
  user_identity: string;
  /** Default `["code"]`. */
  access_methods?: AccessMethod[] | undefined;
  /** Entrances, with the key of their system in front: `tower/front-door`. */
  entrances?: string[] | undefined;
  /** Keys of devices. */
  devices?: string[] | undefined;
  /** Keys of spaces. */
  spaces?: string[] | undefined;
  /** Default: the start of the emulator. */
  starts_at?: string | undefined;
  ends_at?: string | null | undefined;
  reservation_key?: string | undefined;
  /** False: there, but not yet controlled by Seam. Default true. */
  is_managed?: boolean | undefined;
}

export interface SeedAcsSystem {
  key: string;
  /** Kind of system, such as `salto_ks`; a credential manager has an `external_type` instead. */
  kind?: string | undefined;
  external_type?: string | undefined;
  acs_system_id?: string | undefined;
  connected_account_id?: string | undefined;
  name?: string | undefined;
  /** Default `America/Los_Angeles`. */
  time_zone?: string | undefined;
  /** Keys of credential managers; the first one is the default. */
  credential_managers?: string[] | undefined;
  /** Rules of the kind that this system has otherwise, such as `{ customCode: "refused" }`. */
  rules?: SeedRules | undefined;
  /** At most so many subscribed users; Seam warns from 80 % on. */
  subscription_limit?: number | undefined;
  /** Numbers of the cards that the system knows, for systems whose cards are assigned; default: any number. */
  cards?: string[] | undefined;
  entrances?: SeedEntrance[] | undefined;
  encoders?: SeedEncoder[] | undefined;
  access_groups?: SeedAccessGroup[] | undefined;
  users?: SeedAcsUser[] | undefined;
}

/** Rules of a kind of system; what they mean stands in `emulator/systems/system.ts`. */
export interface SeedRules {
  accessMethods?: AccessMethod[] | undefined;
  customCode?: "accepted" | "refused" | undefined;
  generatesCode?: boolean | undefined;
  codeRange?: { min: number; max: number } | undefined;
  entrancesPerCredential?: { [M in AccessMethod]?: number } | undefined;
  maxPerUser?: { [M in AccessMethod]?: number } | undefined;
  mobileKeysAreMultiPhone?: boolean | undefined;
  mobileKeysAreSentTo?: "email_address" | "phone_number" | undefined;
  accessGroupTypes?: string[] | undefined;
  cardsNeedEncoding?: boolean | undefined;
  cardsNeedAssignment?: boolean | undefined;
  overrideRevokes?: boolean | undefined;
  hasReservations?: boolean | undefined;
  subscribesUsers?: boolean | undefined;
  needsCardFormat?: boolean | undefined;
  needsOverrideOrJoiners?: boolean | undefined;
}

export interface SeedEntrance {
  key: string;
  acs_entrance_id?: string | undefined;
  display_name?: string | undefined;
  /** A lobby or gym rather than a guest's room. Default false. */
  is_common?: boolean | undefined;
}

export interface SeedEncoder {
  key: string;
  acs_encoder_id?: string | undefined;
  display_name?: string | undefined;
}

export interface SeedAccessGroup {
  key: string;
  acs_access_group_id?: string | undefined;
  name?: string | undefined;
  external_type?: string | undefined;
  /** Keys of entrances of the same system. */
  entrances?: string[] | undefined;
  access_schedule?: SeedSchedule | undefined;
}

export interface SeedAcsUser {
  key: string;
  acs_user_id?: string | undefined;
  /** Key of a user identity of the workspace; also gives the name, e-mail address and phone number. */
  user_identity?: string | undefined;
  full_name?: string | undefined;
  email_address?: string | undefined;
  phone_number?: string | undefined;
  /** Keys of access groups of the same system. */
  access_groups?: string[] | undefined;
  access_schedule?: SeedSchedule | undefined;
}

/** ISO 8601 with zone; without an end, for ever. */
export interface SeedSchedule {
  starts_at: string;
  ends_at?: string | null | undefined;
}
