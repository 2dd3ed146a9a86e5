import type { DefaultKeys, Emulator } from "../../emulator";
import * as provider from "../../provider";
import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";

type Properties = Record<string, unknown>;

/** One resource of each kind, for what all of them have to stand. */
export interface Kind {
  readonly name: string;
  readonly lifecycle: ResourceLifecycle;
  /** Seam's name for what the resource is, as in `…_not_found`. */
  readonly seamName: string;
  /** Inputs as `check` normalises them. @param n another resource for each of 0 to 9 */
  inputs(emulator: Emulator<DefaultKeys>, n?: number): Properties;
  /** What an update changes; left out where there is none. */
  readonly change?: Properties;
  /** Route of each operation. */
  readonly routes: Readonly<Record<"create" | "read" | "delete", string>> & { readonly update?: string };
  /** Ids of all there are in Seam. */
  live(emulator: Emulator<DefaultKeys>): string[];
}

const routesIn = (folder: string) => ({
  create: `${folder}/create`,
  read: `${folder}/get`,
  update: `${folder}/update`,
  delete: `${folder}/delete`,
});

const CREDENTIAL = {
  lifecycle: provider.AcsCredential.lifecycle,
  seamName: "acs_credential",
  routes: routesIn("/acs/credentials"),
  change: { endsAt: "2041-01-01T00:00:00.000Z" },
  live: (emulator: Emulator<DefaultKeys>) =>
    emulator.credentials().map((one) => String(one.acs_credential_id)),
};

const USER = {
  lifecycle: provider.AcsUser.lifecycle,
  seamName: "acs_user",
  routes: routesIn("/acs/users"),
  change: { fullName: "Bob B. Example" },
  live: (emulator: Emulator<DefaultKeys>) => emulator.users().map((one) => String(one.acs_user_id)),
};

const IDENTITY = {
  lifecycle: provider.UserIdentity.lifecycle,
  seamName: "user_identity",
  routes: routesIn("/user_identities"),
  change: { fullName: "Gus G. Guest" },
  live: (emulator: Emulator<DefaultKeys>) =>
    emulator.snapshot().user_identities.map((one) => String(one.user_identity_id)),
};

const GRANT = {
  lifecycle: provider.AccessGrant.lifecycle,
  seamName: "access_grant",
  routes: routesIn("/access_grants"),
  change: { endsAt: "2041-01-01T00:00:00.000Z" },
  live: (emulator: Emulator<DefaultKeys>) =>
    emulator.accessGrants().map((one) => String(one.access_grant_id)),
};

const SPACE = {
  lifecycle: provider.Space.lifecycle,
  seamName: "space",
  routes: routesIn("/spaces"),
  change: { name: "First floor" },
  live: (emulator: Emulator<DefaultKeys>) => emulator.spaces().map((one) => String(one.space_id)),
};

const PEOPLE = ["ada", "ben", "cleo", "dan", "eve", "finn"] as const;
const person = (n: number) => PEOPLE[n % PEOPLE.length] ?? "ada";

export const KINDS: readonly Kind[] = [
  {
    name: "AcsCredential with a PIN of its own",
    ...CREDENTIAL,
    inputs: ({ ids }, n = 0) => ({
      accessMethod: "code",
      acsUserId: ids.acsUsers["brivo/ada"],
      code: String(471140 + n),
      endsAt: "2036-01-01T00:00:00.000Z",
    }),
  },
  {
    name: "AcsCredential with a generated PIN",
    ...CREDENTIAL,
    inputs: ({ ids }, n = 0) => ({
      accessMethod: "code",
      acsUserId: ids.acsUsers[`salto-ks/${person(n)}`],
      endsAt: "2036-01-01T00:00:00.000Z",
    }),
  },
  {
    name: "AcsUser",
    ...USER,
    inputs: ({ ids }, n = 0) => ({
      acsSystemId: ids.acsSystems["salto-ks"],
      fullName: "Bob Example",
      emailAddress: `bob-${n}@example.com`,
    }),
  },
  {
    name: "UserIdentity with an e-mail address",
    ...IDENTITY,
    inputs: (_, n = 0) => ({ fullName: "Gus Guest", emailAddress: `gus-${n}@example.com` }),
  },
  {
    name: "UserIdentity with a name only",
    ...IDENTITY,
    inputs: (_, n = 0) => ({ fullName: `Gus Guest ${n}` }),
  },
  {
    name: "UserIdentity with a key",
    ...IDENTITY,
    inputs: (_, n = 0) => ({ fullName: "Gus Guest", userIdentityKey: `guest-${n}` }),
  },
  {
    name: "AccessGrant without a key",
    ...GRANT,
    inputs: ({ ids }, n = 0) => ({
      userIdentityId: ids.userIdentities[person(n)],
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [ids.acsEntrances["latch/front-door"]],
      endsAt: "2036-01-01T00:00:00.000Z",
    }),
  },
  {
    name: "AccessGrant with a key",
    ...GRANT,
    inputs: ({ ids }, n = 0) => ({
      userIdentityId: ids.userIdentities[person(n)],
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [ids.acsEntrances["latch/front-door"]],
      accessGrantKey: `reservation-${n}`,
    }),
  },
  {
    name: "Space without a key",
    ...SPACE,
    inputs: ({ ids }, n = 0) => ({
      name: `Floor ${n}`,
      acsEntranceIds: [ids.acsEntrances["latch/front-door"]],
    }),
  },
  {
    name: "Space with a key",
    ...SPACE,
    inputs: ({ ids }, n = 0) => ({
      spaceKey: `floor-${n}`,
      name: "Ground floor",
      acsEntranceIds: [ids.acsEntrances["latch/front-door"]],
    }),
  },
  {
    name: "AcsUser that is suspended",
    ...USER,
    inputs: ({ ids }, n = 0) => ({
      acsSystemId: ids.acsSystems["salto-ks"],
      fullName: `Bob ${n} Example`,
      isSuspended: true,
    }),
  },
  {
    name: "AcsAccessGroupMembership",
    lifecycle: provider.AcsAccessGroupMembership.lifecycle,
    seamName: "acs_access_group",
    inputs: ({ ids }, n = 0) => ({
      acsAccessGroupId: ids.acsAccessGroups[n < 6 ? "salto-ks/staff" : "salto-ks/residents"],
      acsUserId: ids.acsUsers[`salto-ks/${person(n)}`],
    }),
    routes: {
      create: "/acs/access_groups/add_user",
      read: "/acs/access_groups/list",
      delete: "/acs/access_groups/remove_user",
    },
    live: (emulator) =>
      Object.entries(emulator.memberships()).flatMap(([group, users]) =>
        users.map((user) => `${group}/${user}`),
      ),
  },
];
