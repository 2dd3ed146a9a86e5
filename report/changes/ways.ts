import { isRecord } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";
import { waysThrough } from "./owners";
import { SIDES, type Side } from "./people";
import { guestDoorsIn, idsIn, placeKey, placeOf, placesOf } from "./places";
import type { SeamObject, SeamResource } from "./resources";
import type { Key, Opening, Stack, Way } from "./way";
import { windowOf } from "./windows";

/** Everything that the stack's resources open. */
export async function waysOn(side: Side, stack: Stack): Promise<Way[]> {
  const openings = await openingsOn(side, stack);
  const ways = await Promise.all(openings.map((opening) => waysThrough(side, stack, opening)));
  return ways.flat();
}

async function openingsOn(side: Side, stack: Stack): Promise<Opening[]> {
  const places = placesOf(side, stack);
  const holders = holdersOf(stack);
  const found = await Promise.all(
    stack.resources.map(async (resource): Promise<Opening[]> => {
      const object = resource[side];
      if (object === undefined) return [];
      if (resource.kind === "AcsCredential") return ofCredential(side, stack, holders, resource, object);
      if (resource.kind === "AccessGrant")
        return ofGrant(side, stack, resource, object, await places.ofGrant(object));
      if (resource.kind !== "AcsAccessGroupMembership" && resource.kind !== "AcsUser") return [];
      const groups = groupsOf(object);
      return ofMember(side, stack, holders, resource, groups, await places.ofGroups(groups));
    }),
  );
  return found.flat();
}

interface Holders {
  /** The credentials of each person. */
  readonly credentials: Readonly<Record<Side, ReadonlyMap<string, readonly SeamResource[]>>>;
  /** Who is in an access group that the stack declares, before or after. */
  readonly members: ReadonlySet<string>;
}

function holdersOf({ resources, people }: Stack): Holders {
  const credentials = { before: new Map<string, SeamResource[]>(), after: new Map<string, SeamResource[]>() };
  const members = new Set<string>();
  for (const resource of resources) {
    for (const side of SIDES) {
      const object = resource[side];
      if (!object) continue;
      const person = people.of(resource, side);
      const theirs = credentials[side].get(person) ?? [];
      if (resource.kind === "AcsCredential") credentials[side].set(person, [...theirs, resource]);
      if (groupsOf(object).length > 0) members.add(person);
    }
  }
  return { credentials, members };
}

function ofCredential(
  side: Side,
  stack: Stack,
  { members }: Holders,
  resource: SeamResource,
  object: SeamObject,
): Opening[] {
  const { people } = stack;
  const person = people.of(resource, side);
  const user = people.userOf(resource, side);
  const own = idsIn(object.properties["allowedAcsEntranceIds"]);
  const system = object.properties["acsSystemId"] ?? user?.[side]?.properties["acsSystemId"];
  // Without doors it opens those of its user's access groups, which are told of where the stack declares them.
  const ofGroups = members.has(person)
    ? []
    : [placeKey("acs_system", typeof system === "string" ? system : "")];
  const guestDoors = guestDoorsIn(object.properties, system);
  const doors = new Set([...(own.length === 0 ? ofGroups : own), ...guestDoors]);
  const key = credentialKey(resource, object, side);
  // A card that goes on beside the one in its place opens what it opened.
  const goesOn = side === "after" && resource.fate === "replaced" && key.method === "card";
  const had = (goesOn && resource.before?.properties) || {};
  const opened = [...idsIn(had["allowedAcsEntranceIds"]), ...guestDoorsIn(had, system)];
  return [...doors].map((door) => {
    const opens = key.opens && (!goesOn || own.length === 0 || opened.includes(door));
    return {
      person,
      door,
      key: { ...key, opens },
      givers: [resource],
      system: async () => (typeof system === "string" && system !== UNKNOWN ? system : undefined),
    };
  });
}

function credentialKey(resource: SeamResource, object: SeamObject, side: Side): Key {
  const { accessMethod } = object.properties;
  const { before, after, changed } = resource;
  const keepsPin =
    !changed.has("code") && before?.hasDeclaredCode === true && after?.hasDeclaredCode === true;
  const isSame = keepsPin || (isTheSame(resource, object) && !changed.has("code"));
  return {
    key: isSame ? (before?.id ?? resource.urn) : `${resource.urn} ${side}`,
    opens: accessMethod !== "card" || resource.isEncoded[side],
    ...(typeof accessMethod === "string" && accessMethod !== UNKNOWN && { method: accessMethod }),
    window: windowOf(object.properties),
  };
}

/** Whether it is in Seam before and after. */
function isTheSame({ fate }: SeamResource, { id }: SeamObject): boolean {
  return id !== undefined || fate === "stays";
}

/** Members open a group's doors with their credentials; where the stack declares none, by what is not known. */
function ofMember(
  side: Side,
  stack: Stack,
  { credentials }: Holders,
  membership: SeamResource,
  groups: readonly string[],
  doors: readonly string[],
): Opening[] {
  const { people, directory } = stack;
  const person = people.of(membership, side);
  const keysOn = (side: Side) => {
    const user = people.userOf(membership, side);
    return (credentials[side].get(person) ?? []).flatMap((credential): [Key, SeamResource][] => {
      const [object, owner] = [credential[side], people.userOf(credential, side)];
      // Users of other systems may be the same person.
      const isTheirs = owner === undefined || user === undefined || owner === user;
      return object && isTheirs ? [[credentialKey(credential, object, side), credential]] : [];
    });
  };
  const keys = keysOn(side);
  // Who had a declared one that goes is not taken to have another.
  const isByOthers = keys.length === 0 && keysOn("before").length === 0;
  const all: [Key, SeamResource | undefined][] = isByOthers
    ? [[{ key: person, opens: true, window: {} }, undefined]]
    : keys;
  const [group = UNKNOWN] = groups;
  return doors.flatMap((door) =>
    all.map(([key, credential]) => ({
      person,
      door,
      key,
      givers: credential ? [membership, credential] : [membership],
      system: async () => (group === UNKNOWN ? undefined : directory.systemOf?.("acs_access_group", group)),
    })),
  );
}

function ofGrant(
  side: Side,
  stack: Stack,
  resource: SeamResource,
  object: SeamObject,
  doors: readonly string[],
): Opening[] {
  const { requestedAccessMethods: requested } = object.properties;
  const modes = Array.isArray(requested)
    ? requested.map((one) => (isRecord(one) ? one["mode"] : undefined))
    : [undefined];
  const keys = modes.map((mode): Key => {
    const method = typeof mode === "string" && mode !== UNKNOWN ? mode : undefined;
    const { before, after } = resource.isEncoded;
    const isEncodedAnew = method === "card" && before && !after;
    const isSame = isTheSame(resource, object) && !isEncodedAnew;
    return {
      key: `${isSame ? (object.id ?? resource.urn) : `${resource.urn} ${side}`} ${method}`,
      opens: method !== "card" || resource.isEncoded[side],
      ...(method && { method }),
      window: windowOf(object.properties),
      // Which of the ways in stay is hidden together with their PINs.
      isUncertain: method === undefined && resource.changed.has("requestedAccessMethods"),
    };
  });
  const { people, directory } = stack;
  const person = people.of(resource, side);
  return doors.flatMap((door) =>
    keys.map((key) => ({
      person,
      door,
      key,
      givers: [resource],
      system: async () =>
        door === UNKNOWN || placeOf(door) ? undefined : directory.systemOf?.("acs_entrance", door),
    })),
  );
}

function groupsOf({ properties }: SeamObject): string[] {
  return [...idsIn(properties["acsAccessGroupId"]), ...idsIn(properties["acsAccessGroupIds"])];
}
