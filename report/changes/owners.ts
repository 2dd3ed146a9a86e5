import { deepEqual } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";
import type { Unknown } from "./change";
import { SIDES, type Side } from "./people";
import type { SeamResource } from "./resources";
import type { Opening, Stack, Way } from "./way";
import { fromNow, overlap, windowOf } from "./windows";

/** What is left of somebody's key of a door by the users and the identity that it hangs on. */
export async function waysThrough(side: Side, stack: Stack, opening: Opening): Promise<Way[]> {
  const { person, door, givers, key } = opening;
  const { isUncertain, window: own, ...rest } = key;
  const { owners, maybe } = await usersOf(opening, side, stack);
  const fate = side === "after" ? fateOf(opening, owners, maybe, stack) : "stays";
  if (fate === "goes") return [];
  const resources = [...new Set([...givers, ...owners, ...maybe])];
  // Whatever a credential says, its user's schedule bounds it.
  const bounds = owners.map((user) => windowOf(objectOf(user, side)["accessSchedule"]));
  const window = fromNow(bounds.reduce(overlap, own), stack.now);
  if (window === undefined) return [];
  const sure = [...givers, ...owners];
  const isKeyUncertain = isUncertain || sure.some((resource) => resource.fate === "may be replaced");
  const unknown: Unknown[] = [
    ...(isKeyUncertain ? ["key" as const] : []),
    ...(fate === "unsure" || (side === "after" && maybe.some(changesAccess)) ? ["user" as const] : []),
    ...(side === "after" && owners.some(isSuspensionHidden) ? ["suspended" as const] : []),
  ];
  return [
    {
      ...rest,
      person,
      door,
      window,
      resources,
      isUntouched: resources.every((one) => one.isUntouched) && areSpacesUntouched(givers, stack),
      isDeletedFirst: sure.some((resource) => resource.isDeletedFirst),
      isSuspended: owners.some((user) => objectOf(user, side)["isSuspended"] === true),
      unknown,
    },
  ];
}

/** A grant can be for any space, and gets its doors from there. */
function areSpacesUntouched(givers: readonly SeamResource[], { resources }: Stack): boolean {
  const isGrants = givers.some(({ kind }) => kind === "AccessGrant");
  return !isGrants || resources.every(({ kind, isUntouched }) => kind !== "Space" || isUntouched);
}

interface Users {
  readonly owners: readonly SeamResource[];
  /** Those of the person's of which nothing tells whether they are of the door's system. */
  readonly maybe: readonly SeamResource[];
}

/** The users whose access it is: those that are named, or those that a named identity has in the door's system. */
async function usersOf({ givers, person, system }: Opening, side: Side, stack: Stack): Promise<Users> {
  const { people } = stack;
  const named = givers.flatMap((giver) => people.userOf(giver, side) ?? []);
  if (named.length > 0) return { owners: [...new Set(named)], maybe: [] };
  const theirs = people.usersOf(person).filter((user) => user.isGone || isEverBounded(user));
  // It may cost a request, and of whoever is let in before and after it makes no difference.
  const known = theirs.length > 0 ? await system() : undefined;
  const inSystem = (user: SeamResource) => {
    // What is deleted is deleted where it was.
    const its = (user.isGone ? user.before : (user[side] ?? user.before))?.properties["acsSystemId"];
    return known === undefined || typeof its !== "string" || its === UNKNOWN ? undefined : its === known;
  };
  return {
    owners: theirs.filter((user) => inSystem(user) === true),
    maybe: theirs.filter((user) => inSystem(user) === undefined),
  };
}

/** What the user is on a side; of one that is not there the other side tells. */
function objectOf(user: SeamResource, side: Side) {
  return (user[side] ?? user.before ?? user.after)?.properties ?? {};
}

function boundsOf(user: SeamResource, side: Side) {
  const { isSuspended = false, accessSchedule } = objectOf(user, side);
  return { isSuspended, window: windowOf(accessSchedule) };
}

function isEverBounded(user: SeamResource): boolean {
  return SIDES.some((side) => !deepEqual(boundsOf(user, side), { isSuspended: false, window: {} }));
}

function changesAccess(user: SeamResource): boolean {
  return isSuspensionHidden(user) || !deepEqual(boundsOf(user, "before"), boundsOf(user, "after"));
}

/** Not known yet or a secret, on a side, unless it stays what it is. */
export function isSuspensionHidden(user: SeamResource): boolean {
  const [before, after] = SIDES.map((side) => user[side]?.properties["isSuspended"] === UNKNOWN);
  return before === after ? before === true && user.changed.has("isSuspended") : true;
}

type Fate = "stays" | "goes" | "unsure";

/** What becomes of what its own resources leave in Seam, by the users and the identity that go. */
function fateOf(
  { givers, person }: Opening,
  owners: readonly SeamResource[],
  maybe: readonly SeamResource[],
  stack: Stack,
): Fate {
  const { resources } = stack;
  const staying = (all: readonly SeamResource[]) => all.filter((one) => one.fate === "stays");
  const identity = resources.find((one) => one.urn === person && one.kind === "UserIdentity");
  const byIdentity = identity?.isGone
    ? staying([...givers, ...owners]).map(({ isLeft }): Fate => (isLeft ? "goes" : "unsure"))
    : [];
  const byUsers = [...owners, ...maybe]
    .filter(({ isGone }) => isGone)
    .flatMap((user) =>
      staying(givers)
        .filter(({ kind }) => kind !== "AcsUser")
        .map((giver) => fateWith(user, giver, person, stack))
        .map((fate): Fate => (fate === "goes" && maybe.includes(user) ? "unsure" : fate)),
    );
  const fates = [...byIdentity, ...byUsers];
  return fates.find((fate) => fate === "goes") ?? fates.find((fate) => fate === "unsure") ?? "stays";
}

/** With a user goes what Seam has of it: also what the stack lets go of, and what names the user's identity. */
function fateWith(
  user: SeamResource,
  giver: SeamResource,
  person: string,
  { resources, people }: Stack,
): Fate {
  const isGroups = giver.kind === "AcsAccessGroupMembership";
  const isGrants = resources.some(
    (one) => one.kind === "AccessGrant" && one.after && !one.isLeft && people.of(one, "after") === person,
  );
  // For a declared grant the provider keeps a user that has credentials, and takes it out of groups that nothing declares.
  if (user.fate === "deleted" && isGrants && (!isGroups || !giver.isLeft))
    return isGroups ? "unsure" : "stays";
  // For a replacement the provider refuses to delete what the program still hangs something on.
  return giver.isLeft || user.fate === "deleted" ? "goes" : "unsure";
}
