import { isRecord, type Properties, textsIn } from "../values/record";
import type { RelatedToGrant } from "./related-to-grant";

/** Where a grant lets somebody in, as Seam shows it: doors and devices only of a grant without spaces. */
export type Places = Readonly<Record<"acsEntranceIds" | "deviceIds" | "spaceIds", readonly string[]>> & {
  readonly spaceKeys: readonly string[];
};

/** Outputs key of the places that Seam showed last: a later look tells what was added and what was taken away. */
export const SHOWN_PLACES = "__places";

/**
 * The places of a grant. Doors of a space are not to be told from doors of the grant's own, so of a grant with spaces
 * nothing is said about doors.
 */
export function placesOf(
  spaceIds: readonly string[] | null | undefined,
  related: RelatedToGrant | undefined,
): Partial<Places> {
  const ids = (list: readonly Properties[] | undefined, key: string) =>
    list
      ?.map((one) => one[key])
      .filter((id) => typeof id === "string")
      .sort();
  const shown = {
    ...(spaceIds?.length === 0 && {
      acsEntranceIds: ids(related?.entrances, "acs_entrance_id"),
      deviceIds: ids(related?.devices, "device_id"),
    }),
    spaceIds: spaceIds ? [...spaceIds].sort() : undefined,
    spaceKeys: ids(related?.spaces, "space_key"),
  };
  return Object.fromEntries(Object.entries(shown).filter(([, list]) => list !== undefined));
}

/**
 * The declared places with what was added and taken away since Seam was looked at last. Only a change counts: a door
 * that the lock system adds to every grant by itself is no drift, nor is one that Seam never shows.
 * @param before what was shown then; without it nothing is said
 */
export function livePlaces(declared: Properties, shown: Partial<Places>, before: unknown): Properties {
  if (!isRecord(before)) return {};
  const live: Record<string, unknown> = {};
  for (const property of ["acsEntranceIds", "deviceIds", "spaceIds", "spaceKeys"] as const) {
    const [now, then] = [shown[property], before[property]];
    if (!now || !Array.isArray(then)) continue;
    const wanted = textsIn(declared[property]);
    const isGone = (id: string) => then.includes(id) && !now.includes(id);
    // A space of each key has an id, too: as an id it would count twice.
    const added =
      property === "spaceKeys" ? [] : now.filter((id) => !then.includes(id) && !wanted.includes(id));
    if (added.length === 0 && !wanted.some(isGone)) continue;
    live[property] = [...wanted.filter((id) => !isGone(id)), ...added].sort();
  }
  return live;
}

/** Every id of a door or device among declared inputs. */
export function declaredPlaces(inputs: Properties): string[] {
  return [...textsIn(inputs["acsEntranceIds"]), ...textsIn(inputs["deviceIds"])];
}

export function hasDeclaredSpaces(inputs: Properties): boolean {
  return inputs["spaceIds"] !== undefined || inputs["spaceKeys"] !== undefined;
}
