import { SYSTEMS } from "../systems/index";
import { PLAIN_RULES, type SystemRules } from "../systems/system";
import type { Clock } from "../world/clock";
import type { Context } from "../world/context";
import { addGrant } from "../world/grants";
import { addIdentity } from "../world/identities";
import type { AcsSystem } from "../world/rows";
import type { Settings } from "../world/settings";
import { addSpace } from "../world/spaces";
import { Workspace } from "../world/store";
import { addUser } from "../world/users";
import { accountIdOf, apiKeyOf, deviceAccountIdOf, idsOf, workspaceIdOf } from "./ids";
import type { Ids, Planted } from "./planted";
import type { CompleteSystem, CompleteWorkspace } from "./schema";

/** Makes the workspace that the seed describes. */
export function plant(seed: CompleteWorkspace, clock: Clock, settings: Settings): Planted {
  const workspace = new Workspace({
    id: workspaceIdOf(seed),
    apiKey: apiKeyOf(seed),
    name: seed.name ?? seed.key,
    isSandbox: seed.is_sandbox,
    isSuspended: seed.is_suspended,
  });
  const context: Context = {
    workspace,
    visibleWorkspaces: [workspace],
    clock,
    settings,
    url: "",
    raw: {},
  };
  const ids = idsOf(seed);
  plantIdentities(context, seed, ids);
  for (const system of seed.acs_systems) plantSystem(context, seed.key, system, ids);
  plantDevices(context, seed, ids);
  plantSpaces(context, seed, ids);
  plantAccessGrants(context, seed, ids);
  return { key: seed.key, context, ids };
}

function plantIdentities(context: Context, seed: CompleteWorkspace, ids: Ids): void {
  for (const person of seed.user_identities) {
    const identity = addIdentity(context, person, known(ids.userIdentities, person.key));
    context.workspace.identities.change(identity, { hidden: { isManaged: person.is_managed } });
  }
}

function plantSystem(context: Context, workspaceKey: string, seed: CompleteSystem, ids: Ids): void {
  const { workspace, clock } = context;
  const kind = SYSTEMS.get(seed.kind ?? "");
  const managers = seed.credential_managers.map((key) => known(ids.acsSystems, key));
  const type = kind?.systemType ?? seed.external_type ?? "assa_abloy_credential_service";
  const typeName = kind?.systemTypeName ?? "Credential manager";
  const accountId = accountIdOf(workspaceKey, seed);
  const system = workspace.systems.insert({
    acs_system_id: known(ids.acsSystems, seed.key),
    connected_account_id: accountId,
    connected_account_ids: [accountId],
    default_credential_manager_acs_system_id: managers[0] ?? null,
    external_type: type,
    external_type_display_name: typeName,
    system_type: type,
    system_type_display_name: typeName,
    image_alt_text: typeName,
    image_url: "https://example.com/access-system.png",
    is_credential_manager: kind === undefined,
    location: { time_zone: seed.time_zone },
    name: seed.name ?? seed.key,
    workspace_id: workspace.id,
    created_at: clock.stamp(),
    errors: [],
    warnings: [],
    hidden: {
      kind: seed.kind,
      rules: { ...(kind?.rules ?? PLAIN_RULES), ...(seed.rules as Partial<SystemRules>) },
      compatibleCredentialManagerIds: managers,
      subscriptionLimit: seed.subscription_limit,
      cards: seed.cards,
    },
  });
  plantEntrances(context, system, seed, ids);
  plantEncoders(context, system, seed, ids);
  plantAccessGroups(context, system, seed, ids);
  plantUsers(context, system, seed, ids);
}

function plantEntrances(context: Context, system: AcsSystem, seed: CompleteSystem, ids: Ids): void {
  const { rules } = system.hidden;
  for (const door of seed.entrances)
    context.workspace.entrances.insert({
      acs_entrance_id: known(ids.acsEntrances, `${seed.key}/${door.key}`),
      ...partOf(system),
      display_name: door.display_name ?? door.key,
      space_ids: [],
      can_unlock_with_code: rules.accessMethods.includes("code"),
      can_unlock_with_card: rules.accessMethods.includes("card"),
      can_unlock_with_mobile_key: rules.accessMethods.includes("mobile_key"),
      can_unlock_with_cloud_key: false,
      can_belong_to_reservation: rules.hasReservations && !door.is_common,
      hidden: { isCommon: door.is_common },
    });
}

function plantEncoders(context: Context, system: AcsSystem, seed: CompleteSystem, ids: Ids): void {
  for (const encoder of seed.encoders) {
    const { warnings: _, ...part } = partOf(system);
    context.workspace.encoders.insert({
      acs_encoder_id: known(ids.acsEncoders, `${seed.key}/${encoder.key}`),
      ...part,
      display_name: encoder.display_name ?? encoder.key,
      workspace_id: system.workspace_id,
      hidden: {},
    });
  }
}

function plantAccessGroups(context: Context, system: AcsSystem, seed: CompleteSystem, ids: Ids): void {
  for (const group of seed.access_groups) {
    const type = group.external_type ?? system.hidden.rules.accessGroupTypes[0] ?? "";
    const name = group.name ?? group.key;
    context.workspace.groups.insert({
      acs_access_group_id: known(ids.acsAccessGroups, `${seed.key}/${group.key}`),
      ...partOf(system),
      access_group_type: type,
      access_group_type_display_name: type.replaceAll("_", " "),
      external_type: type,
      external_type_display_name: type.replaceAll("_", " "),
      ...(group.access_schedule && { access_schedule: group.access_schedule }),
      is_managed: true,
      name,
      display_name: name,
      workspace_id: system.workspace_id,
      pending_mutations: [],
      hidden: { entranceIds: group.entrances.map((door) => known(ids.acsEntrances, `${seed.key}/${door}`)) },
    });
  }
}

function plantUsers(context: Context, system: AcsSystem, seed: CompleteSystem, ids: Ids): void {
  for (const user of seed.users) {
    const identityId = user.user_identity && known(ids.userIdentities, user.user_identity);
    const identity = context.workspace.identities.get(identityId ?? "");
    const person = {
      full_name: user.full_name ?? identity?.full_name ?? undefined,
      email_address: user.email_address ?? identity?.email_address ?? undefined,
      phone_number: user.phone_number ?? identity?.phone_number ?? undefined,
      user_identity_id: identityId,
      access_schedule: user.access_schedule,
      accessGroupIds: user.access_groups.map((group) => known(ids.acsAccessGroups, `${seed.key}/${group}`)),
    };
    addUser(context, system, person, known(ids.acsUsers, `${seed.key}/${user.key}`));
  }
}

function plantDevices(context: Context, seed: CompleteWorkspace, ids: Ids): void {
  const { workspace, clock } = context;
  for (const device of seed.devices) {
    const name = device.display_name ?? device.key;
    const { max_duration_hours, is_ongoing_supported, slot_minutes } = device.time_constraints;
    workspace.devices.insert({
      device_id: known(ids.devices, device.key),
      device_type: device.device_type,
      display_name: name,
      connected_account_id: deviceAccountIdOf(seed.key),
      capabilities_supported: device.takes_access_codes ? ["access_code", "lock"] : ["lock"],
      can_program_online_access_codes: device.takes_access_codes,
      can_unlock_with_code: device.takes_access_codes,
      can_remotely_lock: true,
      can_remotely_unlock: true,
      properties: {
        name,
        appearance: { name },
        online: device.is_online,
        model: { display_name: device.device_type, manufacturer_display_name: device.device_type },
      },
      custom_metadata: {},
      space_ids: [],
      is_managed: true,
      workspace_id: workspace.id,
      created_at: clock.stamp(),
      errors: [],
      warnings: [],
      hidden: {
        timeConstraints: {
          maxDurationHours: max_duration_hours,
          isOngoingSupported: is_ongoing_supported,
          slotMinutes: slot_minutes,
        },
      },
    });
  }
}

function plantSpaces(context: Context, seed: CompleteWorkspace, ids: Ids): void {
  for (const space of seed.spaces)
    addSpace(
      context,
      { name: space.name ?? space.key, ...(space.space_key !== undefined && { space_key: space.space_key }) },
      {
        entranceIds: space.entrances.map((door) => known(ids.acsEntrances, door)),
        deviceIds: space.devices.map((device) => known(ids.devices, device)),
      },
      known(ids.spaces, space.key),
    );
}

function plantAccessGrants(context: Context, seed: CompleteWorkspace, ids: Ids): void {
  for (const given of seed.access_grants) {
    const identity = context.workspace.identities.get(known(ids.userIdentities, given.user_identity));
    if (!identity) continue;
    const grant = addGrant(
      context,
      identity,
      {
        entranceIds: given.entrances.map((door) => known(ids.acsEntrances, door)),
        deviceIds: given.devices.map((device) => known(ids.devices, device)),
        spaceIds: given.spaces.map((space) => known(ids.spaces, space)),
        locationIds: [],
        startsAt: given.starts_at ?? context.clock.now(),
        endsAt: given.ends_at,
        name: given.name ?? null,
        key: given.access_grant_key,
        reservationKey: given.reservation_key,
        customizationProfileId: undefined,
      },
      given.access_methods.map((mode) => ({ mode })),
      known(ids.accessGrants, given.key),
    );
    const hidden = { ...grant.hidden, isManaged: given.is_managed };
    context.workspace.accessGrants.change(grant, { hidden });
  }
}

function partOf({ acs_system_id, connected_account_id, created_at }: AcsSystem) {
  return { acs_system_id, connected_account_id, created_at, errors: [], warnings: [] };
}

function known(ids: Record<string, string>, key: string): string {
  const found = ids[key];
  if (found === undefined) throw new Error(`The seed names "${key}", which is not in it`);
  return found;
}
