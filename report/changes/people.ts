import { deepEqual, isRecord } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";
import type { ChangedPerson } from "./change";
import type { Directory } from "./directory";
import type { Kind } from "./kinds";
import type { SeamObject, SeamResource } from "./resources";

export type Side = "before" | "after";

export const SIDES = ["before", "after"] as const;

/** Who is who: users of several access systems that belong to one user identity are one person. */
export interface People {
  /** A key of the person that an object of this resource names; {@link UNKNOWN} where that cannot be told. */
  of(resource: SeamResource, side: Side): string;
  /** Of a user, by its URN or id. */
  ofUser(user: string, side: Side): string;
  /** The declared user that an object of this resource names, or is. */
  userOf(resource: SeamResource, side: Side): SeamResource | undefined;
  /** The declared users of a person. */
  usersOf(person: string): readonly SeamResource[];
  describe(person: string, directory: Directory): Promise<ChangedPerson>;
}

export function peopleOf(resources: readonly SeamResource[]): People {
  // What a replacement leaves in Seam comes after the replacement.
  const byUrn = new Map([...resources].reverse().map((resource) => [resource.urn, resource]));
  const left = new Map(resources.filter(({ isLeft }) => isLeft).map((resource) => [resource.urn, resource]));

  const ofUser = (user: string, side: Side): string => {
    const declared = byUrn.get(user);
    // Where one side does not say whose user it is, the other one does.
    const identities = [side, ...SIDES].map((each) => known(declared?.[each]?.properties["userIdentityId"]));
    const identity = identities.find((each) => each !== undefined);
    return identity === undefined ? keyOf("acs_user", user) : keyOf("user_identity", identity);
  };

  const of = (resource: SeamResource, side: Side): string => {
    if (resource.kind === "AcsUser") return ofUser(resource.urn, side);
    const properties = resource[side]?.properties ?? {};
    const user = known(properties["acsUserId"]);
    if (user !== undefined) return ofUser(user, side);
    const identity = known(properties["userIdentityId"]);
    if (identity !== undefined) return keyOf("user_identity", identity);
    if (!isRecord(properties["userIdentity"])) return UNKNOWN;
    // Seam makes an identity for a grant that tells a person's details.
    const made = known(resource.before?.properties["userIdentityId"]);
    const isAnother = side === "after" && tellsOfAnother(resource);
    return made === undefined || isAnother ? resource.urn : keyOf("user_identity", made);
  };

  let facts: Map<string, Fact[]> | undefined;
  /** What tells something about each person: what comes into force first. */
  const factsOf = (person: string): readonly Fact[] => {
    facts ??= new Map();
    if (facts.size > 0) return facts.get(person) ?? [];
    for (const side of ["after", "before"] as const) {
      for (const resource of resources.filter(({ kind }) => TELLING.has(kind))) {
        const object = resource[side];
        const whose = resource.kind === "UserIdentity" ? resource.urn : of(resource, side);
        if (object) facts.set(whose, [...(facts.get(whose) ?? []), { kind: resource.kind, object }]);
      }
    }
    return facts.get(person) ?? [];
  };

  let users: ReadonlyMap<string, readonly SeamResource[]> | undefined;
  return {
    of,
    ofUser,
    userOf: (resource, side) => {
      if (resource.kind === "AcsUser") return resource;
      const named = String(resource[side]?.properties["acsUserId"]);
      return (resource.isLeft ? left.get(named) : undefined) ?? byUrn.get(named);
    },
    usersOf: (person) => {
      users ??= groupBy(
        resources.filter(({ kind }) => kind === "AcsUser"),
        (user) => SIDES.filter((side) => user[side]).map((side) => of(user, side)),
      );
      return users.get(person) ?? [];
    },
    describe: async (person, directory) => {
      if (person === UNKNOWN) return { name: "somebody who is not known yet" };
      const space = byUrn.get(person);
      if (space?.kind === "Space") {
        const name = known(space.before?.properties["name"]) ?? space.name;
        return { name: `whoever else has a grant for the space ${name}`, resource: space.name };
      }
      const theirs = factsOf(person);
      const told = (name: string) =>
        theirs
          .flatMap(({ object: { properties } }) => [properties, properties["userIdentity"]])
          .map((properties) => (isRecord(properties) ? known(properties[name]) : undefined))
          .find((value) => value !== undefined);
      const [kind, id] = splitKey(person);
      const idOf = (of: Kind) =>
        theirs.find((fact) => fact.kind === of && fact.object.id !== undefined)?.object.id;
      const acsUserId = kind === "acs_user" ? id : idOf("AcsUser");
      const userIdentityId = kind === "user_identity" ? id : idOf("UserIdentity");
      const emailAddress = told("emailAddress");
      const name =
        told("fullName") ??
        emailAddress ??
        (kind && (await directory.nameOf(kind, id))) ??
        byUrn.get(person)?.name ??
        `${kind} ${id}`;
      const resource = (acsUserId ?? userIdentityId) ? undefined : byUrn.get(person)?.name;
      return {
        name,
        ...(emailAddress && { emailAddress }),
        ...(acsUserId && { acsUserId }),
        ...(userIdentityId && { userIdentityId }),
        ...(resource && { resource }),
      };
    },
  };
}

/** Whether the details of a grant's person are of somebody else than before: an e-mail address stays theirs, a name may not. */
function tellsOfAnother({ before, after }: SeamResource): boolean {
  const [was, is] = [before, after].map((object) => object?.properties["userIdentity"]);
  if (!isRecord(was) || !isRecord(is)) return true;
  const [old, now] = [was, is].map(({ emailAddress }) => known(emailAddress)?.toLowerCase());
  return old === undefined && now === undefined ? !deepEqual(was, is) : old !== now;
}

interface Fact {
  readonly kind: Kind;
  readonly object: SeamObject;
}

/** Kinds that name a person, and tell more than an id. */
const TELLING: ReadonlySet<Kind> = new Set<Kind>(["AcsUser", "UserIdentity", "AccessGrant"]);

function groupBy(
  users: readonly SeamResource[],
  keysOf: (user: SeamResource) => readonly string[],
): ReadonlyMap<string, readonly SeamResource[]> {
  const groups = new Map<string, SeamResource[]>();
  for (const user of users) {
    for (const key of new Set(keysOf(user))) groups.set(key, [...(groups.get(key) ?? []), user]);
  }
  return groups;
}

function known(value: unknown): string | undefined {
  return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}

/** Of a declared one its URN. */
function keyOf(kind: "acs_user" | "user_identity", value: string): string {
  return value.startsWith("urn:") ? value : `${kind}:${value}`;
}

function splitKey(person: string): ["acs_user" | "user_identity", string] | [undefined, undefined] {
  const [, kind, id] = /^(acs_user|user_identity):(.*)$/.exec(person) ?? [];
  return kind !== undefined && id !== undefined ? [kind as "acs_user", id] : [undefined, undefined];
}
