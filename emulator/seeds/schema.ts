import { z } from "zod";
import type { SystemRules } from "../systems/system";
import type { Seed } from "./seed";

const uuid = () => z.guid().optional();
const key = () => z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "a key has letters, digits, . _ -");
const doorKey = () =>
  z.string().regex(/^[^/]+\/[^/]+$/, "a door has its system's key in front: tower/front-door");
const keys = () => z.array(key()).default([]);
const time = () => z.iso.datetime({ offset: true, error: "a time is ISO 8601 with a zone" });
const schedule = () => z.strictObject({ starts_at: time(), ends_at: time().nullable().default(null) });
const name = () => z.string().optional();

const contact = {
  full_name: name(),
  email_address: z.email().optional(),
  phone_number: z.string().optional(),
};

const entrance = z.strictObject({
  key: key(),
  acs_entrance_id: uuid(),
  display_name: name(),
  is_common: z.boolean().default(false),
});

const encoder = z.strictObject({ key: key(), acs_encoder_id: uuid(), display_name: name() });

const accessGroup = z.strictObject({
  key: key(),
  acs_access_group_id: uuid(),
  name: name(),
  external_type: z.string().optional(),
  entrances: keys(),
  access_schedule: schedule().optional(),
});

const user = z.strictObject({
  key: key(),
  acs_user_id: uuid(),
  user_identity: key().optional(),
  ...contact,
  access_groups: keys(),
  access_schedule: schedule().optional(),
});

const method = z.enum(["code", "card", "mobile_key", "cloud_key"]);

const rules = z.strictObject({
  accessMethods: z.array(method).optional(),
  customCode: z.enum(["accepted", "refused"]).optional(),
  generatesCode: z.boolean().optional(),
  codeRange: z.strictObject({ min: z.number(), max: z.number() }).optional(),
  entrancesPerCredential: z.partialRecord(method, z.number().int()).optional(),
  maxPerUser: z.partialRecord(method, z.number().int()).optional(),
  mobileKeysAreMultiPhone: z.boolean().optional(),
  mobileKeysAreSentTo: z.enum(["email_address", "phone_number"]).optional(),
  accessGroupTypes: z.array(z.string()).optional(),
  cardsNeedEncoding: z.boolean().optional(),
  cardsNeedAssignment: z.boolean().optional(),
  overrideRevokes: z.boolean().optional(),
  hasReservations: z.boolean().optional(),
  subscribesUsers: z.boolean().optional(),
  needsCardFormat: z.boolean().optional(),
  needsOverrideOrJoiners: z.boolean().optional(),
} satisfies { [R in keyof SystemRules]-?: z.ZodType });

const system = z.strictObject({
  key: key(),
  kind: z.string().optional(),
  external_type: z.string().optional(),
  acs_system_id: uuid(),
  connected_account_id: uuid(),
  name: name(),
  time_zone: z.string().default("America/Los_Angeles"),
  credential_managers: keys(),
  rules: rules.default({}),
  subscription_limit: z.number().int().positive().optional(),
  cards: z.array(z.string().min(1)).optional(),
  entrances: z.array(entrance).default([]),
  encoders: z.array(encoder).default([]),
  access_groups: z.array(accessGroup).default([]),
  users: z.array(user).default([]),
});

const userIdentity = z.strictObject({
  key: key(),
  user_identity_id: uuid(),
  user_identity_key: z.string().optional(),
  ...contact,
  is_managed: z.boolean().default(true),
});

const device = z.strictObject({
  key: key(),
  device_id: uuid(),
  display_name: name(),
  device_type: z.string().default("august_lock"),
  takes_access_codes: z.boolean().default(true),
  is_online: z.boolean().default(true),
  time_constraints: z
    .strictObject({
      max_duration_hours: z.number().positive().optional(),
      is_ongoing_supported: z.boolean().optional(),
      slot_minutes: z.number().positive().optional(),
    })
    .default({}),
});

const space = z.strictObject({
  key: key(),
  space_id: uuid(),
  space_key: z.string().optional(),
  name: name(),
  entrances: z.array(doorKey()).default([]),
  devices: keys(),
});

const accessGrant = z.strictObject({
  key: key(),
  access_grant_id: uuid(),
  access_grant_key: z.string().optional(),
  name: name(),
  user_identity: key(),
  access_methods: z.array(method).default(["code"]),
  entrances: z.array(doorKey()).default([]),
  devices: keys(),
  spaces: keys(),
  starts_at: time().optional(),
  ends_at: time().nullable().default(null),
  reservation_key: z.string().optional(),
  is_managed: z.boolean().default(true),
});

const workspace = z.strictObject({
  key: key().default("main"),
  workspace_id: uuid(),
  api_key: z
    .string()
    .regex(/^seam_test/, "an emulator's key begins with seam_test")
    .optional(),
  name: name(),
  is_sandbox: z.boolean().default(true),
  is_suspended: z.boolean().default(false),
  user_identities: z.array(userIdentity).default([]),
  acs_systems: z.array(system).default([]),
  devices: z.array(device).default([]),
  spaces: z.array(space).default([]),
  access_grants: z.array(accessGrant).default([]),
});

export const seedSchema = z.strictObject({
  personal_access_token: z
    .string()
    .regex(/^seam_at/, "a token begins with seam_at")
    .optional(),
  workspaces: z.array(workspace).min(1),
}) satisfies z.ZodType<unknown, Seed>;

/** A seed with its defaults. */
export type CompleteSeed = z.output<typeof seedSchema>;
export type CompleteWorkspace = CompleteSeed["workspaces"][number];
export type CompleteSystem = CompleteWorkspace["acs_systems"][number];
