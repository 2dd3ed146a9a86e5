import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { AccessMethod } from "../systems/system";
import type { Context } from "./context";
import { checkRules } from "./credential-rules";
import { addCredential, changeCredential, deleteCredential } from "./credentials";
import { beingDeleted, deleteLater } from "./deletion";
import { invalidInput, notFound, SeamError } from "./errors";
import { recordEvent } from "./event-log";
import { normalized } from "./instant";
import { reservationDoors } from "./reservations";
import type { AccessGrant, AccessMethodRow, AcsCredential, UserIdentity } from "./rows";
import { shown } from "./store";
import { linkOrCreateUser } from "./users";

/** One way in that a grant is asked for. */
export interface RequestedMethod {
  mode: AccessMethod;
  code?: string | undefined;
  instant_key_max_use_count?: number | undefined;
}

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

export function addGrant(context: Context, identity: UserIdentity, given: NewGrant): AccessGrant {
  const grant = context.workspace.accessGrants.insert({
    access_grant_id: randomUUID(),
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
    hidden: { entranceIds: given.entranceIds, deviceIds: given.deviceIds, createBody: context.raw },
  });
  recordEvent(context, "access_grant.created", { access_grant_id: grant.access_grant_id });
  return grant;
}

/** One access method for each that is asked for; behind it a credential in every access system of the grant. */
export function addAccessMethods(
  context: Context,
  grant: AccessGrant,
  requested: readonly RequestedMethod[],
): void {
  for (const request of requested) {
    const method = addAccessMethod(context, grant, request);
    const { accessGrants } = context.workspace;
    accessGrants.change(grant, {
      access_method_ids: [...grant.access_method_ids, method.access_method_id],
      requested_access_methods: [
        ...grant.requested_access_methods,
        {
          ...request,
          display_name: method.display_name,
          created_at: context.clock.stamp(),
          created_access_method_ids: [method.access_method_id],
        },
      ],
      ...(request.mode === "mobile_key" && {
        client_session_token: method.client_session_token,
        instant_key_url: method.instant_key_url,
      }),
    });
  }
}

/** The access methods are revoked and issued again for the new times; cards have to be encoded again. */
export function changeGrantTimes(
  context: Context,
  grant: AccessGrant,
  startsAt: string,
  endsAt: string | null,
): void {
  const { accessGrants, accessMethods } = context.workspace;
  const times = { starts_at: normalized(startsAt), ends_at: endsAt === null ? null : normalized(endsAt) };
  accessGrants.change(grant, { ...times, warnings: [...grant.warnings, updatingTimes(context, grant)] });
  for (const method of accessMethods.by("grant", grant.access_grant_id)) {
    for (const credential of credentialsOf(context, method))
      changeCredential(context, credential, {
        starts_at: times.starts_at,
        ends_at: times.ends_at ?? undefined,
      });
    if (method.is_encoding_required) accessMethods.change(method, { is_issued: false, issued_at: null });
  }
  recordEvent(context, "access_grant.access_times_changed", {
    access_grant_id: grant.access_grant_id,
    starts_at: times.starts_at,
    ...(times.ends_at !== null && { ends_at: times.ends_at }),
  });
  context.clock.after(context.settings.delays.syncMs, () => {
    accessGrants.change(grant, {
      warnings: grant.warnings.filter((warning) => warning.warning_code !== "updating_access_times"),
    });
  });
}

/** All its access methods and their credentials go with it; its user identity stays. */
export function deleteGrant(context: Context, grant: AccessGrant): void {
  const { accessGrants, accessMethods } = context.workspace;
  accessGrants.change(grant, { warnings: [...grant.warnings, beingDeleted(context, "access grant")] });
  const methods = [...accessMethods.by("grant", grant.access_grant_id)];
  for (const method of methods) {
    accessMethods.change(method, { warnings: [...method.warnings, beingDeleted(context, "access method")] });
    for (const credential of credentialsOf(context, method)) deleteCredential(context, credential);
  }
  deleteLater(context, () => {
    for (const method of methods)
      if (accessMethods.remove(method.access_method_id))
        methodEvent(context, "access_method.deleted", grant, method);
    if (accessGrants.remove(grant.access_grant_id))
      recordEvent(context, "access_grant.deleted", { access_grant_id: grant.access_grant_id });
  });
}

export function presentGrant(grant: AccessGrant) {
  return shown(grant);
}

function addAccessMethod(context: Context, grant: AccessGrant, request: RequestedMethod): AccessMethodRow {
  // A requested code is a preference: nothing here has another use for it.
  const code = request.mode === "code" ? (request.code ?? String(randomInt(1000, 10_000))) : undefined;
  const credentials = addCredentials(context, grant, request, code);
  const needsEncoding = credentials.some((credential) => credential.is_issued === false);
  const methodId = randomUUID();
  const method = context.workspace.accessMethods.insert({
    access_method_id: methodId,
    mode: request.mode,
    ...(request.mode === "code" && { code: code ?? null }),
    display_name: METHOD_NAMES[request.mode],
    is_issued: !needsEncoding,
    issued_at: needsEncoding ? null : context.clock.stamp(),
    ...(request.mode === "card" && { is_encoding_required: needsEncoding }),
    ...(request.mode === "mobile_key" && {
      client_session_token: `seam_cst1Emul_${randomBytes(12).toString("hex")}`,
      instant_key_url: `https://example.com/instant-keys/${methodId}`,
    }),
    pending_mutations: [],
    workspace_id: context.workspace.id,
    created_at: context.clock.stamp(),
    errors: [],
    warnings: [],
    hidden: {
      grantId: grant.access_grant_id,
      credentialIds: credentials.map((credential) => credential.acs_credential_id),
    },
  });
  methodEvent(context, "access_method.created", grant, method);
  methodEvent(
    context,
    needsEncoding ? "access_method.card_encoding_required" : "access_method.issued",
    grant,
    method,
  );
  return method;
}

/** What a system's rules refuse is an error of the grant: the grant itself is there. */
function addCredentials(
  context: Context,
  grant: AccessGrant,
  request: RequestedMethod,
  code: string | undefined,
): AcsCredential[] {
  const { entrances, systems, identities, accessGrants } = context.workspace;
  const identity = identities.get(grant.user_identity_id);
  const doorsBySystem = new Map<string, string[]>();
  for (const entranceId of grant.hidden.entranceIds) {
    const systemId = entrances.get(entranceId)?.acs_system_id;
    if (systemId) doorsBySystem.set(systemId, [...(doorsBySystem.get(systemId) ?? []), entranceId]);
  }
  const credentials: AcsCredential[] = [];
  for (const [systemId, doors] of doorsBySystem) {
    const system = systems.get(systemId);
    if (!system || !identity) continue;
    const isCodeRefused = system.hidden.rules.customCode === "refused";
    const input = {
      access_method: request.mode,
      allowed_acs_entrance_ids: doors,
      is_multi_phone_sync_credential: request.mode === "mobile_key",
      ...(code !== undefined && !isCodeRefused && { code }),
      starts_at: grant.starts_at,
      ...(grant.ends_at !== null && { ends_at: grant.ends_at }),
      ...(grant.reservation_key !== undefined && { visionline_metadata: stayOf(context, grant, doors) }),
    };
    try {
      const user = linkOrCreateUser(context, identity, system);
      checkRules(context, system, user, input);
      credentials.push(addCredential({ ...context, raw: input }, system, user, input));
    } catch (error) {
      if (!(error instanceof SeamError)) throw error;
      const failed = {
        error_code: "cannot_create_requested_access_methods",
        message: error.message,
        created_at: context.clock.stamp(),
      };
      accessGrants.change(grant, { errors: [...grant.errors, failed] });
    }
  }
  return credentials;
}

/** The first grant of a stay overrides the stay before; the others join it. */
function stayOf(context: Context, grant: AccessGrant, doors: string[]) {
  const { accessGrants, accessMethods } = context.workspace;
  const isFirst = [...accessGrants.by("reservation", grant.reservation_key ?? "")][0] === grant;
  const joined = isFirst
    ? []
    : [...accessGrants.by("reservation", grant.reservation_key ?? "")]
        .filter((other) => other !== grant)
        .flatMap((other) => [...accessMethods.by("grant", other.access_grant_id)])
        .flatMap((method) => method.hidden.credentialIds);
  const overrides =
    isFirst && grant.access_method_ids.length === 0 && reservationDoors(context, doors).length > 0;
  return { card_function_type: "guest" as const, override: overrides, joiner_acs_credential_ids: joined };
}

const METHOD_NAMES = {
  code: "PIN Code",
  card: "Card",
  mobile_key: "Mobile Key",
  cloud_key: "Cloud Key",
} as const;

function credentialsOf(context: Context, method: AccessMethodRow): AcsCredential[] {
  return method.hidden.credentialIds
    .map((credentialId) => context.workspace.credentials.get(credentialId))
    .filter((credential) => credential !== undefined);
}

function updatingTimes(context: Context, grant: AccessGrant) {
  return {
    warning_code: "updating_access_times",
    message: "The access times are being updated",
    created_at: context.clock.stamp(),
    access_method_ids: grant.access_method_ids,
  };
}

function methodEvent(context: Context, type: string, grant: AccessGrant, method: AccessMethodRow): void {
  recordEvent(context, type, {
    access_method_id: method.access_method_id,
    access_grant_ids: [grant.access_grant_id],
    ...(grant.access_grant_key !== undefined && { access_grant_keys: [grant.access_grant_key] }),
  });
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
  if (!grant) throw notFound("access_grant");
  return grant;
}
