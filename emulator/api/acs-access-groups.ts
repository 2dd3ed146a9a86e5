import { z } from "zod";
import { shownEntrancesOf } from "../world/doors";
import { addMember, findGroup, removeMember, usersOf } from "../world/groups";
import { shown } from "../world/store";
import { presentUser } from "../world/users";
import { id, text } from "./input";
import { route } from "./route";
import { contains } from "./search";

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
