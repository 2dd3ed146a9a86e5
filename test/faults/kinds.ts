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
  /** Inputs as `check` normalises them. */
  inputs(emulator: Emulator<DefaultKeys>): Properties;
}

export const KINDS: readonly Kind[] = [
  {
    name: "AcsCredential with a PIN of its own",
    lifecycle: provider.AcsCredential.lifecycle,
    seamName: "acs_credential",
    inputs: ({ ids }) => ({
      accessMethod: "code",
      acsUserId: ids.acsUsers["brivo/ada"],
      code: "471147",
      endsAt: "2036-01-01T00:00:00.000Z",
    }),
  },
  {
    name: "AcsCredential with a generated PIN",
    lifecycle: provider.AcsCredential.lifecycle,
    seamName: "acs_credential",
    inputs: ({ ids }) => ({
      accessMethod: "code",
      acsUserId: ids.acsUsers["salto-ks/ada"],
      endsAt: "2036-01-01T00:00:00.000Z",
    }),
  },
  {
    name: "AcsUser",
    lifecycle: provider.AcsUser.lifecycle,
    seamName: "acs_user",
    inputs: ({ ids }) => ({
      acsSystemId: ids.acsSystems["salto-ks"],
      fullName: "Bob Example",
      emailAddress: "bob@example.com",
    }),
  },
  {
    name: "UserIdentity without a key",
    lifecycle: provider.UserIdentity.lifecycle,
    seamName: "user_identity",
    inputs: () => ({ fullName: "Gus Guest", emailAddress: "gus@example.com" }),
  },
  {
    name: "UserIdentity with a key",
    lifecycle: provider.UserIdentity.lifecycle,
    seamName: "user_identity",
    inputs: () => ({ fullName: "Gus Guest", userIdentityKey: "guest-1017" }),
  },
  {
    name: "AccessGrant without a key",
    lifecycle: provider.AccessGrant.lifecycle,
    seamName: "access_grant",
    inputs: ({ ids }) => ({
      userIdentityId: ids.userIdentities["ben"],
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [ids.acsEntrances["latch/front-door"]],
      endsAt: "2036-01-01T00:00:00.000Z",
    }),
  },
  {
    name: "AccessGrant with a key",
    lifecycle: provider.AccessGrant.lifecycle,
    seamName: "access_grant",
    inputs: ({ ids }) => ({
      userIdentityId: ids.userIdentities["ben"],
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [ids.acsEntrances["latch/front-door"]],
      accessGrantKey: "reservation-1017",
    }),
  },
  {
    name: "AcsAccessGroupMembership",
    lifecycle: provider.AcsAccessGroupMembership.lifecycle,
    seamName: "acs_access_group",
    inputs: ({ ids }) => ({
      acsAccessGroupId: ids.acsAccessGroups["salto-ks/staff"],
      acsUserId: ids.acsUsers["salto-ks/ada"],
    }),
  },
];
