import { randomInt, randomUUID } from "node:crypto";
import { SYSTEMS } from "../systems/index";
import type { MetadataSource, ShownMetadata, System } from "../systems/system";
import type { Context } from "./context";
import { type RequestedCredential, revokeOverridden } from "./credential-rules";
import { beingDeleted, deleteLater } from "./deletion";
import { entrancesOf } from "./doors";
import { recordEvent } from "./event-log";
import { normalized } from "./instant";
import type { AcsCredential, AcsSystem, AcsUser, SeamWarning } from "./rows";
import { shown } from "./store";

const MULTI_PHONE = { type: "multi_phone_sync_credential", name: "Multi Phone Sync Credential" };

/** What a credential is asked to be. */
export type NewCredential = RequestedCredential &
  Pick<MetadataSource, "visionline_metadata" | "assa_abloy_vostio_metadata"> & {
    starts_at?: string | undefined;
    ends_at?: string | undefined;
  };

/** What Seam does with a create that it accepted; the lock system follows later. */
export function addCredential(
  context: Context,
  system: AcsSystem,
  user: AcsUser,
  input: NewCredential,
): AcsCredential {
  const { clock, workspace } = context;
  const { rules } = system.hidden;
  const kind = SYSTEMS.get(system.hidden.kind ?? "");
  const isMultiPhone = input.access_method === "mobile_key" && input.is_multi_phone_sync_credential;
  const [type, typeName] = isMultiPhone
    ? [MULTI_PHONE.type, MULTI_PHONE.name]
    : (kind?.credentialTypes[input.access_method] ?? []);
  const needsEncoding = input.access_method === "card" && rules.cardsNeedEncoding;
  const startsAt = movedStart(context, input.starts_at);

  const credential = workspace.credentials.insert({
    acs_credential_id: randomUUID(),
    access_method: input.access_method,
    acs_system_id: system.acs_system_id,
    acs_user_id: user.acs_user_id,
    user_identity_id: user.user_identity_id,
    connected_account_id: system.connected_account_id,
    workspace_id: workspace.id,
    created_at: clock.stamp(),
    display_name: isMultiPhone ? MULTI_PHONE.name : (kind?.credentialName ?? "Credential"),
    external_type: type,
    external_type_display_name: typeName,
    ...(input.access_method === "code" && { code: input.code ?? null }),
    ...(input.access_method !== "code" && input.code !== undefined && { code: input.code }),
    ...(startsAt && { starts_at: startsAt.at }),
    ...(input.ends_at !== undefined && { ends_at: normalized(input.ends_at) }),
    ...(input.access_method === "card" && {
      is_issued: !needsEncoding,
      issued_at: needsEncoding ? null : clock.stamp(),
      card_number: null,
    }),
    is_managed: true,
    is_multi_phone_sync_credential: input.is_multi_phone_sync_credential,
    is_one_time_use: false,
    is_latest_desired_state_synced_with_provider: false,
    latest_desired_state_synced_with_provider_at: null,
    ...shownMetadata(context, kind, input),
    errors: [],
    warnings: [
      ...(startsAt?.warning ? [startsAt.warning] : []),
      ...(needsEncoding
        ? [warning(context, "waiting_to_be_issued", "Waiting to be encoded onto a card")]
        : []),
    ],
    hidden: { allowedEntranceIds: [...new Set(input.allowed_acs_entrance_ids)], createBody: context.raw },
  });
  revokeOverridden(context, credential, rules);
  if (!needsEncoding) credentialEvent(context, "acs_credential.issued", credential);
  sync(context, credential);
  if (input.access_method === "code" && input.code === undefined && rules.generatesCode)
    clock.after(context.settings.delays.codeMs, () => {
      if (workspace.credentials.get(credential.acs_credential_id) && credential.code === null)
        workspace.credentials.change(credential, { code: String(randomInt(100_000, 1_000_000)) });
    });
  return credential;
}

export function changeCredential(
  context: Context,
  credential: AcsCredential,
  changes: Partial<AcsCredential>,
): void {
  context.workspace.credentials.change(credential, changes);
  sync(context, credential);
}

/** The credentials on the phones go with a multi-phone credential. */
export function deleteCredential(context: Context, credential: AcsCredential): void {
  const { credentials } = context.workspace;
  const family = [credential, ...credentials.by("parent", credential.acs_credential_id)];
  for (const member of family) {
    if (member.warnings.some((entry) => entry.warning_code === "being_deleted")) continue;
    credentials.change(member, { warnings: [...member.warnings, beingDeleted(context, "credential")] });
    deleteLater(context, () => {
      if (credentials.remove(member.acs_credential_id))
        credentialEvent(context, "acs_credential.deleted", member);
    });
  }
}

export function presentCredential(context: Context, credential: AcsCredential) {
  const { user_identity_id, ...wire } = shown(credential);
  return context.settings.showsUserIdentityId ? { ...wire, user_identity_id } : wire;
}

export function credentialEvent(context: Context, type: string, credential: AcsCredential): void {
  recordEvent(context, type, {
    acs_credential_id: credential.acs_credential_id,
    acs_system_id: credential.acs_system_id,
    connected_account_id: credential.connected_account_id,
  });
}

function sync(context: Context, credential: AcsCredential): void {
  const { credentials } = context.workspace;
  credentials.change(credential, { is_latest_desired_state_synced_with_provider: false });
  context.clock.after(context.settings.delays.syncMs, () => {
    if (credentials.get(credential.acs_credential_id))
      credentials.change(credential, {
        is_latest_desired_state_synced_with_provider: true,
        latest_desired_state_synced_with_provider_at: context.clock.stamp(),
      });
  });
}

function movedStart(
  context: Context,
  startsAt: string | undefined,
): { at: string; warning?: SeamWarning } | undefined {
  if (startsAt === undefined) return undefined;
  const isPast = Date.parse(startsAt) < context.clock.nowMs();
  if (!isPast || context.settings.pastStartsAt === "kept") return { at: normalized(startsAt) };
  return {
    at: context.clock.now(),
    warning: warning(context, "schedule_modified", "starts_at was in the past and was moved to now"),
  };
}

function shownMetadata(context: Context, kind: System | undefined, input: NewCredential): ShownMetadata {
  const doors = entrancesOf(context, new Set(input.allowed_acs_entrance_ids));
  const idsOf = (isCommon: boolean) =>
    doors.filter((door) => door.hidden.isCommon === isCommon).map((door) => door.acs_entrance_id);
  return (
    kind?.showMetadata?.({ ...input, guestEntranceIds: idsOf(false), commonEntranceIds: idsOf(true) }) ?? {}
  );
}

function warning(context: Context, code: string, message: string): SeamWarning {
  return { warning_code: code, message, created_at: context.clock.stamp() };
}
