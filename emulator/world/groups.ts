import type { Context } from "./context";
import { invalidInput, notFound } from "./errors";
import { findIdentity, identityIdOf } from "./identities";
import type { AcsAccessGroup, AcsUser } from "./rows";
import { findUser, linkOrCreateUser } from "./users";

interface Member {
  acs_user_id?: string | undefined;
  user_identity_id?: string | undefined;
}

export function findGroup(context: Context, groupId: string): AcsAccessGroup {
  const found = context.workspace.groups.get(groupId);
  if (!found) throw notFound("acs_access_group");
  return found;
}

/** Adding an identity makes or links its user of the group's system; adding twice changes nothing. */
export function addMember(context: Context, to: AcsAccessGroup, by: Member): void {
  const user = by.acs_user_id
    ? findUser(context, { acs_user_id: by.acs_user_id })
    : linkOrCreateUser(
        context,
        findIdentity(context, { user_identity_id: namedIdentity(by) }),
        systemOf(context, to),
      );
  const accessGroupIds = [...new Set([...user.hidden.accessGroupIds, to.acs_access_group_id])];
  context.workspace.users.change(user, { hidden: { ...user.hidden, accessGroupIds } });
}

export function removeMember(context: Context, from: AcsAccessGroup, by: Member): void {
  const user = by.acs_user_id
    ? findUser(context, { acs_user_id: by.acs_user_id })
    : findUser(context, { user_identity_id: namedIdentity(by), acs_system_id: from.acs_system_id });
  const accessGroupIds = user.hidden.accessGroupIds.filter((groupId) => groupId !== from.acs_access_group_id);
  context.workspace.users.change(user, { hidden: { ...user.hidden, accessGroupIds } });
}

/** Its members lose its doors. */
export function deleteGroup(context: Context, group: AcsAccessGroup): void {
  const { groups, users } = context.workspace;
  for (const user of [...users.by("group", group.acs_access_group_id)])
    removeMember(context, group, { acs_user_id: user.acs_user_id });
  groups.remove(group.acs_access_group_id);
}

function namedIdentity(by: Member): string {
  if (by.user_identity_id === undefined) throw invalidInput("acs_user_id or user_identity_id is required");
  return by.user_identity_id;
}

function systemOf(context: Context, of: AcsAccessGroup) {
  const system = context.workspace.systems.get(of.acs_system_id);
  if (!system) throw notFound("acs_system");
  return system;
}

export function usersOf(context: Context, by: Member): AcsUser[] | undefined {
  if (by.acs_user_id) return [findUser(context, { acs_user_id: by.acs_user_id })];
  if (by.user_identity_id)
    return [...context.workspace.users.by("identity", identityIdOf(context, by.user_identity_id))];
  return undefined;
}
