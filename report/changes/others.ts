import { UNKNOWN } from "../../provider/values/unknown";
import type { Difference } from "./compare";
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

/** With a user or an identity goes everything that it has in Seam. Of whom the stack gave something, that is told of. */
function withPeople({ resources, people, now }: Stack): Difference[] {
  const given = new Set(
    resources.filter(({ before }) => before).flatMap((one) => (gives(one) ? [people.of(one, "before")] : [])),
  );
  const gone = new Map<string, SeamResource>();
  for (const resource of resources.filter(({ kind, isGone }) => PEOPLE.has(kind) && isGone)) {
    const { isSuspended, accessSchedule } = resource.before?.properties ?? {};
    const isOut = isSuspended === true || fromNow(windowOf(accessSchedule), now) === undefined;
    const person = resource.kind === "UserIdentity" ? resource.urn : people.of(resource, "before");
    if (!isOut && !given.has(person)) gone.set(person, resource);
  }
  return [...gone].map(([person, { name }]) => unknown(person, ELSEWHERE, name, "door"));
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
