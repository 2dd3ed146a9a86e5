import type { Properties } from "../../provider/values/record";
import type { Places } from "../../report/reading/reading";
import { identifierOf } from "./names";
import { slug } from "./resource";

/** A constant of the program that holds what is looked up by its name. */
export interface LookUp {
  readonly identifier: string;
  /** Output of the constant that is the id. */
  readonly output: string;
  /** The function that looks it up. */
  readonly name: string;
  readonly args: Properties;
}

/** How one kind of place is looked up, in Seam's names and in ours. */
interface PlaceKind {
  readonly id: string;
  readonly name: string;
  readonly noun: string;
  readonly look: string;
  readonly output: string;
  readonly by: string;
}

const SYSTEM: PlaceKind = {
  id: "acs_system_id",
  name: "name",
  noun: "system",
  look: "getAcsSystemOutput",
  output: "acsSystemId",
  by: "name",
};
const ENTRANCE: PlaceKind = {
  id: "acs_entrance_id",
  name: "display_name",
  noun: "entrance",
  look: "getAcsEntranceOutput",
  output: "acsEntranceId",
  by: "displayName",
};
const GROUP: PlaceKind = {
  id: "acs_access_group_id",
  name: "name",
  noun: "group",
  look: "getAcsAccessGroupOutput",
  output: "acsAccessGroupId",
  by: "name",
};

interface Place {
  readonly kind: PlaceKind;
  readonly id: string;
  readonly name: string;
  readonly systemId?: string;
  readonly systemName?: unknown;
}

/**
 * The look-ups of places that a program uses, by id, access systems first. A place whose name does not tell it from
 * others has none: the program names it by its id.
 */
export function lookUpsOf(
  { systems, entrances, groups }: Places,
  isUsed: (id: string) => boolean,
): ReadonlyMap<string, LookUp> {
  const systemNames = new Map(systems.map((one) => [one["acs_system_id"], one["name"]]));
  const inSystem = (kind: PlaceKind, objects: readonly Properties[]) =>
    named(kind, objects, (one) => `${one["acs_system_id"]} ${one[kind.name]}`).map((place) => ({
      ...place,
      systemName: systemNames.get(place.systemId),
    }));
  const used = [...inSystem(ENTRANCE, entrances), ...inSystem(GROUP, groups)].filter(({ id }) => isUsed(id));
  const usedSystems = new Set(used.map(({ systemId }) => systemId));
  const own = named(SYSTEM, systems, (one) => String(one["name"]))
    .map(({ systemId: _, ...place }) => place)
    .filter(({ id }) => isUsed(id) || usedSystems.has(id));
  const places: Place[] = [...own, ...used];
  const identifiers = identifiersOf(places);
  return new Map(places.map((place) => [place.id, lookUp(place, identifiers.get(place.id) ?? place.id)]));
}

/** The objects that have a name, and are the only ones with it. */
function named(
  kind: PlaceKind,
  objects: readonly Properties[],
  keyOf: (object: Properties) => string,
): Place[] {
  const alike = Map.groupBy(objects, keyOf);
  return objects.flatMap((object) => {
    const name = object[kind.name];
    const isTold = typeof name === "string" && name.trim() !== "" && alike.get(keyOf(object))?.length === 1;
    return isTold
      ? [{ kind, id: String(object[kind.id]), name, systemId: String(object["acs_system_id"]) }]
      : [];
  });
}

function lookUp({ kind, name, systemId }: Place, identifier: string): LookUp {
  const where = systemId === undefined ? {} : { acsSystemId: systemId };
  return { identifier, output: kind.output, name: kind.look, args: { [kind.by]: name, ...where } };
}

/** As short as tells them apart: by the name, with the access system's, with the beginning of the id. */
function identifiersOf(places: readonly Place[]): ReadonlyMap<string, string> {
  const forms = places.map((place) => ({ place, identifiers: identifiersFor(place) }));
  const told = forms.flatMap(({ place, identifiers }) =>
    [...new Set(identifiers)].map((identifier) => ({ place, identifier })),
  );
  // By what is written: "Room 1.1" and "Room 11" are two names, and one identifier.
  const bearers = Map.groupBy(told, ({ identifier }) => identifier);
  return new Map(
    forms.map(({ place, identifiers }) => {
      const own = identifiers.find((identifier) => bearers.get(identifier)?.length === 1);
      return [place.id, own ?? identifierOf(place.id)];
    }),
  );
}

function identifiersFor(place: Place): string[] {
  const { kind, name, id } = place;
  const short = `${slug(name)}-${kind.noun}`;
  const longer = `${short}-of-${slug(place.systemName) || "system"}`;
  return [...(slug(name) === "" ? [] : [short]), longer, `${short}-${id}`].map(identifierOf);
}
