import { epochMs } from "../../provider/values/instant";
import { type Properties, textsIn } from "../../provider/values/record";
import { credentialsOfMethods, partsOfGrants } from "../../report/reading/grants";
import { isIncomplete } from "../../report/reading/objects";
import type { Reader } from "../../report/reading/reader";
import type { LiveGrant } from "./grant";
import { type LiveMembership, membershipId } from "./membership";

/** Why an object is no resource of its own. */
export interface Belonging {
  readonly reason: string;
  readonly isProblem: boolean;
}

/** What there is that Seam may have made for an access grant. */
interface Candidates {
  readonly grants: readonly LiveGrant[];
  readonly unmanagedGrants: readonly Properties[];
  readonly users: readonly Properties[];
  readonly credentials: readonly Properties[];
  readonly memberships: readonly LiveMembership[];
}

const MADE: Belonging = {
  reason: "Seam made it for an access grant, and it goes with that",
  isProblem: false,
};
const OF_UNMANAGED: Belonging = {
  reason:
    "it may be a part of an access grant that Seam does not manage; an import of grants with --manage takes that under management",
  isProblem: true,
};
const UNSURE: Belonging = {
  reason: "the access grants could not be read, so nobody can tell whether it is a part of one",
  isProblem: true,
};

/**
 * What Seam made for access grants, by id: it goes with the grant, and would be deleted twice. Credentials are told by
 * the grants' access methods. A user or a membership does not tell: it is a grant's when it came with or after a grant of
 * the same person, and opens nothing but what the grant does.
 */
export async function madeForGrants(
  reader: Reader,
  { grants, unmanagedGrants, users, credentials, memberships }: Candidates,
): Promise<ReadonlyMap<string, Belonging>> {
  const methodIds =
    credentials.length > 0 ? grants.flatMap(({ wire }) => textsIn(wire["access_method_ids"])) : [];
  const made = isIncomplete(reader, "grants") ? undefined : await credentialsOfMethods(reader, methodIds);
  const isUnsure = made === undefined || isIncomplete(reader, "unmanagedGrants");
  const of = Map.groupBy(grants, ({ wire }) => wire["user_identity_id"]);
  const ofUnmanaged = Map.groupBy(unmanagedGrants, (grant) => grant["user_identity_id"]);
  const people = new Map(users.map((user) => [user["acs_user_id"], user["user_identity_id"]]));
  const belongings = new Map<string, Belonging>();

  for (const credential of credentials) {
    const id = String(credential["acs_credential_id"]);
    const person = people.get(credential["acs_user_id"]) ?? credential["user_identity_id"];
    const unmanaged = ofUnmanaged.get(person) ?? [];
    if (made?.has(id)) belongings.set(id, MADE);
    else if (unmanaged.some((grant) => isNotOlder(credential, grant))) belongings.set(id, OF_UNMANAGED);
    else if (isUnsure) belongings.set(id, UNSURE);
  }

  const grantsOf = ({ acsUserId }: LiveMembership) => of.get(people.get(acsUserId)) ?? [];
  for (const membership of await throughGrants(reader, memberships, grantsOf))
    belongings.set(membershipId(membership), MADE);

  const credentialsOf = Map.groupBy(credentials, (credential) => credential["acs_user_id"]);
  const membershipsOf = Map.groupBy(memberships, ({ acsUserId }) => acsUserId);
  for (const user of users) {
    const id = String(user["acs_user_id"]);
    const person = user["user_identity_id"];
    const cameWith = (grants: readonly Properties[] = []) => grants.some((grant) => isNotOlder(user, grant));
    const belonging = cameWith(of.get(person)?.map(({ wire }) => wire))
      ? MADE
      : cameWith(ofUnmanaged.get(person)) && OF_UNMANAGED;
    const own = [
      ...(credentialsOf.get(id) ?? []).map((credential) => String(credential["acs_credential_id"])),
      ...(membershipsOf.get(id) ?? []).map(membershipId),
    ];
    if (belonging && own.length > 0 && own.every((one) => belongings.has(one))) belongings.set(id, belonging);
  }
  return belongings;
}

/**
 * The memberships in groups that a grant of the same person uses. An answer about several grants shows the groups of all
 * of them: where it would make a difference, the person's grants are asked about by themselves.
 */
async function throughGrants(
  reader: Reader,
  memberships: readonly LiveMembership[],
  grantsOf: (membership: LiveMembership) => readonly LiveGrant[],
): Promise<LiveMembership[]> {
  const usesGroup = (parts: LiveGrant["parts"], { acsAccessGroupId }: LiveMembership) =>
    parts?.groups.some((group) => group["acs_access_group_id"] === acsAccessGroupId) === true;
  const candidates = memberships.filter((one) => grantsOf(one).some(({ parts }) => usesGroup(parts, one)));
  const unsure = candidates.flatMap(grantsOf).filter(({ parts }) => parts?.hasGroupsOfOthers);
  const asked = [...new Set(unsure)].map(({ wire }) => partsOfGrants(reader, [wire]));
  const alone = new Map((await Promise.all(asked)).flatMap((answers) => [...answers]));
  const partsOf = ({ wire, parts }: LiveGrant) => alone.get(String(wire["access_grant_id"])) ?? parts;
  return candidates.filter((one) => grantsOf(one).some((grant) => usesGroup(partsOf(grant), one)));
}

function isNotOlder(one: Properties, other: Properties): boolean {
  const [came, otherCame] = [epochMs(one["created_at"]), epochMs(other["created_at"])];
  return came !== undefined && otherCame !== undefined && came >= otherCame;
}
