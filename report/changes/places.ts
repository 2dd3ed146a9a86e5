import { isRecord, type Properties } from "../../provider/values/record";
import { hasUnknown, UNKNOWN } from "../../provider/values/unknown";
import { ALL_GUEST_DOORS } from "./kinds";
import type { Side } from "./people";
import type { SeamObject } from "./resources";
import type { Stack } from "./way";

/** What opens doors that are not known here; an `acs_system` by whatever groups somebody is in there. */
type Place = "device" | "acs_access_group" | "space" | "acs_system" | "guest_doors";

/** In place of a door: whatever else somebody opens. */
export const ELSEWHERE = "elsewhere";

/** A place that is no entrance, as the key of a door. */
export function placeKey(kind: Place, id: string): string {
  return `${kind} ${id}`;
}

/** What {@link placeKey} made a key of; `undefined` for an entrance, whose key is its id. */
export function placeOf(door: string): { readonly kind: Place; readonly id: string } | undefined {
  const [, kind, id = ""] = /^(device|acs_access_group|space|acs_system|guest_doors) (.*)$/.exec(door) ?? [];
  return kind === undefined ? undefined : { kind: kind as Place, id };
}

/** The doors of groups and spaces, as far as the stack or Seam tells them. */
export function placesOf(side: Side, { resources, directory }: Stack) {
  const spaces = resources.filter(({ kind }) => kind === "Space");
  const inSpace = async (space: string): Promise<string[]> => {
    if (space === UNKNOWN) return [UNKNOWN];
    const declared = spaces.find(({ urn }) => urn === space);
    if (declared) return placesIn(declared[side]?.properties ?? {});
    return [...((await directory.doorsOfSpace(space)) ?? [placeKey("space", space)])];
  };
  return {
    ofGroups: async (groups: readonly string[]): Promise<string[]> => {
      const doors = groups.map(async (group) =>
        group === UNKNOWN
          ? [UNKNOWN]
          : ((await directory.doorsOfGroup(group)) ?? [placeKey("acs_access_group", group)]),
      );
      return [...new Set((await Promise.all(doors)).flat())];
    },
    ofGrant: async ({ properties }: SeamObject): Promise<string[]> => {
      const keyed = idsIn(properties["spaceKeys"]).map((key) => ({
        key,
        urn: spaces.find((space) => space[side]?.properties["spaceKey"] === key)?.urn,
      }));
      const ofSpaces = await Promise.all([
        ...idsIn(properties["spaceIds"]).map(inSpace),
        ...keyed.map(({ key, urn }) =>
          urn || key === UNKNOWN ? inSpace(urn ?? key) : [placeKey("space", key)],
        ),
      ]);
      return [...new Set([...placesIn(properties), ...ofSpaces.flat()])];
    },
  };
}

export function placesIn({ acsEntranceIds, deviceIds }: Properties): string[] {
  return [
    ...idsIn(acsEntranceIds),
    ...idsIn(deviceIds).map((id) => (id === UNKNOWN ? UNKNOWN : placeKey("device", id))),
  ];
}

/** Doors that a credential of Vostio opens besides its own. @param system its access system, if that is known */
export function guestDoorsIn({ assaAbloyVostioMetadata: metadata }: Properties, system: unknown): string[] {
  if (metadata === UNKNOWN) return [UNKNOWN];
  if (!isRecord(metadata)) return [];
  const flags = ALL_GUEST_DOORS.map((name) => metadata[name]);
  const all = flags.includes(true) ? [placeKey("guest_doors", typeof system === "string" ? system : "")] : [];
  const isUnknown = all.length === 0 && flags.some(hasUnknown);
  return [...all, ...(isUnknown ? [UNKNOWN] : []), ...idsIn(metadata["overrideGuestAcsEntranceIds"])];
}

/** The texts of a text or a list, with one {@link UNKNOWN} for whatever cannot be read. */
export function idsIn(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [typeof value === "string" ? value : UNKNOWN];
  return [...new Set(value.map((one) => (hasUnknown(one) ? UNKNOWN : String(one))))];
}
