import type { Context } from "./context";
import { isBeingDeleted } from "./deletion";
import type { AccessGrant, AccessMethodRow } from "./rows";

// Sentences for people: Seam's wording is not stable, and nobody should rely on it.

export function methodStatus(method: AccessMethodRow): string {
  if (isBeingDeleted(method)) return "Being deleted";
  if (method.errors.length > 0) return "Failed to issue";
  if (method.pending_mutations.length > 0) return method.hidden.wasIssued ? "Updating" : "Being issued";
  if (method.is_encoding_required) return "Awaiting encoding";
  if (method.is_assignment_required) return "Awaiting a card";
  return method.is_issued ? "Issued" : "Awaiting issuance";
}

/** Whether the person can get in now. */
export function grantStatus(context: Context, grant: AccessGrant): string {
  const now = context.clock.nowMs();
  if (isBeingDeleted(grant)) return "Being deleted";
  if (grant.ends_at !== null && Date.parse(grant.ends_at) <= now) return "Ended";
  if (grant.errors.length > 0) return "Needs attention";
  if (Date.parse(grant.starts_at) > now) return "Upcoming";
  const methods = [...context.workspace.accessMethods.by("grant", grant.access_grant_id)];
  return methods.every((method) => method.is_issued) ? "Active" : "Awaiting issuance";
}
