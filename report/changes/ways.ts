import { isRecord, type Properties } from "../../provider/values/record";
import { hasUnknown, UNKNOWN } from "../../provider/values/unknown";
import type { Directory } from "./directory";
import type { People, Side } from "./people";
import type { SeamObject, SeamResource } from "./resources";
import { fromNow, overlap, type Window, windowOf } from "./windows";

/** One way in: a person opens a door by one key, through one resource of the stack. */
export interface Way {
  readonly person: string;
  /** See {@link placeKey}; {@link UNKNOWN} where it cannot be told. */
  readonly door: string;
  readonly method?: string;
  readonly window: Window;
  /** False for a card that nobody has encoded. */
  readonly opens: boolean;
  /** Equal on both sides where PIN, card or phone's key stay the same. */
  readonly key: string;
  /** What it hangs on, what gives it first. */
  readonly resources: readonly SeamResource[];
  /** Deleted before its replacement is made. */
  readonly isDeletedFirst: boolean;
  readonly isSuspended: boolean;
  /** Whether it stays as it is, only the run itself will know. */
  readonly isUncertain: boolean;
}

export interface Stack {
  readonly resources: readonly SeamResource[];
  readonly people: People;
  readonly directory: Directory;
  /** Epoch milliseconds; what is over by then opens nothing. */
  readonly now: number;
}

/** Everything that the stack's resources open. */
export async function waysOn(side: Side, stack: Stack): Promise<Way[]> {
  const places = placesOf(side, stack);
  const holders = holdersOn(side, stack);
  const found = await Promise.all(
    stack.resources.map(async (resource): Promise<Way[]> => {
      const object = resource[side];
      if (object === undefined) return [];
      if (resource.kind === "AcsCredential") return ofCredential(side, stack, holders, resource, object);
      if (resource.kind === "AccessGrant")
        return ofGrant(side, stack, resource, object, await places.ofGrant(object));
      if (resource.kind !== "AcsAccessGroupMembership" && resource.kind !== "AcsUser") return [];
      return ofMember(side, stack, holders, resource, await places.ofGroups(groupsOf(object)));
    }),
  );
  return found.flat();
}

interface Holders {
  /** The credentials of each person. */
  readonly credentials: ReadonlyMap<string, readonly SeamResource[]>;
  /** Who is in an access group that the stack declares, before or after. */
  readonly members: ReadonlySet<string>;
}

function holdersOn(side: Side, { resources, people }: Stack): Holders {
  const credentials = new Map<string, SeamResource[]>();
  const members = new Set<string>();
  for (const resource of resources) {
    if (resource.kind === "AcsCredential" && resource[side]) {
      const person = people.of(resource, side);
      credentials.set(person, [...(credentials.get(person) ?? []), resource]);
    }
    for (const each of SIDES) {
      const object = resource[each];
      if (object && groupsOf(object).length > 0) members.add(people.of(resource, each));
    }
  }
  return { credentials, members };
}

/** What opens doors that are not known here; an `acs_system` by whatever groups somebody is in there. */
type Place = "device" | "acs_access_group" | "space" | "acs_system";

/** A place that is no entrance, as the key of a door. */
function placeKey(kind: Place, id: string): string {
  return `${kind} ${id}`;
}

/** What {@link placeKey} made a key of; `undefined` for an entrance, whose key is its id. */
export function placeOf(door: string): { readonly kind: Place; readonly id: string } | undefined {
  const [, kind, id = ""] = /^(device|acs_access_group|space|acs_system) (.*)$/.exec(door) ?? [];
  return kind === undefined ? undefined : { kind: kind as Place, id };
}

function ofCredential(
  side: Side,
  stack: Stack,
  { members }: Holders,
  resource: SeamResource,
  object: SeamObject,
): Way[] {
  const { people } = stack;
  const person = people.of(resource, side);
  const user = people.userOf(object);
  const { allowedAcsEntranceIds: declared } = object.properties;
  const system = object.properties["acsSystemId"] ?? user?.[side]?.properties["acsSystemId"];
  // Without doors it opens those of its user's access groups, which are told of where the stack declares them.
  const ofGroups = members.has(person)
    ? []
    : [placeKey("acs_system", typeof system === "string" ? system : "")];
  const doors = declared === undefined ? ofGroups : known(declared);
  const key = credentialKey(resource, object, side);
  // A card that goes on beside the one in its place opens what it opened.
  const goesOn = side === "after" && resource.fate === "replaced" && key.method === "card";
  const opened = goesOn ? known(resource.before?.properties["allowedAcsEntranceIds"]) : [];
  return doors.flatMap((door) => {
    const opens = key.opens && (!goesOn || declared === undefined || opened.includes(door));
    return way(side, stack, person, door, [resource, user], { ...key, opens });
  });
}

const SIDES = ["before", "after"] as const;

interface Key {
  readonly key: string;
  readonly opens: boolean;
  readonly method?: string;
  readonly window: Window;
  readonly isUncertain?: boolean;
}

function credentialKey(resource: SeamResource, object: SeamObject, side: Side): Key {
  const { accessMethod } = object.properties;
  const { before, after, changed } = resource;
  const keepsPin =
    !changed.has("code") && before?.hasDeclaredCode === true && after?.hasDeclaredCode === true;
  const isSame = keepsPin || (object.id !== undefined && !changed.has("code"));
  return {
    key: isSame ? (before?.id ?? resource.urn) : `${resource.urn} ${side}`,
    opens: accessMethod !== "card" || resource.isEncoded[side],
    ...(typeof accessMethod === "string" && accessMethod !== UNKNOWN && { method: accessMethod }),
    window: windowOf(object.properties),
  };
}

/** Members open a group's doors with their credentials; where the stack declares none, by what is not known. */
function ofMember(
  side: Side,
  stack: Stack,
  { credentials }: Holders,
  membership: SeamResource,
  doors: readonly string[],
): Way[] {
  const { people } = stack;
  const person = people.of(membership, side);
  const userOf = (resource: SeamResource) => {
    const object = resource[side];
    return resource.kind === "AcsUser" ? resource : object && people.userOf(object);
  };
  const user = userOf(membership);
  const theirs = (credentials.get(person) ?? []).filter((credential) => {
    const owner = userOf(credential);
    // Users of other systems may be the same person.
    return owner === undefined || user === undefined || owner === user;
  });
  const keys = theirs.flatMap((credential): [Key, SeamResource][] => {
    const object = credential[side];
    return object ? [[credentialKey(credential, object, side), credential]] : [];
  });
  const all: [Key, SeamResource | undefined][] =
    keys.length > 0 ? keys : [[{ key: person, opens: true, window: {} }, undefined]];
  return doors.flatMap((door) =>
    all.flatMap(([key, credential]) => way(side, stack, person, door, [membership, user, credential], key)),
  );
}

function ofGrant(
  side: Side,
  stack: Stack,
  resource: SeamResource,
  object: SeamObject,
  doors: readonly string[],
): Way[] {
  const { requestedAccessMethods: requested } = object.properties;
  const modes = Array.isArray(requested)
    ? requested.map((one) => (isRecord(one) ? one["mode"] : undefined))
    : [undefined];
  const keys = modes.map((mode): Key => {
    const method = typeof mode === "string" && mode !== UNKNOWN ? mode : undefined;
    const { before, after } = resource.isEncoded;
    const isEncodedAnew = method === "card" && before && !after;
    const isSame = object.id !== undefined && !isEncodedAnew;
    return {
      key: `${isSame ? object.id : `${resource.urn} ${side}`} ${method}`,
      opens: method !== "card" || resource.isEncoded[side],
      ...(method && { method }),
      window: windowOf(object.properties),
      // Which of the ways in stay is hidden together with their PINs.
      isUncertain: method === undefined && resource.changed.has("requestedAccessMethods"),
    };
  });
  const person = stack.people.of(resource, side);
  return doors.flatMap((door) => keys.flatMap((key) => way(side, stack, person, door, [resource], key)));
}

function way(
  side: Side,
  { now }: Stack,
  person: string,
  door: string,
  hangsOn: readonly (SeamResource | undefined)[],
  { key, opens, method, window: own, isUncertain = false }: Key,
): Way[] {
  const resources = hangsOn.filter(
    (resource, index) => resource !== undefined && hangsOn.indexOf(resource) === index,
  ) as SeamResource[];
  const owner = resources.find(({ kind }) => kind === "AcsUser");
  // With a user goes what Seam has of it, also what the stack lets go of and leaves there.
  const isLeftBehind =
    owner !== undefined &&
    GONE.has(owner.fate) &&
    resources.some(({ kind, fate }) => kind !== "AcsUser" && fate === "stays");
  if (side === "after" && isLeftBehind) return [];
  const user = owner?.[side]?.properties ?? {};
  // Whatever a credential says, its user's schedule bounds it.
  const window = fromNow(overlap(own, windowOf(user["accessSchedule"])), now);
  if (window === undefined) return [];
  return [
    {
      person,
      door,
      ...(method && { method }),
      window,
      opens,
      key,
      resources,
      isDeletedFirst: resources.some((resource) => resource.isDeletedFirst),
      isSuspended: user["isSuspended"] === true,
      isUncertain: isUncertain || resources.some(({ fate }) => fate === "may be replaced"),
    },
  ];
}

const GONE: ReadonlySet<string> = new Set(["deleted", "replaced"]);

function groupsOf({ properties }: SeamObject): string[] {
  return [...known(properties["acsAccessGroupId"]), ...known(properties["acsAccessGroupIds"])];
}

/** The doors of groups and spaces, as far as the stack or Seam tells them. */
function placesOf(side: Side, { resources, directory }: Stack) {
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
      const keyed = known(properties["spaceKeys"]).map((key) => ({
        key,
        urn: spaces.find((space) => space[side]?.properties["spaceKey"] === key)?.urn,
      }));
      const ofSpaces = await Promise.all([
        ...known(properties["spaceIds"]).map(inSpace),
        ...keyed.map(({ key, urn }) =>
          urn || key === UNKNOWN ? inSpace(urn ?? key) : [placeKey("space", key)],
        ),
      ]);
      return [...new Set([...placesIn(properties), ...ofSpaces.flat()])];
    },
  };
}

function placesIn({ acsEntranceIds, deviceIds }: Properties): string[] {
  return [
    ...known(acsEntranceIds),
    ...known(deviceIds).map((id) => (id === UNKNOWN ? UNKNOWN : placeKey("device", id))),
  ];
}

/** The texts of a text or a list, with one {@link UNKNOWN} for whatever cannot be read. */
function known(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [typeof value === "string" ? value : UNKNOWN];
  return [...new Set(value.map((one) => (hasUnknown(one) ? UNKNOWN : String(one))))];
}
