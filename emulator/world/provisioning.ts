import type { Context } from "./context";
import { checkRules } from "./credential-rules";
import { addCredential, changeDoors, deleteCredential } from "./credentials";
import { programDevices } from "./device-codes";
import { SeamError } from "./errors";
import { deviceIdsOf, doorsBySystem, entranceIdsOf } from "./grant-places";
import { reservationDoors } from "./reservations";
import type { AccessGrant, AccessMethodRow, AcsCredential, AcsSystem } from "./rows";
import { linkedUser, linkOrCreateUser } from "./users";

/** The credentials behind an access method. */
export function credentialsOf(context: Context, method: AccessMethodRow): AcsCredential[] {
  return method.hidden.credentialIds
    .map((credentialId) => context.workspace.credentials.get(credentialId))
    .filter((credential) => credential !== undefined);
}

/**
 * Brings what is behind an access method in line with the places of its grant: PINs on devices, credentials in
 * access systems. Returns why a system refused a credential, for each one that did.
 */
export function provision(context: Context, grant: AccessGrant, method: AccessMethodRow): string[] {
  const { systems, accessMethods } = context.workspace;
  const left = new Set(credentialsOf(context, method));
  const kept: AcsCredential[] = [];
  const refusals: string[] = [];
  programDevices(context, grant, method);
  for (const [systemId, doors] of doorsBySystem(context, grant)) {
    const system = systems.get(systemId);
    if (!system) continue;
    const parts = partsOf(system, method, doors);
    const there = [...left].filter((credential) => credential.acs_system_id === systemId);
    for (const part of parts) {
      const credential =
        there.find((other) => left.has(other) && isSame(other.hidden.allowedEntranceIds, part)) ??
        (parts.length === 1 ? there[0] : undefined);
      if (credential) {
        left.delete(credential);
        kept.push(credential);
        if (!isSame(credential.hidden.allowedEntranceIds, part)) changeDoors(context, credential, part);
        continue;
      }
      try {
        kept.push(addGrantCredential(context, grant, method, system, part));
      } catch (error) {
        if (!(error instanceof SeamError)) throw error;
        refusals.push(error.message);
      }
    }
  }
  for (const credential of left) deleteCredential(context, credential);
  const credentialIds = kept.map((credential) => credential.acs_credential_id);
  const places = [...entranceIdsOf(context, grant), ...deviceIdsOf(context, grant)];
  accessMethods.change(method, { hidden: { ...method.hidden, credentialIds, places } });
  return refusals;
}

function addGrantCredential(
  context: Context,
  grant: AccessGrant,
  method: AccessMethodRow,
  system: AcsSystem,
  doors: string[],
): AcsCredential {
  const identity = context.workspace.identities.get(grant.user_identity_id);
  if (!identity) throw new SeamError(400, "user_identity_not_found", "User identity not found");
  const { code, requestedCode } = method.hidden;
  // A code is a preference: what a system that chooses itself makes of it is its own.
  const takesCode = code !== undefined && system.hidden.rules.customCode === "accepted";
  const input = {
    access_method: method.mode,
    allowed_acs_entrance_ids: doors,
    is_multi_phone_sync_credential: method.mode === "mobile_key",
    ...(takesCode ? { code } : { preferredCode: requestedCode }),
    starts_at: grant.starts_at,
    ...(grant.ends_at !== null && { ends_at: grant.ends_at }),
    ...(grant.reservation_key !== undefined && { visionline_metadata: stayOf(context, grant, doors) }),
  };
  checkRules(context, system, linkedUser(context, identity, system), input);
  const user = linkOrCreateUser(context, identity, system);
  return addCredential({ ...context, raw: input }, system, user, input);
}

/** The first grant of a stay overrides the stay before; the others join it. */
function stayOf(context: Context, grant: AccessGrant, doors: string[]) {
  const { accessGrants, accessMethods } = context.workspace;
  const [first, ...later] = accessGrants.by("reservation", grant.reservation_key ?? "");
  const isFirst = first === grant;
  const others = [...(first && !isFirst ? [first] : []), ...later].filter((other) => other !== grant);
  const overrides =
    isFirst && grant.access_method_ids.length === 0 && reservationDoors(context, doors).length > 0;
  return {
    card_function_type: "guest" as const,
    override: overrides,
    joiner_acs_credential_ids: isFirst
      ? []
      : others
          .flatMap((other) => [...accessMethods.by("grant", other.access_grant_id)])
          .flatMap((method) => method.hidden.credentialIds),
  };
}

/** The doors in parts that a credential of the system takes: most take any number, some one. */
function partsOf(system: AcsSystem, { mode }: AccessMethodRow, doors: string[]): string[][] {
  const each = system.hidden.rules.entrancesPerCredential[mode];
  if (each === undefined) return [doors];
  const parts: string[][] = [];
  for (let at = 0; at < doors.length; at += each) parts.push(doors.slice(at, at + each));
  return parts;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((item) => others.includes(item));
}
