import type { AccessMethod, SystemRules } from "../systems/system";

// Rows are what Seam's replies hold, in Seam's names; `hidden` is what Seam knows and never shows.

export interface Issue {
  created_at: string;
  message: string;
  [detail: string]: unknown;
}
export interface SeamErrorEntry extends Issue {
  error_code: string;
}
export interface SeamWarning extends Issue {
  warning_code: string;
}

/** What Seam does not control yet is unmanaged: other routes show it, and take it under management. */
export interface Managed {
  isManaged: boolean;
}

/** What Seam is changing at an object, as its `pending_mutations` show it. */
export interface Mutation {
  mutation_code: string;
  message: string;
  created_at: string;
  [detail: string]: unknown;
}

interface Described {
  created_at: string;
  display_name: string;
  workspace_id: string;
  errors: SeamErrorEntry[];
  warnings: SeamWarning[];
}

export interface AcsSystem extends Omit<Described, "display_name"> {
  acs_system_id: string;
  connected_account_id: string;
  connected_account_ids: string[];
  default_credential_manager_acs_system_id?: string | null | undefined;
  external_type: string;
  external_type_display_name: string;
  system_type: string;
  system_type_display_name: string;
  image_alt_text: string;
  image_url: string;
  is_credential_manager: boolean;
  location: { time_zone: string | null };
  name: string;
  hidden: {
    /** Kind of system, as in seeds; undefined for a credential manager. */
    kind: string | undefined;
    rules: SystemRules;
    compatibleCredentialManagerIds: string[];
    subscriptionLimit: number | undefined;
    /** Numbers of the cards that the system knows; undefined: any. */
    cards: readonly string[] | undefined;
  };
}

export interface AcsEntrance extends Omit<Described, "workspace_id"> {
  acs_entrance_id: string;
  acs_system_id: string;
  connected_account_id: string;
  space_ids: string[];
  can_belong_to_reservation: boolean;
  can_unlock_with_code: boolean;
  can_unlock_with_card: boolean;
  can_unlock_with_mobile_key: boolean;
  can_unlock_with_cloud_key: boolean;
  /** A common door is open to all guests of a hotel and belongs to no reservation. */
  hidden: { isCommon: boolean };
}

export interface AccessSchedule {
  starts_at: string;
  ends_at: string | null;
}

export interface AcsUser extends Described {
  acs_user_id: string;
  acs_system_id: string;
  connected_account_id: string;
  user_identity_id?: string | undefined;
  full_name?: string | undefined;
  email_address?: string | undefined;
  phone_number?: string | undefined;
  access_schedule?: AccessSchedule | undefined;
  is_suspended: boolean;
  pending_mutations: Mutation[];
  is_managed: true;
  external_type?: string | undefined;
  external_type_display_name?: string | undefined;
  last_successful_sync_at: string | null;
  hidden: { accessGroupIds: string[] };
}

export interface UserIdentity extends Described {
  user_identity_id: string;
  user_identity_key: string | null;
  full_name: string | null;
  email_address: string | null;
  phone_number: string | null;
  /** What was merged into it: these ids and keys stand for it. */
  merged_user_identity_ids: string[];
  merged_user_identity_keys: string[];
  hidden: Managed;
}

export interface AcsAccessGroup extends Described {
  acs_access_group_id: string;
  acs_system_id: string;
  connected_account_id: string;
  access_group_type: string;
  access_group_type_display_name: string;
  external_type: string;
  external_type_display_name: string;
  access_schedule?: AccessSchedule | undefined;
  is_managed: true;
  name: string;
  pending_mutations: Mutation[];
  hidden: { entranceIds: string[] };
}

export interface AcsCredential extends Described {
  acs_credential_id: string;
  acs_system_id: string;
  connected_account_id: string;
  acs_user_id?: string | undefined;
  user_identity_id?: string | undefined;
  access_method: AccessMethod;
  code?: string | null | undefined;
  card_number?: string | null | undefined;
  starts_at?: string | undefined;
  ends_at?: string | undefined;
  external_type?: string | undefined;
  external_type_display_name?: string | undefined;
  is_issued?: boolean | undefined;
  issued_at?: string | null | undefined;
  is_managed: true;
  is_multi_phone_sync_credential: boolean;
  is_one_time_use: boolean;
  is_latest_desired_state_synced_with_provider: boolean | null;
  latest_desired_state_synced_with_provider_at: string | null;
  parent_acs_credential_id?: string | undefined;
  visionline_metadata?: Record<string, unknown> | undefined;
  assa_abloy_vostio_metadata?: Record<string, unknown> | undefined;
  hidden: {
    allowedEntranceIds: string[];
    /** The parameters as they came. */
    createBody: Record<string, unknown>;
  };
}

export interface AcsEncoder extends Omit<Described, "warnings"> {
  acs_encoder_id: string;
  acs_system_id: string;
  connected_account_id: string;
  hidden: EncoderState;
}

/** What lies on an encoder, and what is simulated to happen next. */
export interface EncoderState {
  card?: EncodedCard | undefined;
  nextEncode?: SimulatedEncode | undefined;
  nextScan?: SimulatedScan | undefined;
}

/** What is written on a card. */
export interface EncodedCard {
  card_number: string | null;
  created_at: string | null;
  starts_at: string | null;
  ends_at: string | null;
  is_issued: boolean | null;
  /** The credential that was written onto it, if Seam knows it. */
  credentialId: string | undefined;
}

export interface SimulatedEncode {
  /** The error that comes, or success. */
  errorCode: string | undefined;
  /** Only for this credential. */
  credentialId: string | undefined;
}

export interface SimulatedScan {
  errorCode: string | undefined;
  scenario: string | undefined;
  credentialId: string | undefined;
}

/** Something that takes its time, such as a person with a card; `result` and `error` are null until it has ended. */
export interface ActionAttempt {
  action_attempt_id: string;
  action_type: string;
  status: "pending" | "success" | "error";
  result: object | null;
  error: { type: string; message: string } | null;
}

/** A lock of its own, which belongs to no access system. */
export interface Device extends Described {
  device_id: string;
  device_type: string;
  connected_account_id: string;
  capabilities_supported: string[];
  can_program_online_access_codes: boolean;
  can_unlock_with_code: boolean;
  can_remotely_lock: boolean;
  can_remotely_unlock: boolean;
  properties: { name: string; online: boolean; [property: string]: unknown };
  custom_metadata: Record<string, string | boolean>;
  space_ids: string[];
  is_managed: true;
  hidden: { timeConstraints: DeviceTimes };
}

/** Which times the access codes of a device can have; what is left out can be any. */
export interface DeviceTimes {
  maxDurationHours?: number | undefined;
  /** False: an access code needs an end. */
  isOngoingSupported?: boolean | undefined;
  /** Begin and end at a multiple of so many minutes of a UTC day. */
  slotMinutes?: number | undefined;
}

export interface Space {
  space_id: string;
  name: string;
  display_name: string;
  space_key?: string | undefined;
  customer_key?: string | undefined;
  customer_data?: Record<string, string | null | undefined> | undefined;
  parent_space_id?: string | undefined;
  parent_space_key?: string | undefined;
  workspace_id: string;
  created_at: string;
  hidden: { entranceIds: string[]; deviceIds: string[] };
}

export interface RequestedAccessMethod {
  mode: AccessMethod;
  code?: string | undefined;
  instant_key_max_use_count?: number | undefined;
  display_name: string;
  created_at: string;
  created_access_method_ids: string[];
}

export interface AccessGrant extends Described {
  access_grant_id: string;
  access_grant_key?: string | undefined;
  reservation_key?: string | undefined;
  customization_profile_id?: string | undefined;
  user_identity_id: string;
  name: string | null;
  starts_at: string;
  ends_at: string | null;
  space_ids: string[];
  location_ids: string[];
  access_method_ids: string[];
  requested_access_methods: RequestedAccessMethod[];
  pending_mutations: Mutation[];
  /** What it was made with: its spaces come on top. */
  hidden: Managed & { entranceIds: string[]; deviceIds: string[]; createBody: Record<string, unknown> };
}

export interface AccessMethodRow extends Described {
  access_method_id: string;
  mode: AccessMethod;
  code?: string | null | undefined;
  is_issued: boolean;
  issued_at: string | null;
  is_encoding_required?: boolean | undefined;
  is_ready_for_encoding?: boolean | undefined;
  is_assignment_required?: boolean | undefined;
  is_ready_for_assignment?: boolean | undefined;
  pending_mutations: Mutation[];
  client_session_token?: string | undefined;
  instant_key_url?: string | undefined;
  hidden: {
    grantId: string;
    credentialIds: string[];
    /** The devices that have its PIN. */
    deviceIds: string[];
    /** The doors and devices that it was made for last. */
    places: string[];
    /** The PIN for all places that take one: the requested one or one of Seam's. */
    code?: string;
    requestedCode?: string;
    wasIssued: boolean;
    /** The client session of a mobile key. */
    sessionId?: string;
  };
}

export interface SeamEvent {
  event_id: string;
  event_type: string;
  created_at: string;
  [about: string]: unknown;
}
