import { isRecord } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";
import type { ChangedPerson } from "./change";
import type { Directory } from "./directory";
import type { Kind } from "./kinds";
import type { SeamObject, SeamResource } from "./resources";

export type Side = "before" | "after";

/** Who is who: users of several access systems that belong to one user identity are one person. */
export interface People {
  /** A key of the person that an object of this resource names; {@link UNKNOWN} where that cannot be told. */
  of(resource: SeamResource, side: Side): string;
  /** The declared user that an object names. */
  userOf(named: SeamObject): SeamResource | undefined;
  describe(person: string, directory: Directory): Promise<ChangedPerson>;
}

export function peopleOf(resources: readonly SeamResource[]): People {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));

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
    return made === undefined ? resource.urn : keyOf("user_identity", made);
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

  return {
    of,
    userOf: ({ properties }) => byUrn.get(String(properties["acsUserId"])),
    describe: async (person, directory) => {
      if (person === UNKNOWN) return { name: "somebody who is not known yet" };
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
      return {
        name,
        ...(emailAddress && { emailAddress }),
        ...(acsUserId && { acsUserId }),
        ...(userIdentityId && { userIdentityId }),
      };
    },
  };
}

interface Fact {
  readonly kind: Kind;
  readonly object: SeamObject;
}

/** Kinds that name a person, and tell more than an id. */
const TELLING: ReadonlySet<Kind> = new Set<Kind>(["AcsUser", "UserIdentity", "AccessGrant"]);

const SIDES = ["before", "after"] as const;

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
