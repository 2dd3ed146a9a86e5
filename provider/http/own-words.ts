import type { SeamError } from "./errors";

/**
 * What reports say of an error. Seam's own texts may hold what was sent or found, a PIN among it, and nobody can mask
 * what they do not know.
 */

/** The error's whole message, without Seam's texts. */
export function ownWords(error: SeamError): string {
  return `Cannot ${error.action}: POST ${error.path} ${ownReason(error)}. ${error.advice}`;
}

/** Why it failed: of a refusal its status and Seam's name for it, such as `answered 403 forbidden`. */
export function ownReason({ status, type, reason }: SeamError): string {
  if (status === undefined || status < 300) return reason;
  return `answered ${status}${type !== undefined && IS_NAME.test(type) ? ` ${type}` : ""}`;
}

const IS_NAME = /^[a-z_]{1,80}$/;
