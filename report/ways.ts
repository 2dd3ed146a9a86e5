import type { Owner, Via } from "./document";
import type { CredentialFact, DoorFact, Facts, GrantFact, GroupFact, UserFact } from "./facts/facts";
import type { Owners } from "./owners";
import { overlap, phaseAt, type Window } from "./window";

/** One way in which a key opens a door. The same key can open the same door in several. */
export interface Way {
  readonly via: Via;
  readonly window: Window;
  readonly owner: Owner;
}

/** A key at a door, and all its ways in; at least one. */
export interface Key {
  readonly credential: CredentialFact;
  readonly user: UserFact | undefined;
  readonly ways: readonly Way[];
}

/** Finds out by which keys a door opens, from all sides that tell: none of them tells all. */
export interface Ways {
  keysOf(door: DoorFact): readonly Key[];
  /** The grant that made a credential, or the one that a phone's credential belongs to. */
  grantOf(credentialId: string): GrantFact | undefined;
  groupsOf(userId: string): readonly GroupFact[];
  credentialsOf(userId: string): readonly CredentialFact[];
}

/**
 * The sides are: the door's own list, which leaves out people who are suspended or whose time has not come; the members of
 * access groups with the door; the credentials of grants with the door; and what stacks declare.
 */
export function waysOf(facts: Facts, owners: Owners): Ways {
  const { credentials, users, groups, grants } = facts;
  const credentialsOf = grouped(credentials.values(), ({ userId }) => (userId === undefined ? [] : [userId]));
  const groupsOf = grouped(groups, ({ userIds }) => userIds);
  const groupsAt = grouped(groups, ({ doorIds }) => doorIds);
  const grantsAt = grouped(grants, ({ doorIds }) => doorIds);
  const grantsOf = grouped(grants, ({ credentialIds }) => credentialIds);
  const grantOf = (id: string) =>
    (grantsOf.get(id) ?? grantsOf.get(credentials.get(id)?.parentId ?? ""))?.[0];
  const declaredAt = grouped(credentials.values(), ({ id }) => owners.declaredDoors(id));
  const vias = new Map<string, Via>();
  /** The same object for all that comes through one thing: there may be very many rows. */
  const viaOf = (kind: Via["kind"], id: string, name?: string): Via => {
    const via = vias.get(id) ?? { kind, id, ...(name && { name }) };
    vias.set(id, via);
    return via;
  };

  function keysOf(door: DoorFact): Key[] {
    const keys = new Map<string, { credential: CredentialFact; user: UserFact | undefined; ways: Way[] }>();
    const add = (credential: CredentialFact, way: (user: UserFact | undefined) => Way) => {
      // What a grant or a user has in another system is no key to this door.
      if (credential.systemId !== door.systemId) return;
      const user = credential.userId === undefined ? undefined : users.get(credential.userId);
      const key = keys.get(credential.id) ?? { credential, user, ways: [] };
      key.ways.push(way(user));
      keys.set(credential.id, key);
    };
    const ownerOf = (credential: CredentialFact, at?: DoorFact) =>
      owners.ofCredential(credential, grantOf(credential.id), at);
    const byItself = (credential: CredentialFact, owner: Owner) =>
      add(credential, (user) => ({
        via: viaOf("credential", credential.id),
        window: overlap(credential.window, user?.window),
        owner,
      }));

    for (const grant of grantsAt.get(door.id) ?? []) {
      for (const credential of found(credentials, grant.credentialIds)) {
        add(credential, (user) => ({
          via: viaOf("access_grant", grant.id, grant.name),
          window: overlap(credential.window, user?.window, grant.window),
          owner: owners.ofCredential(credential, grant, door),
        }));
      }
    }
    for (const credential of declaredAt.get(door.id) ?? []) byItself(credential, ownerOf(credential, door));
    for (const group of groupsAt.get(door.id) ?? []) {
      for (const member of found(users, group.userIds)) {
        for (const credential of credentialsOf.get(member.id) ?? []) {
          add(credential, (user) => ({
            via: viaOf("access_group", group.id, group.name),
            window: overlap(credential.window, user?.window, group.window),
            owner: weaker(owners.ofMembership(group, member), ownerOf(credential)),
          }));
        }
      }
    }
    for (const credential of found(credentials, door.credentialIds ?? [])) {
      const known = keys.get(credential.id);
      if (known) {
        const own = overlap(credential.window, known.user?.window);
        const isOverByGrants = known.ways.every(
          ({ via, window }) => via.kind === "access_grant" && phaseAt(window, facts.readAtMs) === "after",
        );
        // What its grants gave is over, and it still opens the door: somebody has moved its end.
        if (isOverByGrants && phaseAt(own, facts.readAtMs) !== "after")
          byItself(credential, owners.ofCredential(credential, undefined, door));
        continue;
      }
      if ([credential.id, credential.parentId ?? ""].some((id) => facts.ofSomeGrant.has(id))) {
        byItself(credential, { kind: "unknown" });
        continue;
      }
      // It may come from an access group that was not read: then it is declared where key and membership are.
      byItself(
        credential,
        facts.unsureSystems.has(door.systemId)
          ? weaker({ kind: "unknown" }, ownerOf(credential))
          : ownerOf(credential, door),
      );
    }
    return [...keys.values()];
  }

  return {
    keysOf,
    grantOf,
    groupsOf: (id) => groupsOf.get(id) ?? [],
    credentialsOf: (id) => credentialsOf.get(id) ?? [],
  };
}

/** What opens by two things is declared where both are. */
function weaker(a: Owner, b: Owner): Owner {
  return (
    [a, b].find(({ kind }) => kind === "undeclared") ??
    (a.kind === "unknown" ? a : b.kind === "unknown" ? b : a)
  );
}

function found<T>(objects: ReadonlyMap<string, T>, ids: Iterable<string>): T[] {
  return [...ids].map((id) => objects.get(id)).filter((object) => object !== undefined);
}

function grouped<T>(
  objects: Iterable<T>,
  keysOf: (object: T) => readonly string[],
): ReadonlyMap<string, T[]> {
  const by = new Map<string, T[]>();
  for (const object of objects) {
    for (const key of keysOf(object)) {
      const same = by.get(key);
      if (same) same.push(object);
      else by.set(key, [object]);
    }
  }
  return by;
}
