import { randomUUID } from "node:crypto";
import { SYSTEMS } from "../systems/index";
import type { Context } from "./context";
import { beingDeleted, deleteLater, isBeingDeleted } from "./deletion";
import { isSubscribed } from "./doors";
import { invalidInput, notFound } from "./errors";
import { recordEvent } from "./event-log";
import { identityById } from "./identities";
import { writtenName, writtenSchedule } from "./lock-system";
import type { AccessSchedule, AcsSystem, AcsUser, SeamWarning, UserIdentity } from "./rows";
import { contactKeys, shown } from "./store";
import { subscribedUsers } from "./systems";

export function findUser(context: Context, by: Address): AcsUser {
  const { users } = context.workspace;
  if (by.acs_user_id !== undefined) {
    const user = users.get(by.acs_user_id);
    if (!user) throw notFound("acs_user");
    return user;
  }
  if (by.user_identity_id === undefined || by.acs_system_id === undefined)
    throw invalidInput("Either acs_user_id or both user_identity_id and acs_system_id are required");
  const identity = identityById(context, by.user_identity_id);
  const user = identity && linkedUser(context, identity, { acs_system_id: by.acs_system_id });
  if (!user) throw notFound("acs_user");
  return user;
}

type Address = {
  acs_user_id?: string | undefined;
  user_identity_id?: string | undefined;
  acs_system_id?: string | undefined;
};

export interface NewUser {
  full_name?: string | undefined;
  email_address?: string | undefined;
  phone_number?: string | undefined;
  user_identity_id?: string | undefined;
  access_schedule?: AccessSchedule | undefined;
  accessGroupIds?: string[];
}

export function addUser(
  context: Context,
  system: AcsSystem,
  given: NewUser,
  userId: string = randomUUID(),
): AcsUser {
  const kind = SYSTEMS.get(system.hidden.kind ?? "");
  const { accessGroupIds = [], ...person } = written(context, given);
  const user = context.workspace.users.insert({
    acs_user_id: userId,
    acs_system_id: system.acs_system_id,
    connected_account_id: system.connected_account_id,
    workspace_id: context.workspace.id,
    created_at: context.clock.stamp(),
    display_name: displayName(person),
    ...person,
    is_managed: true,
    is_suspended: false,
    pending_mutations: [],
    external_type: kind?.userType?.[0],
    external_type_display_name: kind?.userType?.[1],
    last_successful_sync_at: context.clock.stamp(),
    errors: [],
    warnings: [],
    hidden: { accessGroupIds: [...accessGroupIds] },
  });
  const { subscriptionLimit } = system.hidden;
  if (subscriptionLimit !== undefined && subscribedUsers(context, system.acs_system_id) > subscriptionLimit)
    user.errors.push({
      error_code: "salto_ks_subscription_limit_exceeded",
      message: "The site has no subscription left for this user",
      created_at: context.clock.stamp(),
    });
  userEvent(context, "acs_user.created", user);
  noteTakenAddress(context, user, "failed_to_create_on_acs_system");
  return user;
}

/** The identity's user in the system, if there is one. */
export function linkedUser(
  context: Context,
  { user_identity_id }: UserIdentity,
  { acs_system_id }: Pick<AcsSystem, "acs_system_id">,
): AcsUser | undefined {
  for (const user of context.workspace.users.by("identity", user_identity_id))
    if (user.acs_system_id === acs_system_id) return user;
  return undefined;
}

/**
 * The identity's user in the system: the one it is linked with, else the one with the same e-mail address
 * or phone number, else a new one.
 */
export function linkOrCreateUser(context: Context, identity: UserIdentity, system: AcsSystem): AcsUser {
  const { users } = context.workspace;
  const linked = linkedUser(context, identity, system);
  if (linked) return linked;
  for (const key of contactKeys(system.acs_system_id, identity))
    for (const user of users.by("contact", key))
      if (user.user_identity_id === undefined) return linkUser(context, user, identity);
  return addUser(context, system, {
    full_name: identity.full_name ?? undefined,
    email_address: identity.email_address ?? undefined,
    phone_number: identity.phone_number ?? undefined,
    user_identity_id: identity.user_identity_id,
  });
}

export function changeUser(context: Context, user: AcsUser, changes: Partial<AcsUser>): void {
  const { users } = context.workspace;
  users.change(user, written(context, changes));
  if (changes.display_name === undefined) users.change(user, { display_name: displayName(user) });
  if (changes.email_address !== undefined) noteTakenAddress(context, user, "failed_to_update_on_acs_system");
}

/** What the lock system makes of it. */
function written<T extends Pick<NewUser, "full_name" | "access_schedule">>(context: Context, given: T): T {
  const { full_name: name, access_schedule: schedule } = given;
  return {
    ...given,
    ...(name !== undefined && { full_name: writtenName(context, name) }),
    ...(schedule && { access_schedule: writtenSchedule(context, schedule) }),
  };
}

/** Two users of a system cannot have one e-mail address: the lock system finds out later. */
function noteTakenAddress(context: Context, user: AcsUser, code: string): void {
  const { users } = context.workspace;
  if (context.settings.takenEmailAddresses === "accepted") return;
  context.clock.after(context.settings.delays.syncMs, () => {
    const key = contactKeys(user.acs_system_id, { email_address: user.email_address })[0];
    const isTaken = key !== undefined && [...users.by("contact", key)].some((other) => other !== user);
    const message = "The lock system has another user with this e-mail address";
    users.change(user, {
      errors: [
        ...user.errors.filter((error) => error.message !== message),
        ...(isTaken ? [{ error_code: code, message, created_at: context.clock.stamp() }] : []),
      ],
    });
  });
}

/** The user and its credentials are the identity's from now on; without one, nobody's. */
export function linkUser(context: Context, user: AcsUser, identity: UserIdentity | undefined): AcsUser {
  const { users, credentials } = context.workspace;
  const owner = { user_identity_id: identity?.user_identity_id };
  for (const credential of [...credentials.by("user", user.acs_user_id)])
    credentials.change(credential, owner);
  return users.change(user, owner);
}

function displayName(person: Pick<NewUser, "full_name" | "email_address" | "phone_number">): string {
  return person.full_name ?? person.email_address ?? person.phone_number ?? "ACS User";
}

/** The user leaves its access groups, and its credentials lose their doors. */
export function revokeAccess(context: Context, user: AcsUser): void {
  const { users, credentials } = context.workspace;
  users.change(user, { hidden: { ...user.hidden, accessGroupIds: [] } });
  for (const credential of [...credentials.by("user", user.acs_user_id)])
    credentials.change(credential, { hidden: { ...credential.hidden, allowedEntranceIds: [] } });
}

/** Its credentials stay without a user, so they open nothing; with its identity they go. */
export function deleteUser(context: Context, user: AcsUser, options = { withCredentials: false }): void {
  const { users, credentials } = context.workspace;
  if (isBeingDeleted(user)) return;
  users.change(user, { warnings: [...user.warnings, beingDeleted(context, "ACS user")] });
  deleteLater(context, () => {
    for (const credential of [...credentials.by("user", user.acs_user_id)])
      if (options.withCredentials) credentials.remove(credential.acs_credential_id);
      else credentials.change(credential, { acs_user_id: undefined, user_identity_id: undefined });
    if (users.remove(user.acs_user_id)) userEvent(context, "acs_user.deleted", user);
  });
}

function userEvent(context: Context, type: string, user: AcsUser): void {
  const { acs_user_id, acs_system_id, connected_account_id } = user;
  recordEvent(context, type, { acs_user_id, acs_system_id, connected_account_id });
}

export function presentUser(context: Context, user: AcsUser) {
  const identity = user.user_identity_id
    ? context.workspace.identities.get(user.user_identity_id)
    : undefined;
  const subscribed = isSubscribed(context, user);
  return {
    ...shown(user),
    ...(subscribed !== undefined && { salto_ks_metadata: { is_subscribed: subscribed } }),
    ...(subscribed === false && { warnings: [...user.warnings, notSubscribed(user)] }),
    ...(identity && {
      user_identity_email_address: identity.email_address,
      user_identity_full_name: identity.full_name,
      user_identity_phone_number: identity.phone_number,
    }),
  };
}

function notSubscribed(user: AcsUser): SeamWarning {
  return {
    warning_code: "salto_ks_user_not_subscribed",
    message: "The user is not subscribed outside of its access schedule",
    created_at: user.created_at,
  };
}

export function scheduleOf(
  context: Context,
  given: { starts_at?: string | undefined; ends_at?: string | null | undefined } | undefined,
  before?: AccessSchedule,
): AccessSchedule | undefined {
  if (!given) return undefined;
  return {
    starts_at: given.starts_at ?? before?.starts_at ?? context.clock.now(),
    ends_at: given.ends_at === undefined ? (before?.ends_at ?? null) : given.ends_at,
  };
}
