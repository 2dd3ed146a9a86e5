import { isRecord } from "../provider/values/record";
import { SIGNATURE } from "../provider/values/secret-mark";
import type { Owner } from "./document";
import type { DoorFact } from "./facts/facts";

/** Which doors a credential, grant or space declares. */
export interface DeclaredDoors {
  /** Doors that it names, or that its spaces do where a stack declares those. */
  readonly doorIds: readonly string[];
  /** Spaces that no stack declares: it is for whatever is in them. */
  readonly spaceIds: readonly string[];
  /** Whose another door is that it opens: `unknown` where the state does not tell its doors. */
  readonly otherDoors: Owner["kind"];
}

/** Spaces that stacks declare, by id and by key. */
export type DeclaredSpaces = ReadonlyMap<string, DeclaredDoors>;

type Properties = Readonly<Record<string, unknown>>;

/** @param inputs as the state has them */
export function doorsOfCredential({ allowedAcsEntranceIds, assaAbloyVostioMetadata }: Properties) {
  const vostio = isRecord(assaAbloyVostioMetadata) ? assaAbloyVostioMetadata : {};
  const { joinAllGuestAcsEntrances, overrideAllGuestAcsEntrances, overrideGuestAcsEntranceIds } = vostio;
  const flags = [joinAllGuestAcsEntrances, overrideAllGuestAcsEntrances];
  const doors = united([named(allowedAcsEntranceIds), named(overrideGuestAcsEntranceIds)]);
  if (flags.includes(true)) return { ...doors, otherDoors: "declared" } satisfies DeclaredDoors;
  return [vostio, ...flags].some(isSecret) ? united([doors, HIDDEN]) : doors;
}

/** @param shownSpaceIds spaces that Seam has shown of the grant: of one that is declared by its key they tell the id */
export function doorsOfGrant(
  { acsEntranceIds, spaceIds, spaceKeys }: Properties,
  shownSpaceIds: unknown,
  spaces: DeclaredSpaces,
): DeclaredDoors {
  const inSpaces = (names: unknown, otherwise: (name: string) => DeclaredDoors) =>
    plainTexts(names)?.map((name) => spaces.get(name) ?? otherwise(name)) ?? [HIDDEN];
  // What is declared by a stack or by its id is told by itself.
  const byId = plainTexts(spaceIds) ?? [];
  const ofKeys = (plainTexts(shownSpaceIds) ?? []).filter((id) => !spaces.has(id) && !byId.includes(id));
  const keys = (plainTexts(spaceKeys) ?? []).filter((key) => !spaces.has(key));
  const byKeys = ofKeys.length < keys.length ? HIDDEN : { ...NONE, spaceIds: ofKeys };
  return united([
    named(acsEntranceIds),
    ...inSpaces(spaceIds, (id) => ({ ...NONE, spaceIds: [id] })),
    ...inSpaces(spaceKeys, () => byKeys),
  ]);
}

/** Doors that a list names itself. */
export function named(list: unknown): DeclaredDoors {
  const doorIds = plainTexts(list);
  return doorIds ? { ...NONE, doorIds } : HIDDEN;
}

/** Whose a door is of what these doors are declared for. */
export function kindOfDoor(declared: DeclaredDoors, { id, spaceIds }: DoorFact): Owner["kind"] {
  if (declared.doorIds.includes(id)) return "declared";
  if (declared.spaceIds.length > 0 && !spaceIds) return "unknown";
  return declared.spaceIds.some((space) => spaceIds?.includes(space)) ? "declared" : declared.otherDoors;
}

/** Of something that is declared, whatever it opens. */
export const ALL_DOORS: DeclaredDoors = { doorIds: [], spaceIds: [], otherDoors: "declared" };

const NONE: DeclaredDoors = { doorIds: [], spaceIds: [], otherDoors: "undeclared" };
const HIDDEN: DeclaredDoors = { ...NONE, otherDoors: "unknown" };

export function united(parts: readonly DeclaredDoors[]): DeclaredDoors {
  return {
    doorIds: [...new Set(parts.flatMap(({ doorIds }) => doorIds))],
    spaceIds: parts.flatMap(({ spaceIds }) => spaceIds),
    otherDoors: parts.some(({ otherDoors }) => otherDoors === "unknown") ? "unknown" : "undeclared",
  };
}

/** The texts of a list, none of what is not declared; `undefined` where some of it is a secret. */
export function plainTexts(list: unknown): readonly string[] | undefined {
  if (list === undefined) return [];
  return Array.isArray(list) && list.every((text) => typeof text === "string") ? list : undefined;
}

function isSecret(value: unknown): boolean {
  return isRecord(value) && SIGNATURE in value;
}
