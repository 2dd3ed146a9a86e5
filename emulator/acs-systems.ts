import { z } from "zod";
import { isSubscribed } from "./doors";
import { notFound } from "./errors";
import { id, text } from "./input";
import { type Context, route } from "./route";
import { type AcsSystem, shown } from "./workspace";

export const acsSystemRoutes = [
  route("/acs/systems/get", z.object({ acs_system_id: id() }), (context, { acs_system_id }) => ({
    acs_system: present(context, findSystem(context, acs_system_id)),
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
        .map((system) => present(context, system)),
    }),
  ),

  route(
    "/acs/systems/list_compatible_credential_manager_acs_systems",
    z.object({ acs_system_id: id() }),
    (context, { acs_system_id }) => ({
      acs_systems: findSystem(context, acs_system_id)
        .hidden.compatibleCredentialManagerIds.map((managerId) => findSystem(context, managerId))
        .map((system) => present(context, system)),
    }),
  ),
];

export function findSystem(context: Context, systemId: string): AcsSystem {
  const system = context.workspace.systems.get(systemId);
  if (!system) throw notFound("acs_system");
  return system;
}

/** Whether one of the texts contains the searched one; case does not matter. */
export function contains(texts: (string | null | undefined)[], search: string): boolean {
  const wanted = search.toLowerCase();
  return texts.some((text) => text?.toLowerCase().includes(wanted));
}

function present(context: Context, system: AcsSystem) {
  return {
    ...shown(system),
    ...subscriptionIssues(context, system),
    acs_user_count: context.workspace.users.countBy("system", system.acs_system_id),
    acs_access_group_count: context.workspace.groups.countBy("system", system.acs_system_id),
  };
}

/** The subscription limit of a Salto KS site: a warning from 80 % of it on, an error beyond it. */
function subscriptionIssues(context: Context, system: AcsSystem): Partial<AcsSystem> {
  const { subscriptionLimit: limit } = system.hidden;
  if (limit === undefined) return {};
  const count = subscribedUsers(context, system.acs_system_id);
  const issue = { created_at: system.created_at, message: `${count} of ${limit} subscriptions are in use` };
  return {
    warnings: [
      ...system.warnings,
      ...(count >= limit * 0.8
        ? [{ ...issue, warning_code: "salto_ks_subscription_limit_almost_reached" }]
        : []),
    ],
    errors: [
      ...system.errors,
      ...(count > limit ? [{ ...issue, error_code: "salto_ks_subscription_limit_exceeded" }] : []),
    ],
  };
}

/** How many users of the system are subscribed now. */
export function subscribedUsers(context: Context, systemId: string): number {
  let count = 0;
  for (const user of context.workspace.users.by("system", systemId))
    if (isSubscribed(context, user)) count += 1;
  return count;
}
