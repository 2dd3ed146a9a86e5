import { randomBytes, randomUUID } from "node:crypto";
import type { Context } from "./context";
import { awaitsAssignment, awaitsEncoding } from "./credentials";
import { isBeingDeleted } from "./deletion";
import { devicesOf } from "./devices";
import { recordEvent } from "./event-log";
import { whilePending } from "./pending";
import { credentialsOf } from "./provisioning";
import type { AccessMethodRow, Mutation, SeamWarning } from "./rows";
import { warning, without } from "./warnings";

export const UPDATING_TIMES = "updating_access_times";
const FAILED = "failed_to_issue";
const DELAYED = "delay_in_issuing";

/** The access method is not issued while it changes, and is issued again after that. */
export function reissue(
  context: Context,
  method: AccessMethodRow,
  mutation: Omit<Mutation, "created_at">,
  ...warnings: SeamWarning[]
): void {
  const { accessMethods, accessGrants } = context.workspace;
  const { issueMs, codeMs } = context.settings.delays;
  const awaitsCode = method.mode === "code" && codeOf(context, method) === null;
  accessMethods.change(method, {
    is_issued: false,
    issued_at: null,
    warnings: [...method.warnings, ...warnings],
  });
  const delay = Math.max(issueMs, awaitsCode ? codeMs : 0);
  whilePending(context, accessMethods, method, mutation, delay, () => settle(context, method));
  showCardNeeds(context, method);
  const startsAt = accessGrants.get(method.hidden.grantId)?.starts_at ?? "";
  const untilStart = Date.parse(startsAt) - context.clock.nowMs();
  if (!method.is_issued && untilStart > 0) context.clock.after(untilStart, () => noteLate(context, method));
}

/** Issues the access method, unless something is still going on or somebody has to do something first. */
export function settle(context: Context, method: AccessMethodRow): void {
  const { accessMethods } = context.workspace;
  if (!isThere(context, method) || method.pending_mutations.length > 0) return;
  accessMethods.change(method, { warnings: without(method, UPDATING_TIMES) });
  showCardNeeds(context, method);
  if (awaitsPerson(method)) {
    accessMethods.change(method, { is_issued: false, issued_at: null });
    if (method.is_encoding_required) methodEvent(context, "access_method.card_encoding_required", method);
    return;
  }
  if (method.is_issued || isObstructed(context, method)) return;
  methodEvent(context, method.hidden.wasIssued ? "access_method.reissued" : "access_method.issued", method);
  accessMethods.change(method, {
    is_issued: true,
    issued_at: context.clock.stamp(),
    errors: method.errors.filter((error) => error.error_code !== FAILED),
    warnings: without(method, DELAYED),
    ...(method.mode === "code" && { code: codeOf(context, method) }),
    ...(method.mode === "mobile_key" && instantKey(method)),
    hidden: { ...method.hidden, wasIssued: true, sessionId: method.hidden.sessionId ?? randomUUID() },
  });
}

export function methodEvent(context: Context, type: string, method: AccessMethodRow): void {
  const grant = context.workspace.accessGrants.get(method.hidden.grantId);
  recordEvent(context, type, {
    access_method_id: method.access_method_id,
    access_grant_ids: [method.hidden.grantId],
    ...(grant?.access_grant_key !== undefined && { access_grant_keys: [grant.access_grant_key] }),
  });
}

function isThere(context: Context, method: AccessMethodRow): boolean {
  return context.workspace.accessMethods.has(method) && !isBeingDeleted(method);
}

/** A person has to do something with a card. */
function awaitsPerson(method: AccessMethodRow): boolean {
  return method.is_encoding_required === true || method.is_assignment_required === true;
}

/** What a person has to do with the card, as it is now. */
function showCardNeeds(context: Context, method: AccessMethodRow): void {
  if (method.mode !== "card") return;
  const cards = credentialsOf(context, method);
  const isReady = method.pending_mutations.length === 0;
  const needsEncoding = cards.some((credential) => awaitsEncoding(context, credential));
  const needsAssignment = cards.some((credential) => awaitsAssignment(context, credential));
  context.workspace.accessMethods.change(method, {
    is_encoding_required: needsEncoding,
    is_ready_for_encoding: needsEncoding && isReady,
    is_assignment_required: needsAssignment,
    is_ready_for_assignment: needsAssignment && isReady,
  });
}

/** Whether something that is no delay keeps the access method from being issued; the access method says what. */
function isObstructed(context: Context, method: AccessMethodRow): boolean {
  const missing = missingContact(context, method);
  if (missing !== undefined) {
    const code = `user_identity_missing_${missing}`;
    const issue = warning(context, code, `The mobile key is sent to the ${missing} of the user identity`);
    context.workspace.accessMethods.change(method, { warnings: [...without(method, code), issue] });
    return true;
  }
  const devices = devicesOf(context, method.hidden.deviceIds);
  if (devices.every((device) => device.properties.online)) return false;
  const grant = context.workspace.accessGrants.get(method.hidden.grantId);
  const isStarted = Date.parse(grant?.starts_at ?? "") <= context.clock.nowMs();
  if (isStarted) noteLate(context, method);
  else {
    const issue = warning(context, DELAYED, "A device is offline: the access method is not issued yet");
    context.workspace.accessMethods.change(method, { warnings: [...without(method, DELAYED), issue] });
  }
  return true;
}

/** Where the mobile key would be sent, if the identity has no such address. */
function missingContact(
  context: Context,
  method: AccessMethodRow,
): "email_address" | "phone_number" | undefined {
  const { systems, identities, accessGrants } = context.workspace;
  if (method.mode !== "mobile_key") return undefined;
  const identity = identities.get(accessGrants.get(method.hidden.grantId)?.user_identity_id ?? "");
  return credentialsOf(context, method)
    .map((credential) => systems.get(credential.acs_system_id)?.hidden.rules.mobileKeysAreSentTo)
    .find((contact) => contact !== undefined && !identity?.[contact]);
}

/** The access grant has begun and the access method is not issued: Seam keeps trying, and says so. */
function noteLate(context: Context, method: AccessMethodRow): void {
  const grant = context.workspace.accessGrants.get(method.hidden.grantId);
  const hasBegun = Date.parse(grant?.starts_at ?? "") <= context.clock.nowMs();
  if (!isThere(context, method) || method.is_issued || awaitsPerson(method) || !hasBegun) return;
  const error = {
    error_code: FAILED,
    message: "The access method was not issued before its access grant began",
    created_at: context.clock.stamp(),
  };
  context.workspace.accessMethods.change(method, {
    errors: [...method.errors.filter((other) => other.error_code !== FAILED), error],
    warnings: without(method, DELAYED),
  });
}

function instantKey(method: AccessMethodRow) {
  return {
    client_session_token: method.client_session_token ?? `seam_cst1Emul_${randomBytes(12).toString("hex")}`,
    instant_key_url: `https://example.com/instant-keys/${method.access_method_id}`,
  };
}

/** The PIN of all places that take the one that was asked for, else the one that the access system has chosen. */
function codeOf(context: Context, method: AccessMethodRow): string | null {
  const codes = credentialsOf(context, method).map((credential) => credential.code ?? null);
  const common = method.hidden.code ?? null;
  const isCommon = codes.length === 0 || codes.includes(common) || method.hidden.deviceIds.length > 0;
  return isCommon ? common : (codes.find((code) => code !== null) ?? null);
}
