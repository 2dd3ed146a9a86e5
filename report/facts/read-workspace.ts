import { type Properties, textsIn } from "../../provider/values/record";
import { credentialsOfEntrances } from "../reading/doors";
import { membersAndEntrancesOf } from "../reading/groups";
import { collect, isIncomplete, type KindName } from "../reading/objects";
import type { Reader } from "../reading/reader";
import { readPlaces } from "../reading/reading";
import type { CredentialFact, DoorFact, Facts, GroupFact, IdentityFact } from "./facts";
import { credentialFact, identityFact, scheduleWindow, text, userFact } from "./from-wire";
import { readGrants } from "./read-grants";
import type { Scope } from "./scope";

export type ReadFacts = Pick<
  Facts,
  | "doors"
  | "users"
  | "identities"
  | "credentials"
  | "groups"
  | "grants"
  | "unsureSystems"
  | "ofSomeGrant"
  | "leftOut"
>;

/** Reads everything about doors and keys: pages, and one request for each door and live grant, two for each group. */
export async function readWorkspace(reader: Reader, scope: Scope): Promise<ReadFacts> {
  const query = scope.systemId === undefined ? {} : { acs_system_id: scope.systemId };
  const id = (value: unknown) => reader.id(value);
  const [{ entrances, groups }, users, identities, credentials, grants, unmanaged] = await Promise.all([
    readPlaces(reader, query),
    collect(reader, "users", userFact, query),
    collect(reader, "identities", identityFact),
    collect(reader, "credentials", (wire) => shared(credentialFact(wire), id), query),
    readGrants(reader, query, scope),
    collect(reader, "unmanagedGrants", () => undefined, query),
  ]);
  const [opening, membersAndDoors] = await Promise.all([
    credentialsOfEntrances(reader, entrances),
    membersAndEntrancesOf(reader, groups),
  ]);
  return {
    doors: byId(entrances.map((wire) => doorFact(wire, opening.get(String(wire["acs_entrance_id"]))))),
    users: byId(users),
    identities: byId(identities),
    credentials: byId(credentials),
    groups: groups.map((wire) => groupFact(wire, membersAndDoors.get(String(wire["acs_access_group_id"])))),
    grants,
    ofSomeGrant: new Set(),
    unsureSystems: new Set([
      ...groups
        .filter(({ acs_access_group_id }) => {
          const { userIds, entranceIds } = membersAndDoors.get(String(acs_access_group_id)) ?? {};
          return !userIds || !entranceIds;
        })
        .map(({ acs_system_id }) => String(acs_system_id)),
      // Who is not among the users that were read is not found among a group's members.
      ...unreadSystems(reader, entrances, ["groups", "users"]),
    ]),
    leftOut:
      unmanaged.length === 0
        ? []
        : [
            `${unmanaged.length} access grants that Seam knows of but does not control: what they made is not linked to them.`,
          ],
  };
}

/** The systems of these entrances of which not all of these kinds was read. */
export function unreadSystems(
  reader: Reader,
  entrances: readonly Properties[],
  kinds: readonly KindName[],
): string[] {
  return entrances
    .map(({ acs_system_id }) => String(acs_system_id))
    .filter((system) => kinds.some((kind) => isIncomplete(reader, kind, system)));
}

export function doorFact(wire: Properties, credentialIds: Iterable<string> | undefined): DoorFact {
  return {
    id: String(wire["acs_entrance_id"]),
    name: text(wire["display_name"]) ?? "",
    systemId: String(wire["acs_system_id"]),
    credentialIds: credentialIds && new Set(credentialIds),
    spaceIds: Array.isArray(wire["space_ids"]) ? textsIn(wire["space_ids"]) : undefined,
  };
}

export function groupFact(
  wire: Properties,
  read:
    | { readonly userIds: readonly string[] | undefined; readonly entranceIds: readonly string[] | undefined }
    | undefined,
): GroupFact {
  return {
    id: String(wire["acs_access_group_id"]),
    name: text(wire["name"]) ?? text(wire["display_name"]),
    systemId: String(wire["acs_system_id"]),
    window: scheduleWindow(wire),
    doorIds: read?.entranceIds ?? [],
    userIds: read?.userIds ?? [],
  };
}

export function byId<T extends IdentityFact | DoorFact | CredentialFact>(
  facts: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(facts.map((fact) => [fact.id, fact]));
}

/** Ids repeat in very many answers: one text each. */
function shared(fact: CredentialFact, id: (value: unknown) => string): CredentialFact {
  return { ...fact, id: id(fact.id), systemId: id(fact.systemId), userId: fact.userId && id(fact.userId) };
}
