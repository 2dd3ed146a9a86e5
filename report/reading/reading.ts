import type { Properties } from "../../provider/values/record";
import { credentialsOfEntrances, entrancesOfCredential } from "./doors";
import { membersAndEntrancesOf, type ReadGroup } from "./groups";
import { asSent, collect } from "./objects";
import type { Reader } from "./reader";

/** Where access is given: access systems, and what is in them. As Seam sends them. */
export interface Places {
  readonly systems: readonly Properties[];
  readonly entrances: readonly Properties[];
  readonly groups: readonly Properties[];
}

/** Access systems, entrances and access groups. @param query what both lists take, such as `{ acs_system_id }` */
export async function readPlaces(reader: Reader, query: Properties = {}): Promise<Places> {
  const [systems, entrances, groups] = await Promise.all([
    collect(reader, "systems", asSent),
    collect(reader, "entrances", asSent, query),
    collect(reader, "groups", asSent, query),
  ]);
  return { systems, entrances, groups };
}

/** Whose doors are whose, all by id. */
export interface WhoseDoors {
  /** Entrances that a credential opens now, whatever through. */
  ofCredential(acsCredentialId: string): readonly string[];
  /** Those of them that stand on the credential, and do not come from the access groups of its user. */
  ownOf(acsCredentialId: string, acsUserId: string | undefined): readonly string[];
  /** Entrances of the access groups that a user is in. */
  throughGroups(acsUserId: string): ReadonlySet<string>;
  groupsOf(acsUserId: string): readonly string[];
  readonly groups: ReadonlyMap<string, ReadGroup>;
  /** Credentials that were deleted while their entrances were read; others may have been, too. */
  readonly gone: ReadonlySet<string>;
  /** Access systems of which something about doors or groups could not be read: nothing sure is known of their doors. */
  readonly unsureSystems: ReadonlySet<string>;
}

/**
 * Finds out whose doors are whose from the side of the doors and groups: by one request for each entrance and two for
 * each access group, however many credentials there are.
 * @param credentials the only ones that matter: where they are fewer than the entrances, they are asked about instead
 */
export async function readWhoseDoors(
  reader: Reader,
  { entrances, groups }: Pick<Places, "entrances" | "groups">,
  credentials?: readonly Properties[],
): Promise<WhoseDoors> {
  const isFewer = credentials !== undefined && credentials.length < entrances.length;
  const [ofCredentials, byGroup] = await Promise.all([
    isFewer ? fromCredentials(reader, credentials) : fromEntrances(reader, entrances),
    membersAndEntrancesOf(reader, groups),
  ]);
  const groupsOf = reversed([...byGroup].map(([id, { userIds }]) => [id, userIds]));
  // Many people are in the same groups.
  const through = new Map<string, ReadonlySet<string>>();
  const throughGroups = (user: string) => {
    const ids = groupsOf.get(user) ?? [];
    const key = ids.join();
    const known = through.get(key);
    if (known) return known;
    const found = new Set(ids.flatMap((group) => byGroup.get(group)?.entranceIds ?? []));
    through.set(key, found);
    return found;
  };
  const ofCredential = (id: string) => ofCredentials.byId.get(id) ?? [];
  const unreadGroups = groups.filter(({ acs_access_group_id }) => {
    const { userIds, entranceIds } = byGroup.get(String(acs_access_group_id)) ?? {};
    return !userIds || !entranceIds;
  });
  return {
    ofCredential,
    ownOf(id, user) {
      const all = ofCredential(id);
      if (user === undefined || all.length === 0) return all;
      const others = throughGroups(user);
      return all.filter((entrance) => !others.has(entrance));
    },
    throughGroups,
    groupsOf: (user) => groupsOf.get(user) ?? [],
    groups: byGroup,
    gone: ofCredentials.gone,
    unsureSystems: new Set(
      [...ofCredentials.unread, ...unreadGroups].map(({ acs_system_id }) => String(acs_system_id)),
    ),
  };
}

/** Entrances by credential, and the objects whose part of that could not be read. */
interface OfCredentials {
  readonly byId: ReadonlyMap<string, readonly string[]>;
  readonly unread: readonly Properties[];
  readonly gone: ReadonlySet<string>;
}

async function fromEntrances(reader: Reader, entrances: readonly Properties[]): Promise<OfCredentials> {
  const byEntrance = await credentialsOfEntrances(reader, entrances);
  return {
    byId: reversed([...byEntrance]),
    unread: entrances.filter(({ acs_entrance_id }) => !byEntrance.get(String(acs_entrance_id))),
    gone: new Set(),
  };
}

async function fromCredentials(reader: Reader, credentials: readonly Properties[]): Promise<OfCredentials> {
  const byId = new Map<string, readonly string[]>();
  const gone = new Set<string>();
  const unread: Properties[] = [];
  const all = credentials.map(async (credential) => {
    const id = reader.id(credential["acs_credential_id"]);
    const entrances = await entrancesOfCredential(reader, credential);
    if (entrances === undefined) unread.push(credential);
    else if (entrances === "gone") gone.add(id);
    else byId.set(id, entrances);
    const read = byId.size + gone.size + unread.length;
    reader.progress({ what: "entrances of credentials", read, of: credentials.length });
  });
  await Promise.all(all);
  return { byId, gone, unread };
}

/** By each of the listed ids, whatever lists it. */
function reversed(
  lists: readonly (readonly [string, readonly string[] | undefined])[],
): ReadonlyMap<string, readonly string[]> {
  const by = new Map<string, string[]>();
  for (const [id, listed = []] of lists) {
    for (const one of listed) {
      const ids = by.get(one);
      if (ids) ids.push(id);
      else by.set(one, [id]);
    }
  }
  return by;
}
