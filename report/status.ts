import type { AccessStatus } from "./document";
import type { CredentialFact, DoorFact, UserFact } from "./facts/facts";
import { phaseAt, type Window } from "./window";

/** What keeps a credential from opening at a moment, whatever the door; the first that applies. */
export function credentialStatus(
  credential: CredentialFact,
  user: UserFact | undefined,
  window: Window,
  atMs: number,
): AccessStatus {
  const phase = phaseAt(window, atMs);
  if (phase === "after" || credential.isOverridden) return "over";
  if (user?.isSuspended) return "suspended";
  if (credential.hasErrors || user?.hasErrors) return "failed";
  if (phase === "before") return "upcoming";
  if (credential.isUnissuedCard) return "not_issued";
  return credential.isSynced === false ? "not_synced" : "active";
}

/**
 * What keeps it from opening this door. The door's own list says what opens it now: what is missing there, for no other
 * reason that is known, has not reached the lock.
 */
export function statusAtDoor(
  door: DoorFact,
  key: { readonly credential: CredentialFact; readonly user: UserFact | undefined },
  window: Window,
  moment: { readonly atMs: number; readonly readAtMs: number },
): AccessStatus {
  const status = credentialStatus(key.credential, key.user, window, moment.atMs);
  const isDueNow = status === "active" && phaseAt(window, moment.readAtMs) === "within";
  return isDueNow && door.credentialIds?.has(key.credential.id) === false ? "not_synced" : status;
}
