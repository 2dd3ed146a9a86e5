import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { AccessMethod } from "../systems/system";
import type { Context } from "./context";
import { awaitsAssignment, awaitsEncoding, deleteCredential } from "./credentials";
import { beingDeleted, deleteLater, isBeingDeleted } from "./deletion";
import { notFound } from "./errors";
import { recordEvent } from "./event-log";
import { deviceIdsOf } from "./grant-places";
import { whilePending } from "./pending";
import { credentialsOf, provision } from "./provisioning";
import type { AccessGrant, AccessMethodRow, Mutation, RequestedAccessMethod, SeamWarning } from "./rows";
import { shown } from "./store";
import { without } from "./warnings";

/** One way in that a grant is asked for. */
export interface RequestedMethod {
  mode: AccessMethod;
  code?: string | undefined;
  instant_key_max_use_count?: number | undefined;
}

export function findMethod(context: Context, methodId: string): AccessMethodRow {
  const method = context.workspace.accessMethods.get(methodId);
  if (!method) throw notFound("access_method");
  return method;
}

/** The grant's access methods, without those that are being deleted. */
export function methodsOf(context: Context, grant: AccessGrant): AccessMethodRow[] {
  const methods = context.workspace.accessMethods.by("grant", grant.access_grant_id);
  return [...methods].filter((method) => !isBeingDeleted(method));
}

/**
 * One access method for each that is asked for; behind it a credential in every access system of the grant. Where
 * there cannot be one, that is an error of the grant: the grant itself is there.
 */
export function addAccessMethods(
  context: Context,
  grant: AccessGrant,
  requested: readonly RequestedMethod[],
): void {
  const { accessGrants } = context.workspace;
  for (const request of requested) {
    const created = addAccessMethod(context, grant, request);
    const entry: RequestedAccessMethod = {
      ...request,
      display_name: METHOD_NAMES[request.mode],
      created_at: context.clock.stamp(),
      created_access_method_ids: created,
    };
    accessGrants.change(grant, {
      access_method_ids: [...grant.access_method_ids, ...created],
      requested_access_methods: [...grant.requested_access_methods, entry],
    });
  }
}

function addAccessMethod(context: Context, grant: AccessGrant, request: RequestedMethod): string[] {
  const method = newMethod(context, grant, request);
  const refusals = provision(context, grant, method);
  noteRefusals(context, grant, refusals);
  if (refusals.length > 0 && method.hidden.credentialIds.length === 0) return [];
  context.workspace.accessMethods.insert(method);
  methodEvent(context, "access_method.created", method);
  reissue(context, method, {
    mutation_code: "provisioning_access",
    message: "Access is being provisioned",
    from: { device_ids: [] },
    to: { device_ids: deviceIdsOf(context, grant) },
  });
  return [method.access_method_id];
}

function newMethod(context: Context, grant: AccessGrant, request: RequestedMethod): AccessMethodRow {
  const isCode = request.mode === "code";
  return {
    access_method_id: randomUUID(),
    mode: request.mode,
    ...(isCode && { code: null }),
    display_name: METHOD_NAMES[request.mode],
    is_issued: false,
    issued_at: null,
    pending_mutations: [],
    workspace_id: context.workspace.id,
    created_at: context.clock.stamp(),
    errors: [],
    warnings: [],
    hidden: {
      grantId: grant.access_grant_id,
      credentialIds: [],
      deviceIds: [],
      ...(isCode && { code: request.code ?? String(randomInt(1000, 10_000)) }),
      wasIssued: false,
    },
  };
}

const METHOD_NAMES = {
  code: "PIN Code",
  card: "Card",
  mobile_key: "Mobile Key",
  cloud_key: "Cloud Key",
} as const;

/** What a system's rules refuse: the grant says so. */
export function noteRefusals(context: Context, grant: AccessGrant, refusals: readonly string[]): void {
  const known = new Set(grant.errors.map((error) => error.message));
  const news = [...new Set(refusals)].filter((message) => !known.has(message));
  if (news.length === 0) return;
  const errors = news.map((message) => ({
    error_code: "cannot_create_requested_access_methods",
    message,
    created_at: context.clock.stamp(),
  }));
  context.workspace.accessGrants.change(grant, { errors: [...grant.errors, ...errors] });
}

/** The access method is not issued while it changes, and is issued again after that. */
export function reissue(
  context: Context,
  method: AccessMethodRow,
  mutation: Omit<Mutation, "created_at">,
  ...warnings: SeamWarning[]
): void {
  const { accessMethods } = context.workspace;
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
}

/** Issues the access method, unless something is still going on or a person has to do something first. */
export function settle(context: Context, method: AccessMethodRow): void {
  const { accessMethods } = context.workspace;
  if (!accessMethods.has(method) || isBeingDeleted(method) || method.pending_mutations.length > 0) return;
  accessMethods.change(method, {
    warnings: without(method, UPDATING_TIMES),
    ...(method.mode === "code" && { code: codeOf(context, method) }),
  });
  showCardNeeds(context, method);
  if (method.is_encoding_required || method.is_assignment_required) {
    accessMethods.change(method, { is_issued: false, issued_at: null });
    if (method.is_encoding_required) methodEvent(context, "access_method.card_encoding_required", method);
    return;
  }
  if (method.is_issued) return;
  methodEvent(context, method.hidden.wasIssued ? "access_method.reissued" : "access_method.issued", method);
  accessMethods.change(method, {
    is_issued: true,
    issued_at: context.clock.stamp(),
    ...(method.mode === "mobile_key" && instantKey(method)),
    hidden: { ...method.hidden, wasIssued: true },
  });
}

export const UPDATING_TIMES = "updating_access_times";

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
  return codes.length === 0 || codes.includes(common)
    ? common
    : (codes.find((code) => code !== null) ?? null);
}

/** Its credentials go with it; the grant forgets it. */
export function deleteMethod(context: Context, method: AccessMethodRow): void {
  const { accessMethods, accessGrants } = context.workspace;
  if (isBeingDeleted(method)) return;
  accessMethods.change(method, { warnings: [...method.warnings, beingDeleted(context, "access method")] });
  for (const credential of credentialsOf(context, method)) deleteCredential(context, credential);
  deleteLater(context, () => {
    const { access_method_id: methodId } = method;
    if (!accessMethods.remove(methodId)) return;
    methodEvent(context, "access_method.deleted", method);
    const grant = accessGrants.get(method.hidden.grantId);
    if (!grant) return;
    const others = (ids: string[]) => ids.filter((id) => id !== methodId);
    accessGrants.change(grant, {
      access_method_ids: others(grant.access_method_ids),
      requested_access_methods: grant.requested_access_methods.filter(
        ({ created_access_method_ids: made }) => made.length === 0 || others(made).length > 0,
      ),
    });
  });
}

export function presentMethod(method: AccessMethodRow) {
  return shown(method);
}

function methodEvent(context: Context, type: string, method: AccessMethodRow): void {
  const grant = context.workspace.accessGrants.get(method.hidden.grantId);
  recordEvent(context, type, {
    access_method_id: method.access_method_id,
    access_grant_ids: [method.hidden.grantId],
    ...(grant?.access_grant_key !== undefined && { access_grant_keys: [grant.access_grant_key] }),
  });
}
