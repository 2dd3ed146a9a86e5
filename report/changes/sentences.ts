import { methodName } from "../method-name";
import type { AccessChange, AccessTimes, Changed, ChangedDoor, ChangedPerson } from "./change";

/** What a change of a stack does for one person, as one sentence. */
export interface PersonSentence {
  readonly name: string;
  readonly sentence: string;
  readonly changes: readonly AccessChange[];
}

/** The text of a name as a format can take it. */
export type Writer = (name: string) => string;

/** One sentence a person, those first for whom access is lost. */
export function sentences(changes: readonly AccessChange[], write: Writer, strong: Writer): PersonSentence[] {
  const people = groupBy(changes, ({ person }) => JSON.stringify([person.name, idOfPerson(person)]));
  const isShared = sharedNames(changes.map(({ person }) => [person.name, idOfPerson(person)]));
  const isSharedDoor = sharedNames(changes.map(({ door }) => [doorText(door, write), idOfDoor(door)]));
  const tell = (door: ChangedDoor) => {
    const text = doorText(door, write);
    return isSharedDoor(text) ? `${text} (${write(idOfDoor(door))})` : text;
  };
  return people
    .map((ofPerson): PersonSentence => {
      const { name = "", ...person } = ofPerson[0]?.person ?? {};
      const clauses = groupBy(
        byWeight(ofPerson),
        ({ change, before, after, changed, reason, unknown, without }) =>
          JSON.stringify([change, before, after, changed, reason, unknown, without]),
      );
      const who = strong(isShared(name) ? `${name} (${idOfPerson(person)})` : name);
      return {
        name,
        sentence: `${who} ${list(
          clauses.map((rows) => clause(rows, tell)),
          ", and ",
        )}.`,
        changes: ofPerson,
      };
    })
    .sort((a, b) => weight(a.changes) - weight(b.changes) || a.name.localeCompare(b.name, "en"));
}

type Ids<T> = Omit<T, "name">;

function idOfPerson({ userIdentityId, acsUserId, resource, emailAddress }: Ids<ChangedPerson>): string {
  return userIdentityId ?? acsUserId ?? resource ?? emailAddress ?? "";
}

function idOfDoor({ acsEntranceId, deviceId, acsAccessGroupId, spaceId, acsSystemId }: ChangedDoor): string {
  return acsEntranceId ?? deviceId ?? acsAccessGroupId ?? spaceId ?? acsSystemId ?? "";
}

/** Tells of a name whether several have it. */
function sharedNames(all: readonly (readonly [name: string, id: string])[]): (name: string) => boolean {
  const ids = new Map<string, Set<string>>();
  for (const [name, id] of all) ids.set(name, (ids.get(name) ?? new Set()).add(id));
  return (name) => (ids.get(name)?.size ?? 0) > 1;
}

const ORDER = ["loses", "interrupted", "unknown", "gains", "changes"] as const;

function weight(changes: readonly AccessChange[]): number {
  return Math.min(...changes.map(({ change }) => ORDER.indexOf(change)));
}

function byWeight(changes: readonly AccessChange[]): AccessChange[] {
  return [...changes].sort((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
}

function clause(rows: readonly AccessChange[], tell: (door: ChangedDoor) => string): string {
  const { change, before, after, changed = [], reason, unknown = [], without = [] } = rows[0] as AccessChange;
  const doors = doorsText(rows.map(({ door }) => tell(door)));
  if (change === "loses") return `${reason ? "is suspended and " : ""}loses ${doors}${inParentheses(before)}`;
  if (change === "gains")
    return `${reason ? "is no longer suspended and " : ""}gains ${doors}${by(after)}${span(after)}`;
  if (change === "unknown") {
    const what = list(
      unknown.map((one) => UNKNOWN_TEXTS[one]),
      " and ",
    );
    if (before)
      return `may keep or lose ${doors}${inParentheses(before)}: ${what} cannot be told before it is done`;
    return `gains ${doors}${by(after)}: ${what} cannot be told before it is done`;
  }
  const isTold = (one: Changed) => one !== "startsAt" || reason !== "begin";
  const difference = differenceText(before, after, changed.filter(isTold));
  if (change === "interrupted") {
    const aftermath = difference === "" ? "" : `; then ${difference}`;
    if (reason === "begin") {
      return `has no access to ${doors}${inParentheses(before)}${list(without.map(span), " and")}${aftermath}`;
    }
    if (reason === "encoding") {
      return `has no access to ${doors}${inParentheses(before)} until a new card is encoded${aftermath}`;
    }
    return `has no access to ${doors}${inParentheses(before)} for a moment, since the old access is deleted before the new one is made${aftermath}`;
  }
  if (!after) return `keeps ${doors}, but not${by(before)}${span(before)} any more`;
  if (!before) return `keeps ${doors}, also${by(after)}${span(after)}`;
  return `keeps ${doors}${changed.includes("method") || changed.includes("key") ? "" : by(after)} ${difference}`;
}

const UNKNOWN_TEXTS = {
  person: "who",
  door: "which doors",
  startsAt: "the begin",
  endsAt: "the end",
  key: "whether the key stays",
  user: "whether it is by the user that changes",
  suspended: "whether the person is suspended",
} as const;

function differenceText(
  before: AccessTimes | undefined,
  after: AccessTimes | undefined,
  changed: AccessChange["changed"],
): string {
  if (!before || !after || !changed) return "";
  const parts = changed.map((one) => {
    if (one === "endsAt") return insteadOf(untilText(after), untilText(before));
    if (one === "startsAt") return insteadOf(fromText(after), fromText(before));
    if (one === "method") return `by ${methodText(after.method)} instead of ${methodText(before.method)}`;
    return `with another ${methodText(after.method)}`;
  });
  return list(parts, ", ");
}

/** `until Friday instead of Monday`: a word that both begin with is said once. */
function insteadOf(after: string, before: string): string {
  const [word = ""] = after.split(" ");
  return `${after} instead of ${before.startsWith(`${word} `) ? before.slice(word.length + 1) : before}`;
}

function untilText({ endsAt }: AccessTimes): string {
  return endsAt === undefined ? "without an end" : `until ${instantText(endsAt)}`;
}

function fromText({ startsAt }: AccessTimes): string {
  return startsAt === undefined ? "from now on" : `from ${instantText(startsAt)}`;
}

function span(times: AccessTimes = {}): string {
  const { startsAt, endsAt } = times;
  return `${startsAt ? ` ${fromText(times)}` : ""}${endsAt ? ` ${untilText(times)}` : ""}`;
}

/** `2030-06-19 15:00 UTC`; seconds only where there are any. */
function instantText(instant: string): string {
  const [date, time = ""] = new Date(instant).toISOString().split("T");
  return `${date} ${time.replace(/(:00)?\.000Z$/, "").replace(/Z$/, "")} UTC`;
}

function by({ method }: AccessTimes = {}): string {
  return method === undefined ? "" : ` by ${methodText(method)}`;
}

function inParentheses({ method }: AccessTimes = {}): string {
  return method === undefined ? "" : ` (${methodText(method)})`;
}

function methodText(method: string | undefined): string {
  return method === undefined ? "key" : methodName(method);
}

const MAX_DOORS = 8;

function doorsText(doors: readonly string[]): string {
  const names = [...new Set(doors)];
  const more = names.length - MAX_DOORS;
  return more > 1 ? `${names.slice(0, MAX_DOORS).join(", ")} and ${more} more doors` : list(names, " and ");
}

function doorText(door: ChangedDoor, write: Writer): string {
  const name = write(door.name);
  if (door.acsAccessGroupId !== undefined) return `the doors of access group ${name}`;
  if (door.spaceId !== undefined) return `the doors of space ${name}`;
  if (door.acsSystemId === undefined) return name;
  return `what the person's access groups${door.acsSystemId === "" ? "" : ` in ${name}`} open`;
}

function list(parts: readonly string[], last: string): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}${last}${parts.at(-1)}`;
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}
