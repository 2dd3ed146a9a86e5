import { z } from "zod";
import { deleteMethod, findMethod, methodsOf, presentMethod } from "../world/access-methods";
import { assignCard } from "../world/card-assignment";
import type { Context } from "../world/context";
import { invalidInput } from "../world/errors";
import { deviceIdsOf, entranceIdsOf } from "../world/grant-places";
import { findGrant } from "../world/grants";
import type { AccessGrant, AccessMethodRow } from "../world/rows";
import { id, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";

const filter = z.object({
  access_grant_id: id().optional(),
  access_grant_key: text().optional(),
  acs_entrance_id: id().optional(),
  device_id: id().optional(),
  space_id: id().optional(),
  access_code_id: id().optional(),
  ...page(),
});

type Filter = z.output<typeof filter>;

export const accessMethodRoutes = [
  route("/access_methods/get", z.object({ access_method_id: id() }), (context, { access_method_id }) => ({
    access_method: presentMethod(findMethod(context, access_method_id)),
  })),

  route("/access_methods/list", filter, (context, input) => {
    const { accessMethods, accessGrants } = context.workspace;
    const { access_grant_id, access_grant_key, acs_entrance_id } = input;
    if (access_grant_id === undefined && access_grant_key === undefined && acs_entrance_id === undefined)
      throw invalidInput("access_grant_id, access_grant_key or acs_entrance_id is required");
    const isGiven = access_grant_id !== undefined || access_grant_key !== undefined;
    const grants = isGiven ? [findGrant(context, input)] : [...accessGrants.all()];
    const candidates = grants
      .filter((grant) => grant.hidden.isManaged && isOf(context, grant, input))
      .flatMap((grant) => [...accessMethods.by("grant", grant.access_grant_id)]);
    const { rows, pagination } = paginate(
      context,
      "/access_methods/list",
      input,
      accessMethods,
      inOrder(context, candidates),
    );
    return { access_methods: rows.map(presentMethod), pagination };
  }),

  route(
    "/access_methods/delete",
    z.object({
      access_method_id: id().optional(),
      access_grant_id: id().optional(),
      reservation_key: z.string().optional(),
    }),
    (context, { access_method_id, access_grant_id, reservation_key }) => {
      const given = [access_method_id, access_grant_id, reservation_key].filter((by) => by !== undefined);
      if (given.length !== 1)
        throw invalidInput(
          "Exactly one of access_method_id, access_grant_id and reservation_key is required",
        );
      const methods =
        access_method_id !== undefined
          ? [findMethod(context, access_method_id)]
          : access_grant_id !== undefined
            ? methodsOf(context, findGrant(context, { access_grant_id }))
            : [...context.workspace.accessGrants.by("reservation", reservation_key ?? "")].flatMap((grant) =>
                methodsOf(context, grant),
              );
      for (const method of methods) deleteMethod(context, method);
      return undefined;
    },
  ),

  route(
    "/access_methods/assign_card",
    z.object({ access_method_id: id(), card_number: text() }),
    (context, { access_method_id, card_number }) => ({
      action_attempt: assignCard(context, findMethod(context, access_method_id), card_number),
    }),
  ),
];

/** No access code of the emulator has an id. */
function isOf(context: Context, grant: AccessGrant, input: Filter): boolean {
  return (
    !input.access_code_id &&
    (!input.acs_entrance_id || entranceIdsOf(context, grant).includes(input.acs_entrance_id)) &&
    (!input.device_id || deviceIdsOf(context, grant).includes(input.device_id)) &&
    (!input.space_id || grant.space_ids.includes(input.space_id))
  );
}

function inOrder({ workspace }: Context, methods: AccessMethodRow[]): AccessMethodRow[] {
  return methods.sort((a, b) => workspace.accessMethods.seqOf(a) - workspace.accessMethods.seqOf(b));
}
