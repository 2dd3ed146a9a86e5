import { z } from "zod";
import { findMethod, presentMethod } from "../world/access-methods";
import type { Context } from "../world/context";
import { deviceIdsOf, entranceIdsOf } from "../world/grant-places";
import type { AccessGrant, AccessMethodRow } from "../world/rows";
import { id, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";

export const accessMethodRoutes = [
  route("/access_methods/get", z.object({ access_method_id: id() }), (context, { access_method_id }) => {
    return { access_method: presentMethod(findMethod(context, access_method_id)) };
  }),

  route(
    "/access_methods/list",
    z.object({
      access_grant_id: id().optional(),
      access_grant_key: text().optional(),
      acs_entrance_id: id().optional(),
      device_id: id().optional(),
      space_id: id().optional(),
      access_code_id: id().optional(),
      ...page(),
    }),
    (context, input) => {
      const { accessMethods, accessGrants } = context.workspace;
      const grantOf = (method: AccessMethodRow) => accessGrants.get(method.hidden.grantId);
      const methods = input.access_grant_id
        ? accessMethods.by("grant", input.access_grant_id)
        : accessMethods.all();
      const { rows, pagination } = paginate(
        context,
        "/access_methods/list",
        input,
        accessMethods,
        methods,
        (method) => isOf(context, grantOf(method), input),
      );
      return { access_methods: rows.map(presentMethod), pagination };
    },
  ),
];

interface Filter {
  access_grant_key?: string | undefined;
  acs_entrance_id?: string | undefined;
  device_id?: string | undefined;
  space_id?: string | undefined;
  access_code_id?: string | undefined;
}

/** The emulator has no devices, so nothing is an access code on one. */
function isOf(context: Context, grant: AccessGrant | undefined, filter: Filter): boolean {
  if (!grant || filter.access_code_id) return false;
  return (
    (!filter.access_grant_key || grant.access_grant_key === filter.access_grant_key) &&
    (!filter.acs_entrance_id || entranceIdsOf(context, grant).includes(filter.acs_entrance_id)) &&
    (!filter.device_id || deviceIdsOf(context, grant).includes(filter.device_id)) &&
    (!filter.space_id || grant.space_ids.includes(filter.space_id))
  );
}
