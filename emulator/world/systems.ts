import type { Context } from "./context";
import { isSubscribed } from "./doors";
import { notFound } from "./errors";
import type { AcsSystem } from "./rows";
import { shown } from "./store";

export function findSystem(context: Context, systemId: string): AcsSystem {
  const system = context.workspace.systems.get(systemId);
  if (!system) throw notFound("acs_system");
  return system;
}

export function presentSystem(context: Context, system: AcsSystem) {
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
