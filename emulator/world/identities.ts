import { randomUUID } from "node:crypto";
import type { Context } from "./context";
import { invalidInput, notFound } from "./errors";
import type { AcsUser, SeamErrorEntry, UserIdentity } from "./rows";
import { shown } from "./store";

/** An id or a key that was merged into an identity finds that one. */
export function findIdentity(
  context: Context,
  by: { user_identity_id?: string | undefined; user_identity_key?: string | undefined },
): UserIdentity {
  if (by.user_identity_id === undefined && by.user_identity_key === undefined)
    throw invalidInput("user_identity_id or user_identity_key is required");
  const identity = by.user_identity_id
    ? identityById(context, by.user_identity_id)
    : identityByKey(context, by.user_identity_key ?? "");
  if (!identity?.hidden.isManaged) throw notFound("user_identity");
  return identity;
}

export function identityById(context: Context, identityId: string): UserIdentity | undefined {
  const { identities } = context.workspace;
  return identities.get(identityId) ?? firstOf(identities.by("mergedId", identityId));
}

/** The id under which the identity's things are filed. */
export function identityIdOf(context: Context, identityId: string): string {
  return identityById(context, identityId)?.user_identity_id ?? identityId;
}

export function identityByKey(context: Context, key: string): UserIdentity | undefined {
  const { identities } = context.workspace;
  return firstOf(identities.by("key", key)) ?? firstOf(identities.by("mergedKey", key));
}

function firstOf<T>(rows: Iterable<T>): T | undefined {
  for (const row of rows) return row;
  return undefined;
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
    merged_user_identity_ids: [],
    merged_user_identity_keys: [],
    errors: [],
    warnings: [],
    hidden: { isManaged: true },
  };
  identity.display_name = displayName(identity);
  return context.workspace.identities.insert(identity);
}

export function changeIdentity(
  context: Context,
  identity: UserIdentity,
  changes: Partial<UserIdentity>,
): void {
  const { identities } = context.workspace;
  identities.change(identity, changes);
  identities.change(identity, { display_name: changes.display_name ?? displayName(identity) });
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

function displayName(identity: UserIdentity): string {
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
  const issues = users.filter((user) => user.errors.length > 0).map((user) => issueOf(user));
  return {
    ...shown(identity),
    ...(issues.length > 0 && { errors: [...identity.errors, ...issues] }),
    acs_user_ids: users.map((user) => user.acs_user_id),
  };
}

function issueOf({ acs_user_id, acs_system_id, errors }: AcsUser): SeamErrorEntry {
  return {
    error_code: "issue_with_acs_user",
    message: errors.map((error) => error.message).join(" "),
    created_at: errors[0]?.created_at ?? "",
    acs_user_id,
    acs_system_id,
  };
}
