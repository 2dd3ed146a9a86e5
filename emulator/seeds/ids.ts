import { createHash } from "node:crypto";
import type { Ids } from "./planted";
import type { CompleteSystem, CompleteWorkspace } from "./schema";

/** The ids of everything in a workspace of a seed: those that it gives, and those that follow from its keys. */
export function idsOf({ key: workspaceKey, ...seed }: CompleteWorkspace): Ids {
  const ids: Ids = {
    acsSystems: {},
    acsEntrances: {},
    acsEncoders: {},
    acsAccessGroups: {},
    acsUsers: {},
    userIdentities: {},
    devices: {},
    spaces: {},
    accessGrants: {},
  };
  for (const person of seed.user_identities)
    ids.userIdentities[person.key] = person.user_identity_id ?? idOf("identity", workspaceKey, person.key);
  for (const system of seed.acs_systems) {
    const within = (key: string) => `${system.key}/${key}`;
    ids.acsSystems[system.key] = system.acs_system_id ?? idOf("system", workspaceKey, system.key);
    for (const door of system.entrances)
      ids.acsEntrances[within(door.key)] =
        door.acs_entrance_id ?? idOf("entrance", workspaceKey, within(door.key));
    for (const encoder of system.encoders)
      ids.acsEncoders[within(encoder.key)] =
        encoder.acs_encoder_id ?? idOf("encoder", workspaceKey, within(encoder.key));
    for (const group of system.access_groups)
      ids.acsAccessGroups[within(group.key)] =
        group.acs_access_group_id ?? idOf("group", workspaceKey, within(group.key));
    for (const user of system.users)
      ids.acsUsers[within(user.key)] = user.acs_user_id ?? idOf("user", workspaceKey, within(user.key));
  }
  for (const device of seed.devices)
    ids.devices[device.key] = device.device_id ?? idOf("device", workspaceKey, device.key);
  for (const space of seed.spaces)
    ids.spaces[space.key] = space.space_id ?? idOf("space", workspaceKey, space.key);
  for (const grant of seed.access_grants)
    ids.accessGrants[grant.key] = grant.access_grant_id ?? idOf("grant", workspaceKey, grant.key);
  return ids;
}

export function workspaceIdOf(seed: CompleteWorkspace): string {
  return seed.workspace_id ?? idOf("workspace", seed.key);
}

export function accountIdOf(workspaceKey: string, system: CompleteSystem): string {
  return system.connected_account_id ?? idOf("account", workspaceKey, system.key);
}

/** All devices of a workspace come from one account. */
export function deviceAccountIdOf(workspaceKey: string): string {
  return idOf("device account", workspaceKey);
}

/** Looks like a sandbox key of Seam and says what it is. */
export function apiKeyOf(seed: CompleteWorkspace): string {
  const digest = createHash("sha1").update(`pulumi-seam emulator ${seed.key}`).digest("hex");
  return seed.api_key ?? `seam_test1Emul_${digest.replaceAll("0", "z").slice(0, 24)}`;
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
