import { z } from "zod";
import type { SystemRules } from "../systems/system";

const uuid = () => z.guid().optional();
const key = () => z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "a key has letters, digits, . _ -");
const time = () => z.iso.datetime({ offset: true });
const schedule = () => z.strictObject({ starts_at: time(), ends_at: time().nullable().default(null) });

const entrance = z.strictObject({
  key: key(),
  acs_entrance_id: uuid(),
  display_name: z.string().optional(),
  /** A lobby or gym rather than a guest's room. */
  is_common: z.boolean().default(false),
});

const accessGroup = z.strictObject({
  key: key(),
  acs_access_group_id: uuid(),
  name: z.string().optional(),
  external_type: z.string().optional(),
  /** Keys of entrances of the same system. */
  entrances: z.array(key()).default([]),
  access_schedule: schedule().optional(),
});

const user = z.strictObject({
  key: key(),
  acs_user_id: uuid(),
  /** Key of a user identity of the workspace; also gives the name, e-mail address and phone number. */
  user_identity: key().optional(),
  full_name: z.string().optional(),
  email_address: z.email().optional(),
  phone_number: z.string().optional(),
  access_groups: z.array(key()).default([]),
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
  accessGroupTypes: z.array(z.string()).optional(),
  cardsNeedEncoding: z.boolean().optional(),
  overrideRevokes: z.boolean().optional(),
  hasReservations: z.boolean().optional(),
  subscribesUsers: z.boolean().optional(),
  needsCardFormat: z.boolean().optional(),
  needsOverrideOrJoiners: z.boolean().optional(),
} satisfies { [R in keyof SystemRules]-?: z.ZodType });

const system = z.strictObject({
  key: key(),
  /** Kind of system, such as `salto_ks`; a credential manager has an `external_type` instead. */
  kind: z.string().optional(),
  external_type: z.string().optional(),
  acs_system_id: uuid(),
  connected_account_id: uuid(),
  name: z.string().optional(),
  time_zone: z.string().default("America/Los_Angeles"),
  /** Keys of credential managers; the first one is the default. */
  credential_managers: z.array(key()).default([]),
  /** Rules of the kind that this system has otherwise, such as `{ "customCode": "refused" }`. */
  rules: rules.default({}),
  /** At most so many subscribed users; Seam warns from 80 % on. */
  subscription_limit: z.number().int().positive().optional(),
  entrances: z.array(entrance).default([]),
  access_groups: z.array(accessGroup).default([]),
  users: z.array(user).default([]),
});

const userIdentity = z.strictObject({
  key: key(),
  user_identity_id: uuid(),
  user_identity_key: z.string().optional(),
  full_name: z.string().optional(),
  email_address: z.email().optional(),
  phone_number: z.string().optional(),
});

const workspace = z.strictObject({
  key: key().default("main"),
  workspace_id: uuid(),
  api_key: z
    .string()
    .regex(/^seam_test/, "an emulator's key begins with seam_test")
    .optional(),
  name: z.string().optional(),
  is_sandbox: z.boolean().default(true),
  user_identities: z.array(userIdentity).default([]),
  acs_systems: z.array(system).default([]),
});

export const seedSchema = z.strictObject({
  personal_access_token: z
    .string()
    .regex(/^seam_at/, "a token begins with seam_at")
    .optional(),
  workspaces: z.array(workspace).min(1),
});

/** A portfolio of workspaces, as data. Ids that are left out follow from the keys. */
export type Seed = z.input<typeof seedSchema>;
export type CompleteSeed = z.output<typeof seedSchema>;
