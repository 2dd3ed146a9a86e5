import type { AccessMethod, SystemRules } from "../systems/system";
import type { Context } from "./context";
import { invalidInput } from "./errors";
import { recordEvent } from "./event-log";
import type { AcsCredential, AcsSystem, AcsUser } from "./rows";

/** What the rules look at when a credential is asked for. */
export interface RequestedCredential {
  access_method: AccessMethod;
  code?: string | undefined;
  allowed_acs_entrance_ids: string[];
  is_multi_phone_sync_credential: boolean;
  visionline_metadata?: VisionlineMetadata | undefined;
}

interface VisionlineMetadata {
  card_format?: string | undefined;
  card_function_type?: string | undefined;
  override?: boolean | undefined;
  is_override_key?: boolean | undefined;
  joiner_acs_credential_ids?: string[] | undefined;
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
  const name = system.external_type_display_name;
  if (!rules.accessMethods.includes(method))
    throw invalidInput(`A ${name} does not support the access method ${method}`);
  if (requested.code !== undefined) checkCode(rules, system, requested.code);

  const entrances = rules.entrancesPerCredential[method];
  if (entrances !== undefined && requested.allowed_acs_entrance_ids.length !== entrances)
    throw invalidInput(`A ${method} credential of a ${name} takes exactly ${entrances} entrance`);

  const limit = rules.maxPerUser[method];
  if (limit !== undefined && user && countOf(context, user, method) >= limit)
    throw invalidInput(`A user of a ${name} has at most ${limit} ${method} credential`);

  if (method === "mobile_key" && rules.mobileKeysAreMultiPhone && !requested.is_multi_phone_sync_credential)
    throw invalidInput(`A mobile key of a ${name} needs is_multi_phone_sync_credential`);
  checkStricterReading(rules, name, requested);
}

export function checkCode(rules: SystemRules, system: AcsSystem, code: string): void {
  const name = system.external_type_display_name;
  if (rules.customCode === "refused") throw invalidInput(`A ${name} chooses codes itself: leave code out`);
  const { codeRange } = rules;
  if (codeRange && (Number(code) < codeRange.min || Number(code) > codeRange.max))
    throw invalidInput(`code must be a number from ${codeRange.min} to ${codeRange.max}`);
}

/** A new stay's key makes the earlier guests' keys for its rooms invalid; staff keys stay. */
export function revokeOverridden(context: Context, credential: AcsCredential, rules: SystemRules): void {
  const given = credential.hidden.createBody["visionline_metadata"] as VisionlineMetadata | undefined;
  if (!rules.overrideRevokes || !(given?.override || given?.is_override_key) || !isGuestKey(credential))
    return;
  const { credentials } = context.workspace;
  const rooms = credential.visionline_metadata?.["guest_acs_entrance_ids"] as string[] | undefined;
  for (const other of new Set((rooms ?? []).flatMap((room) => [...credentials.by("entrance", room)]))) {
    if (other === credential || !isGuestKey(other) || other.visionline_metadata?.["is_valid"] === false)
      continue;
    credentials.change(other, { visionline_metadata: { ...other.visionline_metadata, is_valid: false } });
    recordEvent(context, "acs_credential.invalidated", {
      acs_credential_id: other.acs_credential_id,
      acs_system_id: other.acs_system_id,
      connected_account_id: other.connected_account_id,
    });
  }
}

function checkStricterReading(rules: SystemRules, name: string, requested: RequestedCredential): void {
  const { visionline_metadata: given } = requested;
  if (rules.needsCardFormat && given?.card_format === undefined)
    throw invalidInput(`A credential of a ${name} needs visionline_metadata.card_format`);
  const joins = (given?.joiner_acs_credential_ids ?? []).length > 0;
  if (rules.needsOverrideOrJoiners && !given?.override && !given?.is_override_key && !joins)
    throw invalidInput(
      `A credential of a ${name} needs visionline_metadata.override or joiner_acs_credential_ids`,
    );
}

function isGuestKey(credential: AcsCredential): boolean {
  return credential.visionline_metadata?.["card_function_type"] === "guest";
}

function countOf(context: Context, user: AcsUser, method: AccessMethod): number {
  let count = 0;
  for (const credential of context.workspace.credentials.by("user", user.acs_user_id))
    if (credential.access_method === method) count += 1;
  return count;
}
