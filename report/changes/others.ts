import { UNKNOWN } from "../../provider/values/unknown";
import type { Difference } from "./compare";
import { isSuspensionHidden } from "./owners";
import { ELSEWHERE, placesIn } from "./places";
import type { SeamResource } from "./resources";
import type { Stack } from "./way";
import { fromNow, windowOf } from "./windows";

/** What may be lost that other stacks, or people by hand, have given: a preview does not tell it, but it cannot go in silence. */
export function lossesOfOthers(stack: Stack): Difference[] {
  return [...inSpaces(stack), ...withPeople(stack)];
}

/** Any grant may be for a space, and has the doors that are in it. */
function inSpaces({ resources }: Stack): Difference[] {
  const spaces = resources.filter(({ kind, before }) => kind === "Space" && before);
  return spaces.flatMap(({ urn, name, fate, isGone, before, after }) => {
    // Retained beside its replacement.
    if (fate === "replaced" && !isGone) return [];
    const mayGo = isGone || fate === "may be replaced";
    const left = new Set(mayGo ? [] : placesIn(after?.properties ?? {}));
    const lost = placesIn(before?.properties ?? {}).filter((door) => !left.has(door));
    return lost.map((door) => unknown(urn, door, name, "person"));
  });
}

/**
 * Everything that Seam has of a user or an identity goes with it, and opens nothing while the user is out. Of whom
 * something is told, that says it.
 */
function withPeople({ resources, people, now }: Stack): Difference[] {
  const told = new Set(
    resources.filter(({ before }) => before).flatMap((one) => (gives(one) ? [people.of(one, "before")] : [])),
  );
  const found = new Map<string, SeamResource>();
  for (const resource of resources.filter((one) => PEOPLE.has(one.kind) && mayShutOut(one, now))) {
    const person = resource.kind === "UserIdentity" ? resource.urn : people.of(resource, "before");
    if (!told.has(person)) found.set(person, resource);
  }
  return [...found].map(([person, { name }]) => unknown(person, ELSEWHERE, name, "door"));
}

function mayShutOut(one: SeamResource, now: number): boolean {
  if (!one.before) return false;
  const [was, is] = [one.before, one.after].map((object) => {
    const { isSuspended, accessSchedule } = object?.properties ?? {};
    return isSuspended === true ? undefined : fromNow(windowOf(accessSchedule), now);
  });
  const isLater = is?.startsAt !== undefined && was?.startsAt === undefined;
  return was !== undefined && (one.isGone || is === undefined || isLater || isSuspensionHidden(one));
}

const PEOPLE: ReadonlySet<string> = new Set(["AcsUser", "UserIdentity"]);

function gives({ kind, before }: SeamResource): boolean {
  if (kind === "AcsUser") return before?.properties["acsAccessGroupIds"] !== undefined;
  return kind !== "Space" && kind !== "UserIdentity";
}

function unknown(person: string, door: string, resource: string, what: "person" | "door"): Difference {
  const isDoorUnknown = door === UNKNOWN;
  return {
    person,
    door,
    resource,
    change: "unknown",
    before: {},
    unknown: isDoorUnknown ? [what, "door"] : [what],
  };
}
