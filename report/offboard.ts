import type { AccessRow, Door, Owner, Person, SCHEMA_VERSION, System, WorkspaceInfo } from "./document";
import type { CredentialFact, GroupFact, UserFact } from "./facts/facts";
import { methodName } from "./method-name";
import { nobodyNamed, peopleOf, personNamed } from "./people";
import type { Access } from "./read-access";
import { rowsOf } from "./rows";
import { compareTexts } from "./sorting";
import type { Key, Way, Ways } from "./ways";
import { phaseAt } from "./window";

/** Everything that one person has, over all systems, and what it takes to end it. */
export interface Offboarding {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly generatedAt: string;
  readonly complete: boolean;
  readonly workspace: WorkspaceInfo;
  readonly stacks: readonly string[];
  /** The person, as each system has them. */
  readonly people: readonly Person[];
  readonly holdings: readonly Holding[];
  /**
   * What the person can still open, now or later, once everything that is declared is taken out of its stack: by what
   * nobody declares, and by what is declared with `retainOnDelete`.
   */
  readonly remains: readonly AccessRow[];
  readonly notSeen: readonly string[];
}

/** One thing that a person has in Seam. */
export interface Holding {
  readonly kind: "credential" | "access_grant" | "membership" | "user" | "user_identity";
  /** Seam's id; of a membership the group's and the user's, `<acsAccessGroupId>/<acsUserId>`. */
  readonly id: string;
  /** What it is, in words: `PIN`, `access group Staff`. */
  readonly name: string;
  readonly system?: System;
  /** Doors that it opens at some time, as far as Seam tells. */
  readonly doors: readonly Door[];
  /** Locks without an access system that a grant opens. */
  readonly deviceCount?: number;
  /** Where it is declared: take that resource out of that stack. Else it has to be deleted by hand. */
  readonly owner: Owner;
  /** Whether it is still in Seam once everything that is declared is taken out of its stack. */
  readonly staysInSeam: boolean;
}

/**
 * What a person has: keys, grants, memberships, users and the user identity.
 * @param asked e-mail address, or id of a user or user identity
 * @throws Error when there is nobody
 */
export function offboarding(access: Access, asked: string): Offboarding {
  const { facts, owners, ways } = access;
  const found = personNamed(asked, facts, ["emailAddress"]);
  if (!found) {
    const how = "Give the e-mail address as it is in Seam, or the id of the user or user identity.";
    throw nobodyNamed(asked, facts, how);
  }
  const { userIds, identityIds } = found;
  const users = [...facts.users.values()].filter(({ id }) => userIds.has(id));
  const isTheirs = ({ userId, identityId }: CredentialFact) =>
    (userId !== undefined && userIds.has(userId)) ||
    (identityId !== undefined && identityIds.has(identityId));
  const credentials = [...facts.credentials.values()].filter(isTheirs);
  const ids = new Set(credentials.map(({ id }) => id));
  const rows = [...rowsOf(facts, owners, { at: "any" }, ways)].filter(({ acsCredentialId }) =>
    ids.has(acsCredentialId),
  );
  const systemOf = (id: string): System => ({ name: facts.systems.get(id)?.name ?? "", acsSystemId: id });
  const doorsOf = (test: (row: AccessRow) => boolean) => [
    ...new Map(rows.filter(test).map(({ door }) => [door.acsEntranceId, door])).values(),
  ];
  const doorsIn = (doorIds: readonly string[]): Door[] =>
    doorIds.map((id) => ({ name: facts.doors.get(id)?.name ?? "", acsEntranceId: id }));
  const grants = facts.grants.filter(
    ({ identityId, credentialIds }) =>
      (identityId !== undefined && identityIds.has(identityId)) || credentialIds.some((id) => ids.has(id)),
  );
  const goes = goingBy(access);
  const holdings: Holding[] = [
    ...grants.map(
      (grant): Holding => ({
        kind: "access_grant",
        id: grant.id,
        name: `access grant ${grant.name ?? ""}`.trim(),
        doors: doorsIn(grant.doorIds),
        ...(grant.deviceCount > 0 && { deviceCount: grant.deviceCount }),
        owner: owners.ofObject(grant.id),
        staysInSeam: !goes(grant.id, grant.identityId),
      }),
    ),
    // What a grant made, and a phone's key, goes with the grant and with its parent.
    ...credentials
      .filter(({ id, parentId }) => !ways.grantOf(id) && !(parentId !== undefined && ids.has(parentId)))
      .map(
        (credential): Holding => ({
          kind: "credential",
          id: credential.id,
          name: methodName(credential.method),
          system: systemOf(credential.systemId),
          doors: doorsOf(
            ({ acsCredentialId, via }) => acsCredentialId === credential.id && via.kind === "credential",
          ),
          owner: owners.ofCredential(credential, undefined),
          staysInSeam: !goes(...thingsOf(credential, facts.users.get(credential.userId ?? ""))),
        }),
      ),
    ...users.flatMap((user) =>
      ways.groupsOf(user.id).map(
        (group): Holding => ({
          kind: "membership",
          id: `${group.id}/${user.id}`,
          name: `access group ${group.name ?? group.id}`,
          system: systemOf(group.systemId),
          doors: doorsIn(group.doorIds),
          owner: owners.ofMembership(group, user),
          staysInSeam: !goes(user.id, ...membershipIds(group, user)),
        }),
      ),
    ),
    ...users.map(
      (user): Holding => ({
        kind: "user",
        id: user.id,
        name: "user of the access system",
        system: systemOf(user.systemId),
        doors: [],
        owner: owners.ofObject(user.id),
        staysInSeam: !goes(user.id),
      }),
    ),
    ...[...identityIds].map(
      (id): Holding => ({
        kind: "user_identity",
        id,
        name: "user identity",
        doors: [],
        owner: owners.ofObject(id),
        staysInSeam: !goes(id),
      }),
    ),
  ];
  const { schemaVersion, generatedAt, complete, workspace, stacks, notSeen } = access.frame();
  return {
    schemaVersion,
    generatedAt,
    complete,
    workspace,
    stacks,
    people: personsOf(access, users, credentials, identityIds),
    holdings,
    remains: [...rowsOf(facts, owners, { at: "any" }, remainingWays(access))].filter(
      ({ acsCredentialId, endsAt }) => {
        const end = endsAt === undefined ? {} : { endsAt: Date.parse(endsAt) };
        return ids.has(acsCredentialId) && phaseAt(end, facts.readAtMs) !== "after";
      },
    ),
    notSeen,
  };
}

/**
 * Tells what goes once everything that is declared is taken out of its stack, by the ids of the thing and of what it
 * hangs on. People who were there before their resource stay, and so does what is declared to be left in Seam.
 */
function goingBy({ owners }: Access): (...ids: readonly (string | undefined)[]) => boolean {
  return (...ids) =>
    ids.some(
      (id) =>
        id !== undefined && owners.declaring(id).some(({ isShared, isRetained }) => !isShared && !isRetained),
    );
}

/** What a key goes with besides its grant: with a user or identity go all keys of theirs. */
function thingsOf({ id, parentId, identityId }: CredentialFact, user: UserFact | undefined) {
  return [id, parentId, identityId, user?.id, user?.identityId];
}

function membershipIds({ id }: GroupFact, user: UserFact): string[] {
  return [`${id}/${user.id}`, `${id}/${user.identityId}`];
}

/** The ways in that are left once everything that is declared is gone. */
function remainingWays(access: Access): Ways {
  const { facts, ways } = access;
  const goes = goingBy(access);
  const groups = new Map(facts.groups.map((group) => [group.id, group]));
  const isKeyGone = ({ credential, user }: Key) =>
    goes(ways.grantOf(credential.id)?.id, ...thingsOf(credential, user));
  const isLeft = ({ user }: Key, { via }: Way) => {
    const group = via.kind === "access_group" ? groups.get(via.id) : undefined;
    return !group || !user || !goes(...membershipIds(group, user));
  };
  return {
    ...ways,
    keysOf: (door) =>
      ways
        .keysOf(door)
        .filter((key) => !isKeyGone(key))
        .map((key) => ({ ...key, ways: key.ways.filter((way) => isLeft(key, way)) }))
        .filter((key) => key.ways.length > 0),
  };
}

function personsOf(
  { facts }: Access,
  users: readonly UserFact[],
  credentials: readonly CredentialFact[],
  identityIds: ReadonlySet<string>,
): Person[] {
  const personOf = peopleOf(facts);
  const known = new Set([...users, ...credentials].map(({ identityId }) => identityId));
  // Such as somebody with a grant for a lock without an access system.
  const others = [...identityIds].filter((id) => !known.has(id));
  const people = new Set([
    ...users.map((user) => personOf({ credential: { userId: user.id, identityId: user.identityId }, user })),
    ...credentials
      .filter(({ userId }) => userId === undefined || !facts.users.has(userId))
      .map((credential) => personOf({ credential, user: undefined })),
    ...others.map((identityId) =>
      personOf({ credential: { userId: undefined, identityId }, user: undefined }),
    ),
  ]);
  return [...people].sort((a, b) => compareTexts(a.name, b.name) || compareTexts(a.acsUserId, b.acsUserId));
}
