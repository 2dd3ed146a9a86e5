import { SHARED } from "../../provider/lifecycle/shared";
import { type People, peopleOf } from "./people";
import type { SeamResource } from "./resources";

/**
 * Users and identities that leave the program, and that the provider keeps in Seam because something hangs on them that
 * would go with them.
 */
export function withKept(resources: readonly SeamResource[]): SeamResource[] {
  const people = peopleOf(resources);
  const declared = resources.filter(({ after, isLeft }) => after !== undefined && !isLeft);
  return resources.map((one): SeamResource => {
    const { fate, before } = one;
    const isKept = fate === "deleted" && before && declared.some((other) => keeps(other, one, people));
    const isShared = fate === "deleted" && before?.properties[SHARED] === true;
    return isKept || isShared ? { ...one, fate: "stays", isGone: false, isLeft: true, after: before } : one;
  });
}

/** Whether what the program declares hangs on a user or identity. */
function keeps(declared: SeamResource, { kind, urn, before }: SeamResource, people: People): boolean {
  if (kind === "UserIdentity") {
    // A user that is taken off it does not hang on it any more.
    const owners = [declared, people.userOf(declared, "after")];
    return owners.some((one) => (one?.after ?? one?.before)?.properties["userIdentityId"] === urn);
  }
  const { acsUserId, acsSystemId } = declared.after?.properties ?? {};
  if (kind !== "AcsUser") return false;
  if (acsUserId !== undefined) return acsUserId === urn;
  // Of a credential that names the identity, Seam tells the user.
  const isOfSystem = declared.kind === "AcsCredential" && acsSystemId === before?.properties["acsSystemId"];
  return isOfSystem && people.of(declared, "after") === people.ofUser(urn, "before");
}
