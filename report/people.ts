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

/**
 * Everybody with this id, name or e-mail address: users of access systems, their user identity, and the other users of
 * it, however those are called.
 * @throws Error when there is nobody: an empty answer would look like "has nothing". It tells no other people's names
 */
export function findPerson(
  asked: string,
  { users, identities }: Pick<Facts, "users" | "identities">,
): FoundPerson {
  const isMeant = ({ id, name, emailAddress }: IdentityFact) =>
    id === asked || [name, emailAddress].some((text) => text !== undefined && isNamed(text, asked));
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
  if (userIds.size + identityIds.size > 0) return { userIds, identityIds };
  throw new Error(
    `Cannot find the person "${asked}": there is none among the ${users.size} users that were read. Write the name or e-mail address as it is in Seam, or give the id of the user or user identity.`,
  );
}

/** Tells which keys are a person's; every key where nobody is asked for. */
export function keysOfPerson(
  asked: string | undefined,
  facts: Pick<Facts, "users" | "identities">,
): (holder: KeyHolder) => boolean {
  if (asked === undefined) return () => true;
  const { userIds, identityIds } = findPerson(asked, facts);
  return ({ credential: { userId, identityId } }) =>
    (userId !== undefined && userIds.has(userId)) ||
    (identityId !== undefined && identityIds.has(identityId));
}
