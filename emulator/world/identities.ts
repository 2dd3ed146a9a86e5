import { randomUUID } from "node:crypto";
import type { Context } from "./context";
import { beingDeleted, deleteLater } from "./deletion";
import { invalidInput, notFound } from "./errors";
import type { UserIdentity } from "./rows";
import { deleteUser } from "./users";

export function findIdentity(
  context: Context,
  by: { user_identity_id?: string | undefined; user_identity_key?: string | undefined },
): UserIdentity {
  const { identities } = context.workspace;
  if (by.user_identity_id === undefined && by.user_identity_key === undefined)
    throw invalidInput("user_identity_id or user_identity_key is required");
  const identity = by.user_identity_id
    ? identities.get(by.user_identity_id)
    : [...identities.by("key", by.user_identity_key ?? "")][0];
  if (!identity) throw notFound("user_identity");
  return identity;
}

export interface Profile {
  user_identity_key?: string | null | undefined;
  full_name?: string | null | undefined;
  email_address?: string | null | undefined;
  phone_number?: string | null | undefined;
}

export function addIdentity(
  context: Context,
  given: Profile,
  identityId: string = randomUUID(),
): UserIdentity {
  const identity: UserIdentity = {
    user_identity_id: identityId,
    user_identity_key: given.user_identity_key ?? null,
    full_name: given.full_name ?? null,
    email_address: given.email_address ?? null,
    phone_number: given.phone_number ?? null,
    display_name: "",
    created_at: context.clock.stamp(),
    workspace_id: context.workspace.id,
    errors: [],
    warnings: [],
  };
  identity.display_name = displayName(identity);
  return context.workspace.identities.insert(identity);
}

/** Its users and their credentials go with it. */
export function deleteIdentity(context: Context, identity: UserIdentity): void {
  const { identities, users, credentials } = context.workspace;
  identities.change(identity, { warnings: [beingDeleted(context, "user identity")] });
  deleteLater(context, () => {
    for (const user of [...users.by("identity", identity.user_identity_id)])
      deleteUser(context, user, { withCredentials: true });
    for (const credential of [...credentials.by("identity", identity.user_identity_id)])
      credentials.remove(credential.acs_credential_id);
    identities.remove(identity.user_identity_id);
  });
}

export function refuseTakenProfile(context: Context, given: Profile, except?: UserIdentity): void {
  const { identities } = context.workspace;
  const taken = (rows: Iterable<UserIdentity>) => [...rows].some((row) => row !== except);
  const duplicates: string[] = [];
  if (given.user_identity_key && taken(identities.by("key", given.user_identity_key)))
    duplicates.push("user_identity_key");
  if (given.email_address && taken(identities.by("email", given.email_address.toLowerCase())))
    duplicates.push("email_address");
  if (given.phone_number && taken(identities.by("phone", given.phone_number)))
    duplicates.push("phone_number");
  if (duplicates.length > 0)
    throw invalidInput(`A user identity with this ${duplicates.join(" and ")} already exists`);
}

export function displayName(identity: UserIdentity): string {
  return (
    identity.full_name ??
    identity.email_address ??
    identity.phone_number ??
    identity.user_identity_key ??
    "User Identity"
  );
}

export function presentIdentity(context: Context, identity: UserIdentity) {
  const users = [...context.workspace.users.by("identity", identity.user_identity_id)];
  return { ...identity, acs_user_ids: users.map((user) => user.acs_user_id) };
}
