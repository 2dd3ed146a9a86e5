import { randomInt, randomUUID } from "node:crypto";
import type { AccessMethod } from "../systems/system";
import type { Context } from "./context";
import { deleteCredential } from "./credentials";
import { beingDeleted, deleteLater, isBeingDeleted } from "./deletion";
import { methodStatus } from "./display-status";
import { notFound } from "./errors";
import { deviceIdsOf } from "./grant-places";
import { methodEvent, reissue } from "./issuing";
import { credentialsOf, provision } from "./provisioning";
import type { AccessGrant, AccessMethodRow, RequestedAccessMethod } from "./rows";
import { shown } from "./store";

/** One way in that a grant is asked for. */
export interface RequestedMethod {
  mode: AccessMethod;
  code?: string | undefined;
  instant_key_max_use_count?: number | undefined;
}

export function findMethod(context: Context, methodId: string): AccessMethodRow {
  const { accessMethods, accessGrants } = context.workspace;
  const method = accessMethods.get(methodId);
  const grant = accessGrants.get(method?.hidden.grantId ?? "");
  if (!method || !grant?.hidden.isManaged) throw notFound("access_method");
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
  const { credentialIds, deviceIds, places } = method.hidden;
  if (places.length > 0 && credentialIds.length === 0 && deviceIds.length === 0) {
    if (refusals.length === 0)
      noteRefusals(context, grant, ["No place of the grant takes this access method"]);
    return [];
  }
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
      places: [],
      ...(isCode && { code: request.code ?? String(randomInt(1000, 10_000)) }),
      ...(isCode && request.code !== undefined && { requestedCode: request.code }),
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

/** What a system's rules refuse, and which devices have no PIN: the grant says so. */
export function noteRefusals(context: Context, grant: AccessGrant, refusals: readonly string[]): void {
  const known = new Set(grant.errors.map((error) => error.message));
  const news = [...new Set(refusals)].filter((message) => !known.has(message));
  if (news.length === 0) return;
  const missing = grant.warnings.map((entry) => entry["device_id"]).filter((id) => id !== undefined);
  const errors = news.map((message) => ({
    error_code: "cannot_create_requested_access_methods",
    message,
    created_at: context.clock.stamp(),
    ...(missing.length > 0 && { missing_device_ids: missing }),
  }));
  context.workspace.accessGrants.change(grant, { errors: [...grant.errors, ...errors] });
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
  return { ...shown(method), display_status: methodStatus(method) };
}
