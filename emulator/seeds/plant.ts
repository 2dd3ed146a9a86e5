import { createHash } from "node:crypto";
import { SYSTEMS } from "../systems/index";
import { PLAIN_RULES, type System, type SystemRules } from "../systems/system";
import type { Clock } from "../world/clock";
import type { Context } from "../world/context";
import { addIdentity } from "../world/identities";
import type { Settings } from "../world/settings";
import { Workspace } from "../world/store";
import { addUser } from "../world/users";
import type { CompleteSeed } from "./schema";

type SeedWorkspace = CompleteSeed["workspaces"][number];
type SeedSystem = SeedWorkspace["acs_systems"][number];

/** Ids by seed key; what belongs to a system has the system's key in front: `salto-ks/front-door`. */
export interface Ids {
  acsSystems: Record<string, string>;
  acsEntrances: Record<string, string>;
  acsAccessGroups: Record<string, string>;
  acsUsers: Record<string, string>;
  userIdentities: Record<string, string>;
}

/** A workspace of a seed, made. */
export interface Planted {
  key: string;
  context: Context;
  ids: Ids;
}

/** Makes the workspace that the seed describes. */
export function plant(seed: SeedWorkspace, clock: Clock, settings: Settings): Planted {
  const workspace = new Workspace({
    id: seed.workspace_id ?? idOf("workspace", seed.key),
    apiKey: seed.api_key ?? apiKeyOf(seed.key),
    name: seed.name ?? seed.key,
    isSandbox: seed.is_sandbox,
  });
  const context: Context = { workspace, clock, settings, url: "", raw: {} };
  const ids: Ids = {
    acsSystems: {},
    acsEntrances: {},
    acsAccessGroups: {},
    acsUsers: {},
    userIdentities: {},
  };
  for (const person of seed.user_identities) {
    const identity = addIdentity(
      context,
      person,
      person.user_identity_id ?? idOf("identity", seed.key, person.key),
    );
    ids.userIdentities[person.key] = identity.user_identity_id;
  }
  for (const system of seed.acs_systems)
    ids.acsSystems[system.key] = system.acs_system_id ?? idOf("system", seed.key, system.key);
  for (const system of seed.acs_systems) plantSystem(context, seed.key, system, ids);
  return { key: seed.key, context, ids };
}

function plantSystem(context: Context, workspaceKey: string, seed: SeedSystem, ids: Ids): void {
  const { workspace, clock } = context;
  const kind = seed.kind === undefined ? undefined : kindNamed(seed.kind);
  const systemId = known(ids.acsSystems, seed.key);
  const managers = seed.credential_managers.map((key) => known(ids.acsSystems, key));
  const type = kind?.systemType ?? seed.external_type ?? "assa_abloy_credential_service";
  const typeName = kind?.systemTypeName ?? "Credential manager";
  const accountId = seed.connected_account_id ?? idOf("account", workspaceKey, seed.key);
  const common = { connected_account_id: accountId, created_at: clock.stamp(), errors: [], warnings: [] };
  const rules = { ...(kind?.rules ?? PLAIN_RULES), ...(seed.rules as Partial<SystemRules>) };
  const system = workspace.systems.insert({
    acs_system_id: systemId,
    ...common,
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
    hidden: {
      kind: seed.kind,
      rules,
      compatibleCredentialManagerIds: managers,
      subscriptionLimit: seed.subscription_limit,
    },
  });
  const within = (key: string) => `${seed.key}/${key}`;

  for (const door of seed.entrances) {
    const entranceId = door.acs_entrance_id ?? idOf("entrance", workspaceKey, within(door.key));
    ids.acsEntrances[within(door.key)] = entranceId;
    workspace.entrances.insert({
      acs_entrance_id: entranceId,
      acs_system_id: systemId,
      ...common,
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

  for (const group of seed.access_groups) {
    const groupType = group.external_type ?? rules.accessGroupTypes[0];
    if (groupType === undefined || !rules.accessGroupTypes.includes(groupType))
      throw new Error(
        `The seed's system "${seed.key}" (${seed.kind}) has no access groups of type ${groupType}`,
      );
    const groupId = group.acs_access_group_id ?? idOf("group", workspaceKey, within(group.key));
    ids.acsAccessGroups[within(group.key)] = groupId;
    const name = group.name ?? group.key;
    workspace.groups.insert({
      acs_access_group_id: groupId,
      acs_system_id: systemId,
      ...common,
      access_group_type: groupType,
      access_group_type_display_name: groupType.replaceAll("_", " "),
      external_type: groupType,
      external_type_display_name: groupType.replaceAll("_", " "),
      ...(group.access_schedule && { access_schedule: group.access_schedule }),
      is_managed: true,
      name,
      display_name: name,
      workspace_id: workspace.id,
      pending_mutations: [],
      hidden: { entranceIds: group.entrances.map((door) => known(ids.acsEntrances, within(door))) },
    });
  }

  for (const user of seed.users) {
    const identityId = user.user_identity && known(ids.userIdentities, user.user_identity);
    const identity = identityId ? workspace.identities.get(identityId) : undefined;
    const userId = user.acs_user_id ?? idOf("user", workspaceKey, within(user.key));
    ids.acsUsers[within(user.key)] = userId;
    const person = {
      full_name: user.full_name ?? identity?.full_name ?? undefined,
      email_address: user.email_address ?? identity?.email_address ?? undefined,
      phone_number: user.phone_number ?? identity?.phone_number ?? undefined,
      user_identity_id: identityId,
      access_schedule: user.access_schedule,
      accessGroupIds: user.access_groups.map((group) => known(ids.acsAccessGroups, within(group))),
    };
    addUser(context, system, person, userId);
  }
}

function kindNamed(name: string): System {
  const kind = SYSTEMS.get(name);
  if (!kind)
    throw new Error(`The seed has a system of kind "${name}"; there are ${[...SYSTEMS.keys()].join(", ")}`);
  return kind;
}

function known(ids: Record<string, string>, key: string): string {
  const found = ids[key];
  if (found === undefined) throw new Error(`The seed names "${key}", which is not in it`);
  return found;
}

/** A UUID that is the same on every machine for the same key. */
function idOf(kind: string, ...keys: string[]): string {
  const hash = createHash("sha1")
    .update(["pulumi-seam emulator", kind, ...keys].join("\n"))
    .digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    variant + hash.slice(18, 20),
    hash.slice(20, 32),
  ].join("-");
}

/** Looks like a sandbox key of Seam and says what it is. */
function apiKeyOf(workspaceKey: string): string {
  const digest = createHash("sha1").update(`pulumi-seam emulator ${workspaceKey}`).digest("hex");
  return `seam_test1Emul_${digest.replaceAll("0", "z").slice(0, 24)}`;
}
