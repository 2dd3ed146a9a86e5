import { z } from "zod";
import { findSystem, presentSystem } from "../world/systems";
import { id, text } from "./input";
import { route } from "./route";
import { contains } from "./search";

export const acsSystemRoutes = [
  route("/acs/systems/get", z.object({ acs_system_id: id() }), (context, { acs_system_id }) => ({
    acs_system: presentSystem(context, findSystem(context, acs_system_id)),
  })),

  route(
    "/acs/systems/list",
    z.object({
      connected_account_id: id().optional(),
      customer_key: text().optional(),
      search: text().optional(),
    }),
    (context, { connected_account_id, search }) => ({
      acs_systems: [...context.workspace.systems.all()]
        .filter((system) => !connected_account_id || system.connected_account_id === connected_account_id)
        .filter((system) => !search || contains([system.name, system.acs_system_id], search))
        .map((system) => presentSystem(context, system)),
    }),
  ),

  route(
    "/acs/systems/list_compatible_credential_manager_acs_systems",
    z.object({ acs_system_id: id() }),
    (context, { acs_system_id }) => ({
      acs_systems: findSystem(context, acs_system_id)
        .hidden.compatibleCredentialManagerIds.map((managerId) => findSystem(context, managerId))
        .map((system) => presentSystem(context, system)),
    }),
  ),
];
