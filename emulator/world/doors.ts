import type { Context } from "./context";
import { notFound } from "./errors";
import type { AcsCredential, AcsEntrance, AcsUser } from "./rows";
import { shown } from "./store";

export function findEntrance(context: Context, entranceId: string): AcsEntrance {
  const entrance = context.workspace.entrances.get(entranceId);
  if (!entrance) throw notFound("acs_entrance");
  return entrance;
}

/** The entrances that still exist, in the given order. */
export function entrancesOf(context: Context, entranceIds: Iterable<string>): AcsEntrance[] {
  return [...entranceIds]
    .map((entranceId) => context.workspace.entrances.get(entranceId))
    .filter((entrance) => entrance !== undefined);
}

/** Doors on the credential and doors of its user's access groups; none once it opens nothing any more. */
export function accessibleEntranceIds(context: Context, credential: AcsCredential): Set<string> {
  const user = context.workspace.users.get(credential.acs_user_id ?? "");
  const isShut = !user || user.is_suspended || isSubscribed(context, user) === false;
  if (isShut || hasExpired(context, credential)) return new Set();
  return new Set([...ownEntranceIds(credential), ...groupEntranceIds(context, user.hidden.accessGroupIds)]);
}

/** The doors of the user's credentials that have not expired and of its access groups, while it is let in. */
export function userEntranceIds(context: Context, user: AcsUser): Set<string> {
  if (user.is_suspended || isSubscribed(context, user) === false) return new Set();
  const credentials = [...context.workspace.credentials.by("user", user.acs_user_id)];
  return new Set([
    ...credentials.filter((credential) => !hasExpired(context, credential)).flatMap(ownEntranceIds),
    ...groupEntranceIds(context, user.hidden.accessGroupIds),
  ]);
}

function ownEntranceIds(credential: AcsCredential): string[] {
  return credential.hidden.allowedEntranceIds;
}

function hasExpired(context: Context, { ends_at }: AcsCredential): boolean {
  return ends_at !== undefined && Date.parse(ends_at) <= context.clock.nowMs();
}

/** Whether the user's schedule lets it in now; undefined where the system has no subscriptions. */
export function isSubscribed(context: Context, user: AcsUser): boolean | undefined {
  const system = context.workspace.systems.get(user.acs_system_id);
  if (!system?.hidden.rules.subscribesUsers) return undefined;
  const { access_schedule: schedule } = user;
  const now = context.clock.nowMs();
  if (!schedule) return true;
  return Date.parse(schedule.starts_at) <= now && (!schedule.ends_at || now < Date.parse(schedule.ends_at));
}

function groupEntranceIds(context: Context, groupIds: readonly string[]): string[] {
  return groupIds.flatMap((groupId) => context.workspace.groups.get(groupId)?.hidden.entranceIds ?? []);
}

export function credentialsWithAccess(context: Context, entranceId: string): AcsCredential[] {
  const { credentials, groups, users } = context.workspace;
  const found = new Set(credentials.by("entrance", entranceId));
  for (const group of groups.by("entrance", entranceId))
    for (const user of users.by("group", group.acs_access_group_id))
      for (const credential of credentials.by("user", user.acs_user_id)) found.add(credential);
  return [...found].filter((credential) => accessibleEntranceIds(context, credential).has(entranceId));
}

export function shownEntrancesOf(context: Context, entranceIds: Iterable<string>) {
  return entrancesOf(context, entranceIds).map(shown);
}
