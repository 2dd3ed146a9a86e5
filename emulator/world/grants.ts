import { randomUUID } from "node:crypto";
import {
  addAccessMethods,
  deleteMethod,
  methodsOf,
  noteRefusals,
  type RequestedMethod,
} from "./access-methods";
import type { Context } from "./context";
import { changeCredential, markForReissue } from "./credentials";
import { beingDeleted, deleteLater, isBeingDeleted } from "./deletion";
import { grantStatus } from "./display-status";
import { invalidInput, notFound } from "./errors";
import { recordEvent } from "./event-log";
import { deviceIdsOf, entranceIdsOf } from "./grant-places";
import { normalized } from "./instant";
import { reissue, settle, UPDATING_TIMES } from "./issuing";
import { isPending, whilePending } from "./pending";
import { credentialsOf, provision } from "./provisioning";
import type { AccessGrant, UserIdentity } from "./rows";
import { shown } from "./store";
import { warning, without } from "./warnings";

export interface NewGrant {
  entranceIds: string[];
  deviceIds: string[];
  spaceIds: string[];
  locationIds: string[];
  startsAt: string;
  endsAt: string | null;
  name: string | null;
  key: string | undefined;
  reservationKey: string | undefined;
  customizationProfileId: string | undefined;
}

export function findGrant(
  context: Context,
  by: { access_grant_id?: string | undefined; access_grant_key?: string | undefined },
): AccessGrant {
  const { accessGrants } = context.workspace;
  if (by.access_grant_id === undefined && by.access_grant_key === undefined)
    throw invalidInput("access_grant_id or access_grant_key is required");
  const grant = by.access_grant_id
    ? accessGrants.get(by.access_grant_id)
    : [...accessGrants.by("key", by.access_grant_key ?? "")][0];
  if (!grant?.hidden.isManaged) throw notFound("access_grant");
  return grant;
}

export function refuseTakenGrantKey(context: Context, key: string | undefined): void {
  if (key !== undefined && [...context.workspace.accessGrants.by("key", key)].length > 0)
    throw invalidInput("An access grant with this access_grant_key already exists");
}

export function addGrant(
  context: Context,
  identity: UserIdentity,
  given: NewGrant,
  requested: readonly RequestedMethod[],
  grantId: string = randomUUID(),
): AccessGrant {
  const grant = context.workspace.accessGrants.insert({
    access_grant_id: grantId,
    ...(given.key !== undefined && { access_grant_key: given.key }),
    ...(given.reservationKey !== undefined && { reservation_key: given.reservationKey }),
    ...(given.customizationProfileId && { customization_profile_id: given.customizationProfileId }),
    user_identity_id: identity.user_identity_id,
    name: given.name,
    display_name: given.name ?? "Access Grant",
    starts_at: normalized(given.startsAt),
    ends_at: given.endsAt === null ? null : normalized(given.endsAt),
    space_ids: given.spaceIds,
    location_ids: given.locationIds,
    access_method_ids: [],
    requested_access_methods: [],
    pending_mutations: [],
    workspace_id: context.workspace.id,
    created_at: context.clock.stamp(),
    errors: [],
    warnings: [],
    hidden: {
      isManaged: true,
      entranceIds: given.entranceIds,
      deviceIds: given.deviceIds,
      createBody: context.raw,
    },
  });
  recordEvent(context, "access_grant.created", { access_grant_id: grant.access_grant_id });
  addAccessMethods(context, grant, requested);
  return grant;
}

/** The access methods are revoked and issued again for the new times; cards have to be encoded again. */
export function changeGrantTimes(
  context: Context,
  grant: AccessGrant,
  startsAt: string,
  endsAt: string | null,
): void {
  const { accessGrants } = context.workspace;
  const from = { starts_at: grant.starts_at, ends_at: grant.ends_at };
  const to = { starts_at: normalized(startsAt), ends_at: endsAt === null ? null : normalized(endsAt) };
  accessGrants.change(grant, to);
  const message = "The access times are being updated";
  const mutation = { mutation_code: UPDATING_TIMES, message, from, to };
  const ids = { access_method_ids: grant.access_method_ids };
  accessGrants.change(grant, {
    warnings: [...grant.warnings, warning(context, UPDATING_TIMES, message, ids)],
  });
  whilePending(context, accessGrants, grant, { ...mutation, ...ids }, context.settings.delays.issueMs, () => {
    if (!isPending(grant, UPDATING_TIMES))
      accessGrants.change(grant, { warnings: without(grant, UPDATING_TIMES) });
  });
  for (const method of methodsOf(context, grant)) {
    for (const credential of credentialsOf(context, method)) {
      changeCredential(context, credential, { starts_at: to.starts_at, ends_at: to.ends_at ?? undefined });
      markForReissue(context, credential);
    }
    reissue(context, method, mutation, warning(context, UPDATING_TIMES, message));
  }
  recordEvent(context, "access_grant.access_times_changed", {
    access_grant_id: grant.access_grant_id,
    starts_at: to.starts_at,
    ...(to.ends_at !== null && { ends_at: to.ends_at }),
  });
}

/** Other doors, devices or spaces than the grant was made with. */
export function changePlaces(
  context: Context,
  grant: AccessGrant,
  to: {
    entranceIds?: string[] | undefined;
    deviceIds?: string[] | undefined;
    spaceIds?: string[] | undefined;
  },
): void {
  const { entranceIds, deviceIds } = grant.hidden;
  context.workspace.accessGrants.change(grant, {
    space_ids: to.spaceIds ?? grant.space_ids,
    hidden: {
      ...grant.hidden,
      entranceIds: to.entranceIds ?? entranceIds,
      deviceIds: to.deviceIds ?? deviceIds,
    },
  });
  followPlaces(context, grant);
}

/** Brings the access methods in line with the doors and devices that the grant has now, also by its spaces. */
export function followPlaces(context: Context, grant: AccessGrant): void {
  const { accessGrants, accessMethods } = context.workspace;
  const methods = methodsOf(context, grant);
  const served = new Set(methods.flatMap((method) => method.hidden.places));
  const wanted = new Set([...entranceIdsOf(context, grant), ...deviceIdsOf(context, grant)]);
  const isMissing = [...wanted].some((place) => !served.has(place));
  const isSurplus = [...served].some((place) => !wanted.has(place));
  if (methods.length === 0 || (!isMissing && !isSurplus)) return;

  const { issueMs } = context.settings.delays;
  const message = "The places of this access grant are being updated";
  const from = { device_ids: [...new Set(methods.flatMap((method) => method.hidden.deviceIds))] };
  const to = { device_ids: deviceIdsOf(context, grant) };
  accessGrants.change(grant, {
    warnings: [
      ...without(grant, UNDER, OVER),
      ...(isMissing ? [warning(context, UNDER, "Access to some places is still missing")] : []),
      ...(isSurplus ? [warning(context, OVER, "Access to some places is still to be removed")] : []),
    ],
  });
  for (const method of methods) {
    const mutation_code = isMissing ? "provisioning_access" : "revoking_access";
    whilePending(context, accessMethods, method, { mutation_code, message, from, to }, issueMs, () => {
      if (!accessMethods.has(method)) return;
      noteRefusals(context, grant, provision(context, grant, method));
      settle(context, method);
    });
  }
  const mutation = { mutation_code: UPDATING_SPACES, message, from, to: { ...to, common_code_key: null } };
  whilePending(context, accessGrants, grant, mutation, issueMs, () => {
    if (!isPending(grant, UPDATING_SPACES))
      accessGrants.change(grant, { warnings: without(grant, UNDER, OVER) });
  });
}

const UPDATING_SPACES = "updating_spaces";
const UNDER = "underprovisioned_access";
const OVER = "overprovisioned_access";

/** All its access methods and their credentials go with it; its user identity stays. */
export function deleteGrant(context: Context, grant: AccessGrant): void {
  const { accessGrants } = context.workspace;
  if (isBeingDeleted(grant)) return;
  accessGrants.change(grant, { warnings: [...grant.warnings, beingDeleted(context, "access grant")] });
  for (const method of methodsOf(context, grant)) deleteMethod(context, method);
  deleteLater(context, () => {
    if (accessGrants.remove(grant.access_grant_id))
      recordEvent(context, "access_grant.deleted", { access_grant_id: grant.access_grant_id });
  });
}

/** A mobile key's link stands at the grant, too: the link of its only one. */
export function presentGrant(context: Context, grant: AccessGrant) {
  const keys = grant.requested_access_methods.some(({ mode }) => mode === "mobile_key")
    ? methodsOf(context, grant).filter((method) => method.client_session_token !== undefined)
    : [];
  return {
    ...shown(grant),
    display_status: grantStatus(context, grant),
    ...(keys[0] && { client_session_token: keys[0].client_session_token }),
    ...(keys.length === 1 && { instant_key_url: keys[0]?.instant_key_url }),
  };
}
