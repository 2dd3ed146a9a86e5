import { z } from "zod";
import type { Context } from "../world/context";
import { shownEntrancesOf, userEntranceIds } from "../world/doors";
import { findUser, revokeAccess } from "../world/users";
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

  route("/acs/users/revoke_access_to_all_entrances", address, (context, input) => {
    revokeAccess(context, findUser(context, input));
    return undefined;
  }),

  route("/acs/users/list_accessible_entrances", address, (context, input) => ({
    acs_entrances: shownEntrancesOf(context, userEntranceIds(context, findUser(context, input))),
  })),
];

function suspend(context: Context, by: Address, isSuspended: boolean): undefined {
  context.workspace.users.change(findUser(context, by), { is_suspended: isSuspended });
  return undefined;
}
