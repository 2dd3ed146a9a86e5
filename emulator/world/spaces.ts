import type { Context } from "./context";
import { findEntrance } from "./doors";
import { invalidInput, notFound } from "./errors";
import { recordEvent } from "./event-log";
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

/** The lists replace the space's members; an entrance knows the spaces that it is in. */
export function setMembers(context: Context, space: Space, entranceIds: string[], deviceIds: string[]): void {
  const { entrances, spaces } = context.workspace;
  for (const entranceId of space.hidden.entranceIds) {
    const entrance = entrances.get(entranceId);
    if (!entrance) continue;
    entrances.change(entrance, {
      space_ids: entrance.space_ids.filter((spaceId) => spaceId !== space.space_id),
    });
  }
  for (const entranceId of new Set(entranceIds)) {
    const entrance = findEntrance(context, entranceId);
    entrances.change(entrance, { space_ids: [...entrance.space_ids, space.space_id] });
  }
  spaces.change(space, {
    hidden: { entranceIds: [...new Set(entranceIds)], deviceIds: [...new Set(deviceIds)] },
  });
}

export function refuseTakenSpaceKey(context: Context, key: string | undefined): void {
  if (key !== undefined && [...context.workspace.spaces.by("key", key)].length > 0)
    throw invalidInput("A space with this space_key already exists");
}

export function presentSpace(space: Space) {
  const { entranceIds, deviceIds } = space.hidden;
  return { ...shown(space), acs_entrance_count: entranceIds.length, device_count: deviceIds.length };
}

export function spaceEvent(context: Context, type: string, space: Space): void {
  recordEvent(context, type, {
    space_id: space.space_id,
    ...(space.space_key !== undefined && { space_key: space.space_key }),
    acs_entrance_ids: space.hidden.entranceIds,
    device_ids: space.hidden.deviceIds,
  });
}
