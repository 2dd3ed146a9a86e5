import type * as pulumi from "@pulumi/pulumi";
import type { SeamObjectWarning } from "../../errors-and-warnings";
import { type Asked, ask, type LookUp, LookUpError } from "../../lookups/look-up";
import type { AccessMethod } from "../../resources/acs-credential";
import type { ResolvedPerson, ResolvedRoster } from "./resolve";

/** Ids of what is in the access system already and is taken over; `undefined` of what has to be made. */
export interface Adopted {
  acsUserId(person: ResolvedPerson): string | undefined;
  acsCredentialId(person: ResolvedPerson): string | undefined;
}

/** Nobody is taken over. */
export const NOBODY: Adopted = { acsUserId: () => undefined, acsCredentialId: () => undefined };

/**
 * Finds the users and credentials that people of the roster have already. Whom a roster means is never guessed: where
 * several come into question, that is a problem.
 * @param isByEmail whether users are found by e-mail addresses, besides by the ids that the roster gives
 * @param problems gets what is wrong, with its lines; nobody's address is in it
 */
export async function findAdopted(
  acsSystemId: string,
  { people, lines }: ResolvedRoster,
  isByEmail: boolean,
  problems: string[],
  opts: { readonly parent: pulumi.Resource },
): Promise<Adopted> {
  const sought = people.filter(({ acsUserId, email }) => acsUserId ?? (isByEmail && email));
  if (sought.length === 0) return NOBODY;
  const [users, credentials] = await Promise.all([
    ask(USERS, { acsSystemId }, opts),
    ask(CREDENTIALS, { acsSystemId }, opts),
  ]);
  const staying = users.filter(isStaying);
  const tell = ({ key }: ResolvedPerson, problem: string) => problems.push(`${lines.get(key)}: ${problem}`);
  const meant = new Map<string, ResolvedPerson>();
  const found = new Map<string, FoundUser>();
  for (const person of sought) {
    const [user, ...others] = usersOf(person, staying);
    const ids = [user, ...others].map((one) => `acs_user ${one?.acsUserId}`).join(", ");
    const other = user && meant.get(user.acsUserId);
    if (others.length > 0) {
      const count = `${others.length + 1} users of acs_system ${acsSystemId} have this address (${ids})`;
      tell(person, `email: ${count}. Say by acsUserId which of them is this person.`);
    } else if (!user && person.acsUserId) {
      const id = person.acsUserId;
      tell(person, `acsUserId: acs_system ${acsSystemId} has no acs_user ${id}. Correct it, or take it out.`);
    } else if (user && other) {
      tell(person, `${ids} is that of ${lines.get(other.key)}, too. Say by acsUserId whose it is.`);
    } else if (user) {
      meant.set(user.acsUserId, person);
      found.set(person.key, user);
    }
  }
  const ofGrants = await credentialsOfGrants([...found.values()], opts);
  const keys = new Map<string, string>();
  for (const person of sought) {
    const user = found.get(person.key);
    if (!user) continue;
    const [credential, ...others] = credentialsOf(user, person.method, credentials).filter(
      ({ acsCredentialId }) => !ofGrants.has(acsCredentialId),
    );
    if (others.length === 0) {
      if (credential) keys.set(person.key, credential.acsCredentialId);
      for (const problem of otherTimes(person, user, credential)) tell(person, problem);
      continue;
    }
    const ids = [credential, ...others].map((one) => `acs_credential ${one?.acsCredentialId}`).join(", ");
    tell(
      person,
      `acs_user ${user.acsUserId} has ${others.length + 1} credentials of method ${person.method} (${ids}), and a roster gives one. Delete in Seam what is not needed. If the roster has the person already, take adopt and acsUserId out.`,
    );
  }
  return {
    acsUserId: ({ key }) => found.get(key)?.acsUserId,
    acsCredentialId: ({ key }) => keys.get(key),
  };
}

/** Times in Seam of what is taken over that would stay, unseen, where the roster gives none. */
function otherTimes(
  { startsAt, endsAt }: ResolvedPerson,
  user: FoundUser,
  credential: FoundCredential | undefined,
): string[] {
  const { acsUserId, accessSchedule } = user;
  const all = [
    { what: `acs_user ${acsUserId}`, ...accessSchedule },
    { what: `acs_credential ${credential?.acsCredentialId}`, ...credential },
  ];
  const advice =
    "Give the person this time, or take it out in Seam. If the roster has the person already, take adopt and acsUserId out.";
  return all.flatMap((found) => [
    ...(found.endsAt !== undefined && endsAt === undefined
      ? [`${found.what} ends ${found.endsAt}, and the roster gives no end. ${advice}`]
      : []),
    ...(isToCome(found.startsAt) && startsAt === undefined
      ? [`${found.what} begins ${found.startsAt}, and the roster gives no beginning. ${advice}`]
      : []),
  ]);
}

function isToCome(time: string | undefined): boolean {
  return time !== undefined && Date.parse(time) > Date.now();
}

/** Everybody who may be meant. An address counts wherever Seam shows it: the user's own, or its identity's. */
function usersOf({ acsUserId, email }: ResolvedPerson, users: readonly FoundUser[]): FoundUser[] {
  if (acsUserId !== undefined) return users.filter((user) => user.acsUserId === acsUserId);
  const wanted = email?.toLowerCase();
  return users.filter(({ emailAddress, userIdentityEmailAddress }) =>
    [emailAddress, userIdentityEmailAddress].some((address) => address?.toLowerCase() === wanted),
  );
}

/** Those that the roster could have made: none that is over, and none that a phone has of another one. */
function credentialsOf(
  { acsUserId }: FoundUser,
  method: AccessMethod,
  credentials: readonly FoundCredential[],
): FoundCredential[] {
  return credentials.filter(
    (credential) =>
      credential.acsUserId === acsUserId &&
      credential.accessMethod === method &&
      credential.parentAcsCredentialId === undefined &&
      !(credential.endsAt !== undefined && Date.parse(credential.endsAt) <= Date.now()) &&
      isStaying(credential),
  );
}

/** What access grants of these users made: that is the grants', and no roster may take it over. */
async function credentialsOfGrants(
  users: readonly FoundUser[],
  opts: { readonly parent: pulumi.Resource },
): Promise<ReadonlySet<string>> {
  const identities = new Set(users.flatMap(({ userIdentityId }) => userIdentityId ?? []));
  if (identities.size === 0) return new Set();
  const grants = await ask(GRANTS, {}, opts);
  const accessMethodIds = grants
    .filter(({ userIdentityId }) => identities.has(userIdentityId))
    .flatMap((grant) => grant.accessMethodIds);
  if (accessMethodIds.length === 0) return new Set();
  const made = await ask(MADE_BY_METHODS, { accessMethodIds }, opts);
  return new Set(made.map(({ acsCredentialId }) => acsCredentialId));
}

function isStaying({ warnings = [] }: { readonly warnings?: readonly SeamObjectWarning[] }): boolean {
  return warnings.every(({ warningCode }) => warningCode !== "being_deleted");
}

interface FoundUser {
  readonly acsUserId: string;
  readonly emailAddress?: string;
  readonly userIdentityEmailAddress?: string;
  readonly userIdentityId?: string;
  readonly accessSchedule?: { readonly startsAt?: string; readonly endsAt?: string };
  readonly warnings?: readonly SeamObjectWarning[];
}

interface FoundCredential {
  readonly acsCredentialId: string;
  readonly acsUserId?: string;
  readonly accessMethod: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly parentAcsCredentialId?: string;
  readonly warnings?: readonly SeamObjectWarning[];
}

interface FoundGrant {
  readonly userIdentityId: string;
  readonly accessMethodIds: readonly string[];
}

const USERS: LookUp<{ acsSystemId: string }, readonly FoundUser[]> = {
  name: "getAcsUsers",
  listProperty: "acsUsers",
  find: ({ acsSystemId }, seam) =>
    seam.list(
      "/acs/users/list",
      "acs_users",
      { acs_system_id: acsSystemId },
      `look who is in acs_system ${acsSystemId}`,
    ),
};

const CREDENTIALS: LookUp<{ acsSystemId: string }, readonly FoundCredential[]> = {
  name: "getAcsCredentials",
  listProperty: "acsCredentials",
  find: ({ acsSystemId }, seam) =>
    seam.list(
      "/acs/credentials/list",
      "acs_credentials",
      { acs_system_id: acsSystemId },
      `look what credentials acs_system ${acsSystemId} has`,
    ),
};

const GRANTS: LookUp<object, readonly FoundGrant[]> = {
  name: "getAccessGrants",
  listProperty: "accessGrants",
  find: (_, seam) => seam.list("/access_grants/list", "access_grants", {}, "look who has access grants"),
};

const MADE_BY_METHODS: LookUp<{ accessMethodIds: string[] }, readonly FoundCredential[]> = {
  name: "getAcsCredentialsOfAccessMethods",
  listProperty: "acsCredentials",
  async find({ accessMethodIds }, seam) {
    const made: FoundCredential[] = [];
    for (let from = 0; from < accessMethodIds.length; from += METHODS_AT_ONCE) {
      const ids = accessMethodIds.slice(from, from + METHODS_AT_ONCE);
      made.push(...(await credentialsOfMethods(seam, ids)));
    }
    return made;
  },
};

const METHODS_AT_ONCE = 100;

async function credentialsOfMethods(seam: Asked, ids: string[]): Promise<readonly FoundCredential[]> {
  try {
    const { acsCredentials } = await seam.get<{ acsCredentials?: FoundCredential[] }>(
      "/access_methods/get_related",
      "batch",
      { access_method_ids: ids, include: ["acs_credentials"] },
      "look which credentials are those of access grants",
    );
    if (acsCredentials) return acsCredentials;
  } catch (error) {
    if ((error as { type?: unknown }).type !== "access_method_not_found") throw error;
    // One was taken away since its grant was listed: the others are there.
    const middle = Math.ceil(ids.length / 2);
    if (middle === ids.length) return [];
    const halves = [ids.slice(0, middle), ids.slice(middle)];
    return (await Promise.all(halves.map((half) => credentialsOfMethods(seam, half)))).flat();
  }
  throw new LookUpError(
    "Seam does not say which credentials access grants have made, so none can be taken over. Take adopt out, or give the roster people who have none.",
  );
}
