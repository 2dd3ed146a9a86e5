import { z } from "zod";
import { instantMs } from "../world/instant";
import { type Mistake, told } from "../world/mistakes";
import type {
  AccessGrantChanges,
  AccessMethodChanges,
  AcsAccessGroupChanges,
  AcsCredentialChanges,
  AcsEntranceChanges,
  AcsSystemChanges,
  AcsUserChanges,
  DeviceChanges,
  Issues,
  SpaceChanges,
  UserIdentityChanges,
} from "./edit-changes";

// A field that Seam leaves out where there is nothing: null clears it, too, as JSON has no undefined.
const clearable = <T extends z.ZodType>(value: T) => value.nullish().transform((given) => given ?? undefined);
const text = () => z.string().optional();
const nullable = () => z.string().nullish();
const flag = () => z.boolean().optional();
// The machine's own zone must not decide when something ends.
const instant = () =>
  z.string().refine((given) => instantMs(given) !== undefined, "is no ISO 8601 time with a zone");
const texts = () => z.array(z.string()).optional();
const issues = (code: "error_code" | "warning_code") =>
  z
    .array(z.looseObject({ [code]: z.string(), message: z.string(), created_at: instant().optional() }))
    .optional();
const metadata = () => clearable(z.record(z.string(), z.unknown()));
const schedule = () => clearable(z.strictObject({ starts_at: instant(), ends_at: instant().nullable() }));

const mutations = () =>
  z
    .array(z.looseObject({ mutation_code: z.string(), message: z.string(), created_at: instant() }))
    .optional();

const places = { acs_entrance_ids: texts(), device_ids: texts() };
const reported = { errors: issues("error_code"), warnings: issues("warning_code") };

type Fields<C> = { [K in keyof C]-?: z.ZodType };

export const EDIT_FIELDS = {
  acs_credential: {
    ...reported,
    access_method: z.enum(["code", "card", "mobile_key", "cloud_key"]).optional(),
    acs_user_id: clearable(z.string()),
    allowed_acs_entrance_ids: texts(),
    assa_abloy_vostio_metadata: metadata(),
    card_number: nullable(),
    code: nullable(),
    display_name: text(),
    ends_at: clearable(instant()),
    external_type: clearable(z.string()),
    external_type_display_name: clearable(z.string()),
    is_issued: flag(),
    is_latest_desired_state_synced_with_provider: z.boolean().nullish(),
    is_multi_phone_sync_credential: flag(),
    is_one_time_use: flag(),
    issued_at: instant().nullish(),
    latest_desired_state_synced_with_provider_at: instant().nullish(),
    parent_acs_credential_id: clearable(z.string()),
    starts_at: clearable(instant()),
    user_identity_id: clearable(z.string()),
    visionline_metadata: metadata(),
  } satisfies Fields<AcsCredentialChanges>,
  acs_user: {
    ...reported,
    access_schedule: schedule(),
    display_name: text(),
    email_address: clearable(z.string()),
    full_name: clearable(z.string()),
    is_suspended: flag(),
    last_successful_sync_at: instant().nullish(),
    pending_mutations: mutations(),
    phone_number: clearable(z.string()),
    user_identity_id: clearable(z.string()),
  } satisfies Fields<AcsUserChanges>,
  user_identity: {
    ...reported,
    display_name: text(),
    email_address: nullable(),
    full_name: nullable(),
    phone_number: nullable(),
    user_identity_key: nullable(),
  } satisfies Fields<UserIdentityChanges>,
  acs_access_group: {
    ...reported,
    access_schedule: schedule(),
    acs_entrance_ids: texts(),
    name: text(),
    pending_mutations: mutations(),
  } satisfies Fields<AcsAccessGroupChanges>,
  access_grant: {
    ...reported,
    ...places,
    access_grant_key: clearable(z.string()),
    display_name: text(),
    ends_at: instant().nullish(),
    name: nullable(),
    pending_mutations: mutations(),
    requested_access_methods: z.array(z.looseObject({ mode: z.string() })).optional(),
    reservation_key: clearable(z.string()),
    space_ids: texts(),
    starts_at: instant().optional(),
  } satisfies Fields<AccessGrantChanges>,
  access_method: {
    ...reported,
    client_session_token: clearable(z.string()),
    code: nullable(),
    display_name: text(),
    instant_key_url: clearable(z.string()),
    is_assignment_required: flag(),
    is_encoding_required: flag(),
    is_issued: flag(),
    is_ready_for_assignment: flag(),
    is_ready_for_encoding: flag(),
    issued_at: instant().nullish(),
    pending_mutations: mutations(),
  } satisfies Fields<AccessMethodChanges>,
  acs_system: { ...reported, name: text() } satisfies Fields<AcsSystemChanges>,
  acs_entrance: {
    ...reported,
    can_belong_to_reservation: flag(),
    can_unlock_with_card: flag(),
    can_unlock_with_cloud_key: flag(),
    can_unlock_with_code: flag(),
    can_unlock_with_mobile_key: flag(),
    display_name: text(),
  } satisfies Fields<AcsEntranceChanges>,
  device: {
    ...reported,
    can_program_online_access_codes: flag(),
    custom_metadata: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
    display_name: text(),
    properties: z.strictObject({ online: flag(), name: text() }).optional(),
  } satisfies Fields<DeviceChanges>,
  space: {
    ...places,
    customer_data: clearable(z.record(z.string(), z.string().nullish())),
    customer_key: clearable(z.string()),
    name: text(),
    parent_space_id: clearable(z.string()),
    parent_space_key: clearable(z.string()),
    space_key: clearable(z.string()),
  } satisfies Fields<SpaceChanges>,
};

export type EditedKind = keyof typeof EDIT_FIELDS;

/** The changes, complete; all that is wrong with them in one error. */
export function checkedChanges<C extends object>(kind: EditedKind, changes: C, now: () => string): C {
  const result = z.strictObject(EDIT_FIELDS[kind]).safeParse(changes);
  if (!result.success) throw refusal(kind, result.error.issues);
  const { errors, warnings, ...others } = result.data as Issues;
  const dated = (entries: object[]) => entries.map((entry) => ({ created_at: now(), ...entry }));
  return {
    ...others,
    ...(errors && { errors: dated(errors) }),
    ...(warnings && { warnings: dated(warnings) }),
  } as C;
}

function refusal(kind: EditedKind, mistakes: readonly Mistake[]): Error {
  return new Error(`This is no change of ${kind}: ${told(mistakes).join("; ")}`);
}
