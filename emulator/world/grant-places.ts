import type { Context } from "./context";
import type { AccessGrant } from "./rows";

/** The doors of a grant: those that it names, and those that its spaces have now. */
export function entranceIdsOf(context: Context, grant: AccessGrant): string[] {
  return placesOf(context, grant, "entranceIds");
}

export function deviceIdsOf(context: Context, grant: AccessGrant): string[] {
  return placesOf(context, grant, "deviceIds");
}

/** The grant's doors by access system, in the grant's order. */
export function doorsBySystem(context: Context, grant: AccessGrant): Map<string, string[]> {
  const { entrances } = context.workspace;
  const doors = new Map<string, string[]>();
  for (const entranceId of entranceIdsOf(context, grant)) {
    const systemId = entrances.get(entranceId)?.acs_system_id;
    if (systemId) doors.set(systemId, [...(doors.get(systemId) ?? []), entranceId]);
  }
  return doors;
}

function placesOf(context: Context, grant: AccessGrant, kind: "entranceIds" | "deviceIds"): string[] {
  const { spaces } = context.workspace;
  const places = new Set(grant.hidden[kind]);
  for (const spaceId of grant.space_ids)
    for (const place of spaces.get(spaceId)?.hidden[kind] ?? []) places.add(place);
  return [...places];
}
