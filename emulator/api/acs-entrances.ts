import { z } from "zod";
import type { Context } from "../world/context";
import { findCredential, presentCredential } from "../world/credentials";
import { accessibleEntranceIds, credentialsWithAccess, findEntrance } from "../world/doors";
import type { AcsEntrance } from "../world/rows";
import { shown } from "../world/store";
import { id, ids, page, text } from "./input";
import { paginate } from "./pagination";
import { route } from "./route";
import { contains } from "./search";

export const acsEntranceRoutes = [
  route("/acs/entrances/get", z.object({ acs_entrance_id: id() }), (context, { acs_entrance_id }) => ({
    acs_entrance: shown(findEntrance(context, acs_entrance_id)),
  })),

  route(
    "/acs/entrances/list",
    z.object({
      acs_credential_id: id().optional(),
      acs_entrance_ids: ids().optional(),
      acs_system_id: id().optional(),
      connected_account_id: id().optional(),
      customer_key: text().optional(),
      location_id: id().nullish(),
      search: text().optional(),
      space_id: id().optional(),
      ...page(900),
    }),
    (context, input) => {
      const { rows, pagination } = paginate(
        context,
        "/acs/entrances/list",
        input,
        context.workspace.entrances,
        candidates(context, input),
        (entrance) =>
          (!input.acs_system_id || entrance.acs_system_id === input.acs_system_id) &&
          (!input.acs_entrance_ids || input.acs_entrance_ids.includes(entrance.acs_entrance_id)) &&
          (!input.connected_account_id || entrance.connected_account_id === input.connected_account_id) &&
          (!input.space_id || entrance.space_ids.includes(input.space_id)) &&
          (!input.search || contains([entrance.display_name, entrance.acs_entrance_id], input.search)),
      );
      return { acs_entrances: rows.map(shown), pagination };
    },
  ),

  route(
    "/acs/entrances/list_credentials_with_access",
    z.object({
      acs_entrance_id: id(),
      include_if: z.array(z.enum(["visionline_metadata.is_valid"])).optional(),
    }),
    (context, { acs_entrance_id, include_if }) => {
      findEntrance(context, acs_entrance_id);
      return {
        acs_credentials: credentialsWithAccess(context, acs_entrance_id)
          .filter(
            (credential) => !include_if?.length || credential.visionline_metadata?.["is_valid"] === true,
          )
          .map((credential) => presentCredential(context, credential)),
      };
    },
  ),
];

function candidates(
  context: Context,
  input: { acs_credential_id?: string | undefined; acs_system_id?: string | undefined },
): Iterable<AcsEntrance> {
  const { entrances } = context.workspace;
  if (input.acs_credential_id) {
    const credential = findCredential(context, input.acs_credential_id);
    const accessible = accessibleEntranceIds(context, credential);
    return [...entrances.by("system", credential.acs_system_id)].filter((entrance) =>
      accessible.has(entrance.acs_entrance_id),
    );
  }
  return input.acs_system_id ? entrances.by("system", input.acs_system_id) : entrances.all();
}
