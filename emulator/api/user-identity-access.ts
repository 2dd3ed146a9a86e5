import { z } from "zod";
import type { Context } from "../world/context";
import { shownEntrancesOf, userEntranceIds } from "../world/doors";
import { invalidInput } from "../world/errors";
import { entranceIdsOf } from "../world/grant-places";
import { addIdentity, findIdentity, identityByKey } from "../world/identities";
import type { AcsUser, UserIdentity } from "../world/rows";
import { findSystem, presentSystem } from "../world/systems";
import { findUser, linkUser, presentUser } from "../world/users";
import { id, text } from "./input";
import { route } from "./route";

const identity = z.object({ user_identity_id: id() });

/** What an identity has in the access systems, and which of their users are its. */
export const userIdentityAccessRoutes = [
  route(
    "/user_identities/add_acs_user",
    z.object({ acs_user_id: id(), user_identity_id: id().optional(), user_identity_key: text().optional() }),
    (context, { acs_user_id, ...by }) => {
      const user = findUser(context, { acs_user_id });
      linkUser(context, user, identityOrNew(context, by, user));
      return undefined;
    },
  ),

  route(
    "/user_identities/remove_acs_user",
    z.object({ acs_user_id: id(), user_identity_id: id() }),
    (context, { acs_user_id, ...by }) => {
      const user = findUser(context, { acs_user_id });
      if (user.user_identity_id === findIdentity(context, by).user_identity_id)
        linkUser(context, user, undefined);
      return undefined;
    },
  ),

  route("/user_identities/list_acs_users", identity, (context, by) => ({
    acs_users: usersOf(context, findIdentity(context, by)).map((user) => presentUser(context, user)),
  })),

  route("/user_identities/list_acs_systems", identity, (context, by) => {
    const users = usersOf(context, findIdentity(context, by));
    const systemIds = new Set(users.map((user) => user.acs_system_id));
    return {
      acs_systems: [...systemIds].map((systemId) => presentSystem(context, findSystem(context, systemId))),
    };
  }),

  route("/user_identities/list_accessible_entrances", identity, (context, by) => {
    const person = findIdentity(context, by);
    const grants = context.workspace.accessGrants.by("identity", person.user_identity_id);
    const lasting = [...grants].filter(
      ({ ends_at }) => ends_at === null || Date.parse(ends_at) > context.clock.nowMs(),
    );
    const doors = new Set([
      ...lasting.flatMap((grant) => entranceIdsOf(context, grant)),
      ...usersOf(context, person).flatMap((user) => [...userEntranceIds(context, user)]),
    ]);
    return { acs_entrances: shownEntrancesOf(context, doors) };
  }),
];

/** A key that there is not yet makes an identity out of what is known of the user. */
function identityOrNew(
  context: Context,
  by: { user_identity_id?: string | undefined; user_identity_key?: string | undefined },
  { full_name, email_address, phone_number }: AcsUser,
): UserIdentity {
  if (by.user_identity_id !== undefined && by.user_identity_key !== undefined)
    throw invalidInput("Either user_identity_id or user_identity_key is required");
  if (by.user_identity_key === undefined || identityByKey(context, by.user_identity_key))
    return findIdentity(context, by);
  return addIdentity(context, { ...by, full_name, email_address, phone_number });
}

function usersOf(context: Context, { user_identity_id }: UserIdentity): AcsUser[] {
  return [...context.workspace.users.by("identity", user_identity_id)];
}
