import type { Person } from "./document";
import type { CredentialFact, Facts, IdentityFact, UserFact } from "./facts/facts";
import { isNamed } from "./filters";

/** A key, and the user of the access system who has it. */
export interface KeyHolder {
  readonly credential: Pick<CredentialFact, "userId" | "identityId">;
  readonly user: UserFact | undefined;
}

/** Who has a key; the same object for all keys of one person in a system. */
export function peopleOf({ identities }: Pick<Facts, "identities">): (holder: KeyHolder) => Person {
  const known = new Map<string, Person>();
  return ({ credential, user }) => {
    const id = user?.id ?? credential.userId ?? credential.identityId ?? "";
    const existing = known.get(id);
    if (existing) return existing;
    const identityId = user?.identityId ?? credential.identityId;
    const identity = identityId === undefined ? undefined : identities.get(identityId);
    const emailAddress = user?.emailAddress ?? identity?.emailAddress;
    const person: Person = {
      name: user?.name ?? identity?.name ?? "",
      ...(emailAddress !== undefined && { emailAddress }),
      acsUserId: user?.id ?? credential.userId ?? "",
      ...(identityId !== undefined && { userIdentityId: identityId }),
    };
    known.set(id, person);
    return person;
  };
}

/** One person over all systems. */
export interface FoundPerson {
  readonly userIds: ReadonlySet<string>;
  readonly identityIds: ReadonlySet<string>;
}

type People = Pick<Facts, "users" | "identities">;

/**
 * Everybody with this id, name or e-mail address: users of access systems, their user identity, and the other users of
 * it, however those are called; `undefined` when there is nobody.
 * @param by what counts besides ids; two people can have one name
 */
export function personNamed(
  asked: string,
  { users, identities }: People,
  by: readonly ("name" | "emailAddress")[] = ["name", "emailAddress"],
): FoundPerson | undefined {
  const isMeant = (person: IdentityFact) =>
    person.id === asked || by.some((property) => isNamed(person[property] ?? "", asked));
  const all = [...users.values()];
  const meant = all.filter((user) => isMeant(user) || user.identityId === asked);
  const identityIds = new Set([
    ...[...identities.values()].filter(isMeant).map(({ id }) => id),
    ...meant.flatMap(({ identityId }) => identityId ?? []),
  ]);
  const ofIdentities = all.filter(
    ({ identityId }) => identityId !== undefined && identityIds.has(identityId),
  );
  const userIds = new Set([...meant, ...ofIdentities].map(({ id }) => id));
  return userIds.size + identityIds.size > 0 ? { userIds, identityIds } : undefined;
}

/** An empty answer would look like "has nothing". It tells no other people's names. */
export function nobodyNamed(asked: string, { users }: People, how: string): Error {
  return new Error(
    `Cannot find the person "${asked}": there is none among the ${users.size} users that were read. ${how}`,
  );
}

/**
 * Tells which keys are a person's; every key where nobody is asked for.
 * @throws Error when there is nobody in the workspace; where only a door was read, that is no mistake
 */
export function keysOfPerson(
  asked: string | undefined,
  facts: People & Pick<Facts, "isNarrow">,
): (holder: KeyHolder) => boolean {
  if (asked === undefined) return () => true;
  const found = personNamed(asked, facts);
  if (!found && facts.isNarrow) return () => false;
  if (!found) {
    throw nobodyNamed(
      asked,
      facts,
      "Write the name or e-mail address as it is in Seam, or give the id of the user or user identity.",
    );
  }
  const { userIds, identityIds } = found;
  return ({ credential: { userId, identityId } }) =>
    (userId !== undefined && userIds.has(userId)) ||
    (identityId !== undefined && identityIds.has(identityId));
}
