import type { Seed, WorkspaceView } from "../../emulator";
import type { KindName, Properties, Reference } from "./program";

type Snapshot = ReturnType<WorkspaceView["snapshot"]>;

/** One property, twice: the stack belongs to the workspace north, and nothing of it may ever reach south. */
export const SEED: Seed = { workspaces: ["north", "south"].map((key) => ({ key, ...property() })) };

function property(): Omit<Seed["workspaces"][number], "key"> {
  const people = ["ada", "ben", "cleo"] as const;
  const users = people.map((key) => ({ key, full_name: `${key} Example`, user_identity: key }));
  const entrances = [{ key: "front" }, { key: "back" }];
  return {
    user_identities: people.map((key) => ({
      key,
      full_name: `${key} Example`,
      email_address: `${key}@example.com`,
    })),
    acs_systems: [
      {
        key: "site",
        kind: "salto_ks",
        users,
        entrances,
        access_groups: [
          { key: "staff", name: "Staff", entrances: ["front"] },
          { key: "cleaners", name: "Cleaners", entrances: ["back"] },
        ],
      },
      { key: "office", kind: "brivo", users, entrances },
      { key: "hotel", kind: "latch", users, entrances },
    ],
  };
}

/** Something that a program may declare: one resource, in a few variants. */
export interface Slot {
  readonly kind: KindName;
  inputs(north: WorkspaceView, variant: number): Properties;
  /** By property: the slot whose output it is. */
  readonly references?: Readonly<
    Record<string, { readonly slot: SlotName; readonly output: Reference["output"] }>
  >;
  /** Two resources may declare the same. */
  readonly hasTwins?: boolean;
  /** A lock system or Seam takes it once: under a new name without an alias it would have to wait for the old one. */
  readonly isUnique?: boolean;
}

const year = (variant: number) => `${2040 + variant}-01-01T00:00:00.000Z`;
const door = (north: WorkspaceView, system: string, variant: number) =>
  String(north.ids.acsEntrances[`${system}/${variant === 2 ? "back" : "front"}`]);

/** Every kind, with and without what makes it unique, by literal ids and by references. */
const SLOTS = {
  pin: {
    kind: "AcsCredential",
    inputs: ({ ids }, variant) => ({
      accessMethod: "code",
      acsUserId: ids.acsUsers["office/ada"],
      code: variant === 1 ? "081508" : "471147",
      endsAt: year(variant),
    }),
  },
  generated: {
    kind: "AcsCredential",
    inputs: ({ ids }, variant) => ({
      accessMethod: "code",
      acsUserId: ids.acsUsers["site/ben"],
      endsAt: year(variant % 2),
      ...(variant === 2 && { startsAt: "2035-01-01T00:00:00.000Z" }),
    }),
    hasTwins: true,
  },
  byIdentity: {
    kind: "AcsCredential",
    inputs: (north, variant) => ({
      accessMethod: "code",
      userIdentityId: north.ids.userIdentities["cleo"],
      acsSystemId: north.ids.acsSystems["hotel"],
      allowedAcsEntranceIds: [door(north, "hotel", variant)],
      endsAt: year(variant),
    }),
    hasTwins: true,
  },
  adopted: {
    kind: "AcsCredential",
    inputs: ({ ids }, variant) => ({
      accessMethod: "code",
      acsUserId: ids.acsUsers["office/ben"],
      endsAt: year(0),
      ...(variant === 2 && { startsAt: "2035-01-01T00:00:00.000Z" }),
    }),
  },
  staff: {
    kind: "AcsAccessGroupMembership",
    inputs: ({ ids }, variant) => ({
      acsAccessGroupId: ids.acsAccessGroups["site/staff"],
      ...(variant === 1
        ? { userIdentityId: ids.userIdentities["ada"] }
        : { acsUserId: ids.acsUsers["site/ada"] }),
    }),
    hasTwins: true,
  },
  cleaner: {
    kind: "AcsAccessGroupMembership",
    inputs: ({ ids }, variant) => ({
      acsAccessGroupId: ids.acsAccessGroups[variant === 2 ? "site/staff" : "site/cleaners"],
      acsUserId: ids.acsUsers["site/ben"],
    }),
    hasTwins: true,
  },
  guest: {
    kind: "UserIdentity",
    inputs: (_, variant) => ({
      fullName: "Gus Guest",
      emailAddress: "gus@example.com",
      ...(variant === 1 && { phoneNumber: "+15555550117" }),
    }),
    hasTwins: true,
  },
  keyed: {
    kind: "UserIdentity",
    inputs: (_, variant) => ({
      fullName: "Hal Guest",
      userIdentityKey: variant === 1 ? "guest-2" : "guest-1",
    }),
    hasTwins: true,
  },
  nameless: {
    kind: "UserIdentity",
    inputs: (_, variant) => ({ fullName: `Ida Guest ${variant}` }),
    hasTwins: true,
  },
  employee: {
    kind: "AcsUser",
    inputs: ({ ids }, variant) => ({
      acsSystemId: ids.acsSystems["hotel"],
      fullName: variant === 2 ? "Gus G. Guest" : "Gus Guest",
      // The guest's: Seam links users with the identity of the same address.
      ...(variant !== 1 && { emailAddress: "gus@example.com" }),
    }),
    isUnique: true,
  },
  member: {
    kind: "AcsUser",
    inputs: ({ ids }, variant) => ({
      acsSystemId: ids.acsSystems["site"],
      fullName: "Iva Example",
      acsAccessGroupIds: [ids.acsAccessGroups[variant === 1 ? "site/cleaners" : "site/staff"]],
    }),
    hasTwins: true,
  },
  grant: {
    kind: "AccessGrant",
    inputs: (north, variant) => ({
      userIdentityId: north.ids.userIdentities["ben"],
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [door(north, "hotel", variant)],
      endsAt: year(variant),
    }),
    hasTwins: true,
  },
  keyedGrant: {
    kind: "AccessGrant",
    inputs: (north, variant) => ({
      userIdentityId: north.ids.userIdentities["ben"],
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [door(north, "hotel", variant)],
      accessGrantKey: "reservation-1017",
      endsAt: year(variant),
    }),
    isUnique: true,
  },
  stay: {
    kind: "AccessGrant",
    inputs: (north, variant) => ({
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [door(north, "hotel", variant)],
      endsAt: year(variant),
    }),
    references: { userIdentityId: { slot: "guest", output: "userIdentityId" } },
    hasTwins: true,
  },
  employeePin: {
    kind: "AcsCredential",
    inputs: (north, variant) => ({
      accessMethod: "code",
      allowedAcsEntranceIds: [door(north, "hotel", variant)],
      endsAt: year(variant),
    }),
    references: { acsUserId: { slot: "employee", output: "acsUserId" } },
    hasTwins: true,
  },
  memberToo: {
    kind: "AcsAccessGroupMembership",
    inputs: ({ ids }) => ({ acsAccessGroupId: ids.acsAccessGroups["site/cleaners"] }),
    references: { acsUserId: { slot: "member", output: "acsUserId" } },
    hasTwins: true,
  },
} as const satisfies Record<string, Omit<Slot, "references"> & { references?: unknown }>;

export type SlotName =
  | "pin"
  | "generated"
  | "byIdentity"
  | "adopted"
  | "staff"
  | "cleaner"
  | "guest"
  | "keyed"
  | "nameless"
  | "employee"
  | "member"
  | "grant"
  | "keyedGrant"
  | "stay"
  | "employeePin"
  | "memberToo";

export const SLOT_NAMES = Object.keys(SLOTS) as SlotName[];

export function slotOf(name: SlotName): Slot {
  return SLOTS[name];
}

/** Whether Seam holds what the inputs declare, whichever object it is. */
export function holds(kind: KindName, inputs: Properties, live: Snapshot): boolean {
  return HELD[kind](inputs, live);
}

const same = (declared: unknown, shown: unknown) =>
  declared === undefined || declared === (shown ?? undefined);
const sameTime = (declared: unknown, shown: unknown) =>
  declared === undefined || Date.parse(String(declared)) === Date.parse(String(shown));
const sameSet = (declared: unknown, shown: readonly string[]) =>
  JSON.stringify([...((declared as string[] | undefined) ?? [])].sort()) ===
  JSON.stringify([...shown].sort());

const HELD: Record<KindName, (inputs: Properties, live: Snapshot) => boolean> = {
  AcsCredential: (inputs, { acs_credentials, acs_users }) =>
    acs_credentials.some(
      (credential) =>
        same(inputs["acsUserId"], credential.acs_user_id) &&
        same(inputs["userIdentityId"], identityOf(acs_users, credential.acs_user_id)) &&
        same(inputs["code"], credential.code) &&
        sameTime(inputs["startsAt"], credential.starts_at) &&
        sameTime(inputs["endsAt"], credential.ends_at) &&
        sameSet(inputs["allowedAcsEntranceIds"], credential.allowed_acs_entrance_ids),
    ),
  AcsAccessGroupMembership: ({ acsAccessGroupId, acsUserId, userIdentityId }, { memberships, acs_users }) =>
    (memberships[String(acsAccessGroupId)] ?? []).some(
      (user) => same(acsUserId, user) && same(userIdentityId, identityOf(acs_users, user)),
    ),
  AcsUser: (inputs, { acs_users, memberships }) =>
    acs_users.some(
      (user) =>
        same(inputs["acsSystemId"], user.acs_system_id) &&
        same(inputs["fullName"], user.full_name) &&
        same(inputs["emailAddress"], user.email_address) &&
        ((inputs["acsAccessGroupIds"] ?? []) as string[]).every((group) =>
          memberships[group]?.includes(String(user.acs_user_id)),
        ),
    ),
  UserIdentity: (inputs, { user_identities }) =>
    user_identities.some(
      (identity) =>
        same(inputs["fullName"], identity.full_name) &&
        same(inputs["emailAddress"], identity.email_address) &&
        same(inputs["phoneNumber"], identity.phone_number) &&
        same(inputs["userIdentityKey"], identity.user_identity_key),
    ),
  AccessGrant: (inputs, { access_grants }) =>
    access_grants.some(
      (grant) =>
        same(inputs["userIdentityId"], grant.user_identity_id) &&
        same(inputs["accessGrantKey"], grant.access_grant_key) &&
        sameTime(inputs["endsAt"], grant.ends_at) &&
        sameSet(inputs["acsEntranceIds"], grant.acs_entrance_ids),
    ),
};

function identityOf(users: Snapshot["acs_users"], acsUserId: unknown): unknown {
  return users.find((user) => user.acs_user_id === acsUserId)?.user_identity_id;
}

/** Ids of everything in Seam that a resource of the stack could be, but for memberships. */
export function idsIn({ acs_credentials, acs_users, user_identities, access_grants }: Snapshot): string[] {
  return [
    ...acs_credentials.map(({ acs_credential_id }) => acs_credential_id),
    ...acs_users.map(({ acs_user_id }) => acs_user_id),
    ...user_identities.map(({ user_identity_id }) => user_identity_id),
    ...access_grants.map(({ access_grant_id }) => access_grant_id),
  ].map(String);
}
