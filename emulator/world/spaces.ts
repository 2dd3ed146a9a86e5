import { randomUUID } from "node:crypto";
import type { Context } from "./context";
import { devicesOf } from "./devices";
import { entrancesOf } from "./doors";
import { invalidInput, notFound } from "./errors";
import { recordEvent } from "./event-log";
import { followPlaces } from "./grants";
import type { Space } from "./rows";
import { shown } from "./store";

export function findSpace(
  context: Context,
  by: { space_id?: string | undefined; space_key?: string | undefined },
): Space {
  const { spaces } = context.workspace;
  if (by.space_id === undefined && by.space_key === undefined)
    throw invalidInput("space_id or space_key is required");
  const space = by.space_id ? spaces.get(by.space_id) : [...spaces.by("key", by.space_key ?? "")][0];
  if (!space) throw notFound("space");
  return space;
}

export interface Members {
  entranceIds?: readonly string[] | undefined;
  deviceIds?: readonly string[] | undefined;
}

export function addSpace(
  context: Context,
  given: Pick<Space, "name" | "space_key" | "customer_key" | "customer_data">,
  members: Members,
  spaceId: string = randomUUID(),
): Space {
  const space = context.workspace.spaces.insert({
    space_id: spaceId,
    ...given,
    display_name: given.name,
    workspace_id: context.workspace.id,
    created_at: context.clock.stamp(),
    hidden: { entranceIds: [], deviceIds: [] },
  });
  setMembers(context, space, members);
  spaceEvent(context, "space.created", space);
  return space;
}

/** Changes fields, and members where lists are given. */
export function changeSpace(
  context: Context,
  space: Space,
  changes: Partial<Omit<Space, "hidden">>,
  members: Members = {},
): void {
  const { name } = changes;
  context.workspace.spaces.change(space, { ...changes, ...(name !== undefined && { display_name: name }) });
  if (!members.entranceIds && !members.deviceIds) return;
  setMembers(context, space, members);
  spaceEvent(context, "space.device_membership_changed", space);
}

/** Access grants lose the space and its doors. */
export function deleteSpace(context: Context, space: Space): void {
  const { spaces, accessGrants } = context.workspace;
  spaceEvent(context, "space.deleted", space);
  setMembers(context, space, { entranceIds: [], deviceIds: [] });
  for (const grant of [...accessGrants.by("space", space.space_id)])
    accessGrants.change(grant, {
      space_ids: grant.space_ids.filter((spaceId) => spaceId !== space.space_id),
    });
  spaces.remove(space.space_id);
}

/** A given list replaces the members: a member knows the spaces that it is in, and access grants follow. */
function setMembers(context: Context, space: Space, to: Members): void {
  const { entrances, devices, spaces, accessGrants } = context.workspace;
  const before = space.hidden;
  const entranceIds = [...new Set(to.entranceIds ?? before.entranceIds)];
  const deviceIds = [...new Set(to.deviceIds ?? before.deviceIds)];
  for (const entrance of entrancesOf(context, new Set([...before.entranceIds, ...entranceIds])))
    entrances.change(entrance, spacesOf(entrance, space, entranceIds.includes(entrance.acs_entrance_id)));
  for (const device of devicesOf(context, new Set([...before.deviceIds, ...deviceIds])))
    devices.change(device, spacesOf(device, space, deviceIds.includes(device.device_id)));
  spaces.change(space, { hidden: { entranceIds, deviceIds } });
  for (const grant of [...accessGrants.by("space", space.space_id)]) followPlaces(context, grant);
}

function spacesOf(member: { space_ids: string[] }, { space_id }: Space, isIn: boolean) {
  const others = member.space_ids.filter((spaceId) => spaceId !== space_id);
  return { space_ids: isIn ? [...others, space_id] : others };
}

export function refuseTakenSpaceKey(context: Context, key: string | undefined): void {
  if (key !== undefined && [...context.workspace.spaces.by("key", key)].length > 0)
    throw invalidInput("A space with this space_key already exists");
}

export function presentSpace(space: Space) {
  const { entranceIds, deviceIds } = space.hidden;
  return { ...shown(space), acs_entrance_count: entranceIds.length, device_count: deviceIds.length };
}

function spaceEvent(context: Context, type: string, space: Space): void {
  recordEvent(context, type, {
    space_id: space.space_id,
    ...(space.space_key !== undefined && { space_key: space.space_key }),
    acs_entrance_ids: space.hidden.entranceIds,
    device_ids: space.hidden.deviceIds,
  });
}
