import type { Properties } from "../../provider/values/record";
import { credentialsOfEntrances } from "./doors";
import { membersAndEntrancesOf, type ReadGroup } from "./groups";
import { collect } from "./objects";
import type { Reader } from "./reader";

/** Where access is given: access systems, and what is in them. As Seam sends them. */
export interface Places {
  readonly systems: readonly Properties[];
  readonly entrances: readonly Properties[];
  readonly groups: readonly Properties[];
}

/** Access systems, entrances and access groups. @param query what both lists take, such as `{ acs_system_id }` */
export async function readPlaces(reader: Reader, query: Properties = {}): Promise<Places> {
  const as = (object: Properties) => object;
  const [systems, entrances, groups] = await Promise.all([
    collect(reader, "systems", as),
    collect(reader, "entrances", as, query),
    collect(reader, "groups", as, query),
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
  /** Access systems of which something about doors or groups could not be read: nothing sure is known of their doors. */
  readonly unsureSystems: ReadonlySet<string>;
}

/**
 * Finds out whose doors are whose from the side of the doors and groups: by one request for each entrance and two for
 * each access group, however many credentials there are.
 */
export async function readWhoseDoors(
  reader: Reader,
  { entrances, groups }: Pick<Places, "entrances" | "groups">,
): Promise<WhoseDoors> {
  const [byEntrance, byGroup] = await Promise.all([
    credentialsOfEntrances(reader, entrances),
    membersAndEntrancesOf(reader, groups),
  ]);
  const entrancesOf = reversed([...byEntrance]);
  const groupsOf = reversed([...byGroup].map(([id, { userIds }]) => [id, userIds]));
  const throughGroups = (user: string) =>
    new Set((groupsOf.get(user) ?? []).flatMap((group) => byGroup.get(group)?.entranceIds ?? []));
  const ofCredential = (id: string) => entrancesOf.get(id) ?? [];
  return {
    ofCredential,
    ownOf(id, user) {
      const through = user === undefined ? new Set() : throughGroups(user);
      return ofCredential(id).filter((entrance) => !through.has(entrance));
    },
    throughGroups,
    groupsOf: (user) => groupsOf.get(user) ?? [],
    groups: byGroup,
    unsureSystems: new Set(
      [
        ...entrances.filter(({ acs_entrance_id }) => !byEntrance.get(String(acs_entrance_id))),
        ...groups.filter(({ acs_access_group_id }) => {
          const { userIds, entranceIds } = byGroup.get(String(acs_access_group_id)) ?? {};
          return !userIds || !entranceIds;
        }),
      ].map(({ acs_system_id }) => String(acs_system_id)),
    ),
  };
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
