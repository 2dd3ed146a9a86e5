import { z } from "zod";
import { contains } from "./acs-systems";
import { findUser, linkOrCreateUser, presentUser } from "./acs-users";
import { shownEntrancesOf } from "./doors";
import { invalidInput, notFound } from "./errors";
import { id, text } from "./input";
import { type Context, route } from "./route";
import { findIdentity } from "./user-identities";
import { type AcsAccessGroup, type AcsUser, shown } from "./workspace";

const group = { acs_access_group_id: id() };
const member = { acs_user_id: id().optional(), user_identity_id: id().optional() };

export const acsAccessGroupRoutes = [
  route("/acs/access_groups/get", z.object(group), (context, { acs_access_group_id }) => ({
    acs_access_group: shown(findGroup(context, acs_access_group_id)),
  })),

  route(
    "/acs/access_groups/list",
    z.object({ acs_system_id: id().optional(), ...member, search: text().optional() }),
    (context, input) => {
      const { groups } = context.workspace;
      const groupsOfUsers = usersOf(context, input)?.flatMap((user) => user.hidden.accessGroupIds);
      const candidates = groupsOfUsers
        ? [...new Set(groupsOfUsers)].map((groupId) => groups.get(groupId)).filter((row) => row !== undefined)
        : input.acs_system_id
          ? [...groups.by("system", input.acs_system_id)]
          : [...groups.all()];
      return {
        acs_access_groups: candidates
          .filter((row) => !input.acs_system_id || row.acs_system_id === input.acs_system_id)
          .filter((row) => !input.search || contains([row.name, row.acs_access_group_id], input.search))
          .map(shown),
      };
    },
  ),

  route("/acs/access_groups/list_users", z.object(group), (context, { acs_access_group_id }) => {
    findGroup(context, acs_access_group_id);
    const users = [...context.workspace.users.by("group", acs_access_group_id)];
    return { acs_users: users.map((user) => presentUser(context, user)) };
  }),

  route("/acs/access_groups/list_accessible_entrances", z.object(group), (context, input) => ({
    acs_entrances: shownEntrancesOf(
      context,
      findGroup(context, input.acs_access_group_id).hidden.entranceIds,
    ),
  })),

  route("/acs/access_groups/add_user", z.object({ ...group, ...member }), (context, input) => {
    addMember(context, findGroup(context, input.acs_access_group_id), input);
    return undefined;
  }),

  route("/acs/access_groups/remove_user", z.object({ ...group, ...member }), (context, input) => {
    removeMember(context, findGroup(context, input.acs_access_group_id), input);
    return undefined;
  }),

  route("/acs/users/add_to_access_group", z.object({ ...group, acs_user_id: id() }), (context, input) => {
    addMember(context, findGroup(context, input.acs_access_group_id), input);
    return undefined;
  }),

  route("/acs/users/remove_from_access_group", z.object({ ...group, ...member }), (context, input) => {
    removeMember(context, findGroup(context, input.acs_access_group_id), input);
    return undefined;
  }),
];

interface Member {
  acs_user_id?: string | undefined;
  user_identity_id?: string | undefined;
}

function findGroup(context: Context, groupId: string): AcsAccessGroup {
  const found = context.workspace.groups.get(groupId);
  if (!found) throw notFound("acs_access_group");
  return found;
}

/** Adding an identity makes or links its user of the group's system; adding twice changes nothing. */
function addMember(context: Context, to: AcsAccessGroup, by: Member): void {
  const user = by.acs_user_id
    ? findUser(context, { acs_user_id: by.acs_user_id })
    : linkOrCreateUser(
        context,
        findIdentity(context, { user_identity_id: identityIdOf(by) }),
        systemOf(context, to),
      );
  const accessGroupIds = [...new Set([...user.hidden.accessGroupIds, to.acs_access_group_id])];
  context.workspace.users.change(user, { hidden: { ...user.hidden, accessGroupIds } });
}

function removeMember(context: Context, from: AcsAccessGroup, by: Member): void {
  const user = by.acs_user_id
    ? findUser(context, { acs_user_id: by.acs_user_id })
    : findUser(context, { user_identity_id: identityIdOf(by), acs_system_id: from.acs_system_id });
  const accessGroupIds = user.hidden.accessGroupIds.filter((groupId) => groupId !== from.acs_access_group_id);
  context.workspace.users.change(user, { hidden: { ...user.hidden, accessGroupIds } });
}

function identityIdOf(by: Member): string {
  if (by.user_identity_id === undefined) throw invalidInput("acs_user_id or user_identity_id is required");
  return by.user_identity_id;
}

function systemOf(context: Context, of: AcsAccessGroup) {
  const system = context.workspace.systems.get(of.acs_system_id);
  if (!system) throw notFound("acs_system");
  return system;
}

function usersOf(context: Context, by: Member): AcsUser[] | undefined {
  if (by.acs_user_id) return [findUser(context, { acs_user_id: by.acs_user_id })];
  if (by.user_identity_id) return [...context.workspace.users.by("identity", by.user_identity_id)];
  return undefined;
}
