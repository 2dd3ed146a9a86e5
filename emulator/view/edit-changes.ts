import type {
  AccessGrant,
  AccessMethodRow,
  AcsAccessGroup,
  AcsCredential,
  AcsEntrance,
  AcsSystem,
  AcsUser,
  Device,
  Space,
  UserIdentity,
} from "../world/rows";

// What an edit can change of each object: what Seam shows of it, but not its own ids and what Seam counts.

/** An error or a warning; it is from now where it does not say when. */
export type Issues = {
  errors?: { error_code: string; message: string; created_at?: string; [detail: string]: unknown }[];
  warnings?: { warning_code: string; message: string; created_at?: string; [detail: string]: unknown }[];
};

type Changes<T, K extends keyof T> = { [P in K]?: T[P] | undefined } & Issues;

export type AcsCredentialChanges = Changes<
  AcsCredential,
  | "access_method"
  | "acs_user_id"
  | "assa_abloy_vostio_metadata"
  | "card_number"
  | "code"
  | "display_name"
  | "ends_at"
  | "external_type"
  | "external_type_display_name"
  | "is_issued"
  | "is_latest_desired_state_synced_with_provider"
  | "is_multi_phone_sync_credential"
  | "is_one_time_use"
  | "issued_at"
  | "latest_desired_state_synced_with_provider_at"
  | "parent_acs_credential_id"
  | "starts_at"
  | "user_identity_id"
  | "visionline_metadata"
> & { allowed_acs_entrance_ids?: string[] };

export type AcsUserChanges = Changes<
  AcsUser,
  | "access_schedule"
  | "display_name"
  | "email_address"
  | "full_name"
  | "is_suspended"
  | "last_successful_sync_at"
  | "pending_mutations"
  | "phone_number"
  | "user_identity_id"
>;

export type UserIdentityChanges = Changes<
  UserIdentity,
  "display_name" | "email_address" | "full_name" | "phone_number" | "user_identity_key"
>;

export type AcsAccessGroupChanges = Changes<
  AcsAccessGroup,
  "access_schedule" | "name" | "pending_mutations"
> & { acs_entrance_ids?: string[] };

/** Other times and places are what the same change at Seam is: the access methods follow, at once. */
export type AccessGrantChanges = Changes<
  AccessGrant,
  | "access_grant_key"
  | "display_name"
  | "ends_at"
  | "name"
  | "pending_mutations"
  | "requested_access_methods"
  | "reservation_key"
  | "space_ids"
  | "starts_at"
> & { acs_entrance_ids?: string[]; device_ids?: string[] };

export type AccessMethodChanges = Changes<
  AccessMethodRow,
  | "client_session_token"
  | "code"
  | "display_name"
  | "instant_key_url"
  | "is_assignment_required"
  | "is_encoding_required"
  | "is_issued"
  | "is_ready_for_assignment"
  | "is_ready_for_encoding"
  | "issued_at"
  | "pending_mutations"
>;

/** Other members are what the same change at Seam is: access grants follow, at once. */
export type SpaceChanges = {
  [P in "customer_data" | "customer_key" | "name" | "parent_space_id" | "parent_space_key" | "space_key"]?:
    | Space[P]
    | undefined;
} & { acs_entrance_ids?: string[]; device_ids?: string[] };

/** A device that comes online again lets what waits for it be issued. */
export type DeviceChanges = Changes<
  Device,
  "can_program_online_access_codes" | "custom_metadata" | "display_name"
> & { properties?: { online?: boolean; name?: string } };

export type AcsSystemChanges = Changes<AcsSystem, "name">;

export type AcsEntranceChanges = Changes<
  AcsEntrance,
  | "can_belong_to_reservation"
  | "can_unlock_with_card"
  | "can_unlock_with_cloud_key"
  | "can_unlock_with_code"
  | "can_unlock_with_mobile_key"
  | "display_name"
>;
