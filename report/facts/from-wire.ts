import { epochMs } from "../../provider/values/instant";
import { isRecord, type Properties } from "../../provider/values/record";
import { ALWAYS, type Window } from "../window";
import type { CredentialFact, IdentityFact, SystemFact, UserFact } from "./facts";

/**
 * Seam's objects as facts. Only these fields are taken: PINs, card numbers and links stay behind, and so do the texts of
 * errors and warnings, in which Seam can write them.
 */

export function systemFact(wire: Properties): SystemFact {
  return {
    id: String(wire["acs_system_id"]),
    name: text(wire["name"]) ?? text(wire["display_name"]) ?? "",
    hasErrors: hasErrors(wire),
  };
}

export function identityFact(wire: Properties): IdentityFact {
  return {
    id: String(wire["user_identity_id"]),
    name: text(wire["full_name"]) ?? text(wire["display_name"]),
    emailAddress: text(wire["email_address"]),
  };
}

export function userFact(wire: Properties): UserFact {
  return {
    id: String(wire["acs_user_id"]),
    name: text(wire["full_name"]) ?? text(wire["display_name"]),
    emailAddress: text(wire["email_address"]) ?? text(wire["email"]),
    systemId: String(wire["acs_system_id"]),
    identityId: text(wire["user_identity_id"]),
    isSuspended: wire["is_suspended"] === true,
    window: scheduleWindow(wire),
    hasErrors: hasErrors(wire),
  };
}

export function credentialFact(wire: Properties): CredentialFact {
  const visionline = wire["visionline_metadata"];
  const method = text(wire["access_method"]) ?? "unknown";
  const isSynced = wire["is_latest_desired_state_synced_with_provider"];
  return {
    id: String(wire["acs_credential_id"]),
    systemId: String(wire["acs_system_id"]),
    userId: text(wire["acs_user_id"]),
    identityId: text(wire["user_identity_id"]),
    parentId: text(wire["parent_acs_credential_id"]),
    method,
    window: windowOf(wire),
    isUnissuedCard: method === "card" && wire["is_issued"] === false,
    isOverridden: isRecord(visionline) && visionline["is_valid"] === false,
    isSynced: typeof isSynced === "boolean" ? isSynced : undefined,
    hasErrors: hasErrors(wire),
  };
}

export function windowOf({ starts_at, ends_at }: Properties): Window {
  const [startsAt, endsAt] = [epochMs(starts_at), epochMs(ends_at)];
  return {
    ...(startsAt !== undefined && { startsAt }),
    ...(endsAt !== undefined && { endsAt }),
  };
}

/** The schedule of a user or group. */
export function scheduleWindow({ access_schedule }: Properties): Window {
  return isRecord(access_schedule) ? windowOf(access_schedule) : ALWAYS;
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function hasErrors({ errors }: Properties): boolean {
  return Array.isArray(errors) && errors.length > 0;
}
