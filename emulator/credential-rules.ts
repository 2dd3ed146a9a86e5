import { invalidInput } from "./errors";
import type { Context } from "./route";
import type { AccessMethod, SystemRules } from "./systems/system";
import type { AcsCredential, AcsSystem, AcsUser } from "./workspace";

/** What the rules look at when a credential is asked for. */
export interface RequestedCredential {
  access_method: AccessMethod;
  code?: string | undefined;
  allowed_acs_entrance_ids: string[];
}

/** Refuses what the documents of this system refuse. */
export function checkRules(
  context: Context,
  system: AcsSystem,
  user: AcsUser | undefined,
  requested: RequestedCredential,
): void {
  const { rules } = system.hidden;
  const { access_method: method } = requested;
  if (!rules.accessMethods.includes(method))
    throw invalidInput(`${system.external_type_display_name} does not support the access method ${method}`);
  if (requested.code !== undefined) checkCode(rules, system, requested.code);

  const entrances = rules.entrancesPerCredential[method];
  if (entrances !== undefined && requested.allowed_acs_entrance_ids.length !== entrances)
    throw invalidInput(
      `A ${method} credential of a ${system.external_type_display_name} takes exactly ${entrances} entrance`,
    );

  const limit = rules.maxPerUser[method];
  if (limit !== undefined && user && countOf(context, user, method) >= limit)
    throw invalidInput(
      `A user of a ${system.external_type_display_name} has at most ${limit} ${method} credential`,
    );
}

export function checkCode(rules: SystemRules, system: AcsSystem, code: string): void {
  if (rules.customCode === "refused")
    throw invalidInput(`${system.external_type_display_name} chooses codes itself: leave code out`);
  const { codeRange } = rules;
  if (codeRange && (Number(code) < codeRange.min || Number(code) > codeRange.max))
    throw invalidInput(`code must be a number from ${codeRange.min} to ${codeRange.max}`);
}

/** Makes the other guests' keys for the same doors invalid. */
export function revokeOverridden(context: Context, credential: AcsCredential, rules: SystemRules): void {
  const overrides = credential.hidden.createBody["visionline_metadata"] as { override?: boolean } | undefined;
  if (!rules.overrideRevokes || !overrides?.override) return;
  const { credentials } = context.workspace;
  const others = new Set(
    credential.hidden.allowedEntranceIds.flatMap((door) => [...credentials.by("entrance", door)]),
  );
  others.delete(credential);
  for (const other of others)
    credentials.change(other, { visionline_metadata: { ...other.visionline_metadata, is_valid: false } });
}

function countOf(context: Context, user: AcsUser, method: AccessMethod): number {
  let count = 0;
  for (const credential of context.workspace.credentials.by("user", user.acs_user_id))
    if (credential.access_method === method) count += 1;
  return count;
}
