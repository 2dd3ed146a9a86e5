import { z } from "zod";
import type { Context } from "../world/context";
import { groupEntranceIds, isSubscribed, shownEntrancesOf } from "../world/doors";
import { findUser } from "../world/users";
import { id } from "./input";
import { route } from "./route";

const address = z.object({
  acs_user_id: id().optional(),
  user_identity_id: id().optional(),
  acs_system_id: id().optional(),
});

type Address = z.output<typeof address>;

export const acsUserAccessRoutes = [
  route("/acs/users/suspend", address, (context, input) => suspend(context, input, true)),
  route("/acs/users/unsuspend", address, (context, input) => suspend(context, input, false)),

  route("/acs/users/list_accessible_entrances", address, (context, input) => {
    const user = findUser(context, input);
    if (user.is_suspended || isSubscribed(context, user) === false) return { acs_entrances: [] };
    const now = context.clock.nowMs();
    const valid = [...context.workspace.credentials.by("user", user.acs_user_id)].filter(
      (credential) => credential.ends_at === undefined || Date.parse(credential.ends_at) > now,
    );
    const doors = new Set([
      ...valid.flatMap((credential) => credential.hidden.allowedEntranceIds),
      ...groupEntranceIds(context, user.hidden.accessGroupIds),
    ]);
    return { acs_entrances: shownEntrancesOf(context, doors) };
  }),
];

function suspend(context: Context, by: Address, isSuspended: boolean): undefined {
  context.workspace.users.change(findUser(context, by), { is_suspended: isSuspended });
  return undefined;
}
