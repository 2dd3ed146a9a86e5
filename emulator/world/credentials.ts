import { randomInt, randomUUID } from "node:crypto";
import { SYSTEMS } from "../systems/index";
import type { MetadataSource, ShownMetadata, System } from "../systems/system";
import type { Context } from "./context";
import { type RequestedCredential, revokeOverridden } from "./credential-rules";
import { beingDeleted, deleteLater, isBeingDeleted } from "./deletion";
import { entrancesOf } from "./doors";
import { notFound } from "./errors";
import { recordEvent } from "./event-log";
import { writtenTime } from "./lock-system";
import type { AcsCredential, AcsSystem, AcsUser, SeamWarning } from "./rows";
import { shown } from "./store";
import { has, warning, without } from "./warnings";

const MULTI_PHONE = { type: "multi_phone_sync_credential", name: "Multi Phone Sync Credential" };

/** What a credential is asked to be. */
export type NewCredential = RequestedCredential &
  Pick<MetadataSource, "visionline_metadata" | "assa_abloy_vostio_metadata"> & {
    starts_at?: string | undefined;
    ends_at?: string | undefined;
    /** The PIN that somebody would like, where the system chooses. */
    preferredCode?: string | undefined;
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
  const needsPerson =
    input.access_method === "card" && (rules.cardsNeedEncoding || rules.cardsNeedAssignment);
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
    ...(input.ends_at !== undefined && { ends_at: writtenTime(context, input.ends_at) }),
    ...(input.access_method === "card" && {
      is_issued: !needsPerson,
      issued_at: needsPerson ? null : clock.stamp(),
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
      ...(needsPerson ? [warning(context, "waiting_to_be_issued", "Waiting for a card")] : []),
    ],
    hidden: { allowedEntranceIds: [...new Set(input.allowed_acs_entrance_ids)], createBody: context.raw },
  });
  revokeOverridden(context, credential, rules);
  if (!needsPerson) credentialEvent(context, "acs_credential.issued", credential);
  sync(context, credential);
  if (input.access_method === "code" && input.code === undefined && rules.generatesCode)
    clock.after(context.settings.delays.codeMs, () => chooseCode(context, credential, input.preferredCode));
  return credential;
}

/** The lock system chooses a PIN; if it is not the one that was asked for, the credential says so. */
function chooseCode(context: Context, credential: AcsCredential, preferred: string | undefined): void {
  const { credentials } = context.workspace;
  if (!credentials.has(credential) || credential.code !== null) return;
  const code = String(randomInt(100_000, 1_000_000));
  const details = { original_code: preferred, new_code: code };
  const issue = warning(context, "requested_code_unavailable", "The system has chosen another code", details);
  credentials.change(credential, {
    code,
    ...(preferred !== undefined && { warnings: [...credential.warnings, issue] }),
  });
}

export function findCredential(context: Context, credentialId: string): AcsCredential {
  const credential = context.workspace.credentials.get(credentialId);
  if (!credential) throw notFound("acs_credential");
  return credential;
}

export function changeCredential(
  context: Context,
  credential: AcsCredential,
  changes: Partial<AcsCredential>,
): void {
  const { starts_at, ends_at } = changes;
  context.workspace.credentials.change(credential, {
    ...changes,
    ...(starts_at !== undefined && { starts_at: writtenTime(context, starts_at) }),
    ...(ends_at !== undefined && { ends_at: writtenTime(context, ends_at) }),
  });
  sync(context, credential);
}

/** Other doors: an encoded card has to be encoded again to know them. */
export function changeDoors(context: Context, credential: AcsCredential, entranceIds: string[]): void {
  const visionline = credential.visionline_metadata;
  changeCredential(context, credential, {
    hidden: { ...credential.hidden, allowedEntranceIds: [...new Set(entranceIds)] },
    ...(visionline && { visionline_metadata: { ...visionline, ...doorsOnCard(context, entranceIds) } }),
  });
  markForReissue(context, credential);
}

/** What an encoded card opens, and when, stands on the card: what changes is not there before it is encoded again. */
export function markForReissue(context: Context, credential: AcsCredential): void {
  if (!needsEncoding(context, credential) || !credential.is_issued || has(credential, REISSUE)) return;
  const issue = warning(context, REISSUE, "Access has changed: encode the card again");
  context.workspace.credentials.change(credential, { warnings: [...credential.warnings, issue] });
}

/** Whether a person has to encode the card before it opens what it should. */
export function awaitsEncoding(context: Context, credential: AcsCredential): boolean {
  return needsEncoding(context, credential) && (!credential.is_issued || has(credential, REISSUE));
}

/** Whether a card that the system knows has to be given to the credential. */
export function awaitsAssignment(context: Context, credential: AcsCredential): boolean {
  const system = context.workspace.systems.get(credential.acs_system_id);
  const isCard = credential.access_method === "card";
  return isCard && system?.hidden.rules.cardsNeedAssignment === true && !credential.is_issued;
}

/** The credential is on a card now. */
export function encodeOnCard(context: Context, credential: AcsCredential, cardNumber: string): void {
  context.workspace.credentials.change(credential, {
    is_issued: true,
    issued_at: context.clock.stamp(),
    card_number: cardNumber,
    warnings: without(credential, "waiting_to_be_issued", REISSUE),
  });
}

const REISSUE = "needs_to_be_reissued";

function needsEncoding(context: Context, credential: AcsCredential): boolean {
  const system = context.workspace.systems.get(credential.acs_system_id);
  return credential.access_method === "card" && system?.hidden.rules.cardsNeedEncoding === true;
}

/** The credentials on the phones go with a multi-phone credential. */
export function deleteCredential(context: Context, credential: AcsCredential): void {
  const { credentials } = context.workspace;
  const family = [credential, ...credentials.by("parent", credential.acs_credential_id)];
  for (const member of family) {
    if (isBeingDeleted(member)) continue;
    credentials.change(member, { warnings: [...member.warnings, beingDeleted(context, "credential")] });
    deleteLater(context, () => {
      if (credentials.remove(member.acs_credential_id))
        credentialEvent(context, "acs_credential.deleted", member);
    });
  }
}

export function presentCredential(context: Context, credential: AcsCredential) {
  const { user_identity_id, ends_at, ...wire } = shown(credential);
  const { showsUserIdentityId, showsEndsAt } = context.settings;
  return {
    ...wire,
    ...(showsEndsAt && ends_at !== undefined && { ends_at }),
    ...(showsUserIdentityId && user_identity_id !== undefined && { user_identity_id }),
  };
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
  if (!isPast || context.settings.pastStartsAt === "kept") return { at: writtenTime(context, startsAt) };
  return {
    at: context.clock.now(),
    warning: warning(context, "schedule_modified", "starts_at was in the past and was moved to now"),
  };
}

function shownMetadata(context: Context, kind: System | undefined, input: NewCredential): ShownMetadata {
  const doors = doorsOnCard(context, input.allowed_acs_entrance_ids);
  const guestEntranceIds = doors.guest_acs_entrance_ids;
  const commonEntranceIds = doors.common_acs_entrance_ids;
  return kind?.showMetadata?.({ ...input, guestEntranceIds, commonEntranceIds }) ?? {};
}

function doorsOnCard(context: Context, entranceIds: string[]) {
  const doors = entrancesOf(context, new Set(entranceIds));
  const idsOf = (isCommon: boolean) =>
    doors.filter((door) => door.hidden.isCommon === isCommon).map((door) => door.acs_entrance_id);
  return { guest_acs_entrance_ids: idsOf(false), common_acs_entrance_ids: idsOf(true) };
}
