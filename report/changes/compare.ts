import { deepEqual } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";
import type { AccessChange, AccessTimes, Changed, Unknown } from "./change";
import type { Way } from "./way";
import { gaps, merged, type Window } from "./windows";

/** What changes for a person at a door; both as keys. */
export interface Difference extends Omit<AccessChange, "person" | "door"> {
  readonly person: string;
  readonly door: string;
}

/** What somebody can open by one method at one time. */
interface Access {
  readonly method: string | undefined;
  readonly window: Window;
  readonly keys: ReadonlySet<string>;
}

/** Compares what people can open, whichever resources it comes from. */
export function compare(before: readonly Way[], after: readonly Way[]): Difference[] {
  // Where the doors of something cannot be told, nor can what is lost by it.
  const vague = new Set(
    after
      .filter(
        ({ person, door, unknown }) => unknown.includes("key") || person === UNKNOWN || door === UNKNOWN,
      )
      .flatMap(({ resources }) => resources.map(({ urn }) => urn)),
  );
  const pairs = new Map<string, { readonly was: Way[]; readonly is: Way[] }>();
  const pairOf = ({ person, door }: Way) => {
    const key = `${person}\n${door}`;
    const pair = pairs.get(key) ?? { was: [], is: [] };
    pairs.set(key, pair);
    return pair;
  };
  for (const way of before) pairOf(way).was.push(way);
  for (const way of after) pairOf(way).is.push(way);
  return [...pairs.values()].flatMap(({ was, is }) => differences(was, is, vague));
}

function differences(was: readonly Way[], is: readonly Way[], vague: ReadonlySet<string>): Difference[] {
  const one = was[0] ?? is[0];
  if (one === undefined) return [];
  const [lived, lives] = [was.filter(isOpen), is.filter(isOpen)];
  if (lived.length === 0 && lives.length === 0) return [];
  if (isUntouched(was, is)) return [];
  const { person, door } = one;
  const shared = { person, door, resource: responsible([...is, ...was]) };
  const unknown = unknownIn(person, door, lives, was, vague);
  const pairs = paired(accessBy(lived), accessBy(lives));
  const rows = pairs.filter(([b, a]) => b === undefined || a === undefined || whatChanged(b, a).length > 0);
  if (unknown.length > 0) {
    const [b, a] = rows[0] ?? [accessBy(lived)[0], accessBy(lives)[0]];
    return [{ ...shared, change: "unknown", ...times(b, a), unknown }];
  }
  const isKept = lived.length > 0 && lives.length > 0;
  const isDeletedFirst = isKept && lived.every((way) => way.isDeletedFirst);
  const waitsForEncoding = lived.some(({ opens }) => opens) && isKept && !lives.some(({ opens }) => opens);
  const without = isKept && !waitsForEncoding ? timesWithout(lived, lives) : [];
  const reason =
    lives.length === 0 && is.length > 0
      ? ("suspended" as const)
      : lived.length === 0 && was.length > 0
        ? ("unsuspended" as const)
        : waitsForEncoding
          ? ("encoding" as const)
          : without.length > 0
            ? ("begin" as const)
            : undefined;
  const isInterrupted = isDeletedFirst || waitsForEncoding || without.length > 0;
  const change =
    lives.length === 0 ? "loses" : lived.length === 0 ? "gains" : isInterrupted ? "interrupted" : "changes";
  // What comes besides is open at other times.
  const told = without.length > 0 ? rows.filter(([b]) => b) : rows;
  const all = isInterrupted && told.length === 0 ? pairs : told;
  return all.map(([b, a]) => {
    const changed = b && a ? whatChanged(b, a) : [];
    return {
      ...shared,
      change,
      ...times(b, a),
      ...(changed.length > 0 && { changed }),
      ...(without.length > 0 && { without }),
      ...(reason && { reason }),
    };
  });
}

/** What is not known of something that stays as it is, such as doors that are secrets, is no news. */
function isUntouched(was: readonly Way[], is: readonly Way[]): boolean {
  const told = ({ key, opens, method, window, isSuspended, unknown }: Way) =>
    JSON.stringify([key, opens, method, window, isSuspended, unknown]);
  return (
    [...was, ...is].every((way) => way.isUntouched) && deepEqual(was.map(told).sort(), is.map(told).sort())
  );
}

/** When somebody is out who was in. A card that nobody has encoded lets in only whom nothing else did. */
function timesWithout(lived: readonly Way[], lives: readonly Way[]): Window[] {
  const opened = lived.some(({ opens }) => opens);
  const [was, is] = [lived, lives].map((ways) =>
    ways.filter(({ opens }) => opens || !opened).map(({ window }) => window),
  ) as [Window[], Window[]];
  return gaps(was, is);
}

function isOpen({ isSuspended }: Way): boolean {
  return !isSuspended;
}

function unknownIn(
  person: string,
  door: string,
  lives: readonly Way[],
  was: readonly Way[],
  vague: ReadonlySet<string>,
): Unknown[] {
  const found = new Set<Unknown>();
  if (person === UNKNOWN) found.add("person");
  if (door === UNKNOWN) found.add("door");
  for (const { window, unknown } of lives) {
    if (window.startsAt === UNKNOWN) found.add("startsAt");
    if (window.endsAt === UNKNOWN) found.add("endsAt");
    for (const one of unknown) found.add(one);
  }
  const isLost = lives.length === 0 && was.length > 0;
  if (isLost && was.some(({ resources }) => resources.some(({ urn }) => vague.has(urn)))) found.add("door");
  return [...found];
}

/** The ways in of a person at a door, those of one method together where their times are. */
function accessBy(ways: readonly Way[]): Access[] {
  const methods = [...new Set(ways.map(({ method }) => method))];
  return methods.flatMap((method) => {
    const ofMethod = ways.filter((way) => way.method === method);
    const keys = new Set(ofMethod.map(({ key }) => key));
    return merged(ofMethod.map(({ window }) => window)).map((window) => ({ method, window, keys }));
  });
}

type Pair = readonly [before: Access | undefined, after: Access | undefined];

/** Of each method what was and what is; one that takes another's place with it. */
function paired(before: readonly Access[], after: readonly Access[]): Pair[] {
  const methods = new Set([...before, ...after].map(({ method }) => method));
  const pairs = [...methods].flatMap((method): Pair[] => {
    const [was, is] = [before, after].map((all) => all.filter((access) => access.method === method)) as [
      Access[],
      Access[],
    ];
    if (was.length === 1 && is.length === 1) return [[was[0], is[0]]];
    const same = (a: Access) => (b: Access) => isSameWindow(a.window, b.window);
    return [
      ...was.map((b): Pair => [b, is.find(same(b))]),
      ...is.filter((a) => !was.some(same(a))).map((a): Pair => [undefined, a]),
    ];
  });
  // By what else a member opens a group's doors is not declared, and nothing happens to it.
  const told = pairs.filter(([b, a]) => (b && a) || (b ?? a)?.method !== undefined);
  if (told.length === 0) return pairs;
  const [gone, come] = [told.filter(([, a]) => !a), told.filter(([b]) => !b)];
  if (gone.length !== 1 || come.length !== 1) return told;
  const rest = told.filter(([b, a]) => b && a);
  return [...rest, [gone[0]?.[0], come[0]?.[1]]];
}

function isSameWindow(a: Window, b: Window): boolean {
  return a.startsAt === b.startsAt && a.endsAt === b.endsAt;
}

function whatChanged(before: Access, after: Access): Changed[] {
  // Where the preview hides the method, because a PIN is declared with it, it hides what becomes of the PIN too.
  const isKept = after.method === undefined || [...before.keys].some((key) => after.keys.has(key));
  return [
    ...(before.window.startsAt === after.window.startsAt ? [] : ["startsAt" as const]),
    ...(before.window.endsAt === after.window.endsAt ? [] : ["endsAt" as const]),
    ...(before.method === after.method ? [] : ["method" as const]),
    ...(isKept || before.method !== after.method ? [] : ["key" as const]),
  ];
}

function times(before: Access | undefined, after: Access | undefined) {
  return { ...(before && { before: timesOf(before) }), ...(after && { after: timesOf(after) }) };
}

function timesOf({ window, method }: Access): AccessTimes {
  const known = Object.entries(window).filter(([, instant]) => instant !== UNKNOWN);
  return { ...Object.fromEntries(known), ...(method && { method }) };
}

/** The name of the resource that brings the change about: one that does not stay as it is. */
function responsible(ways: readonly Way[]): string {
  const resources = ways.flatMap((way) => way.resources);
  const changing =
    resources.find(({ fate }) => fate !== "stays") ?? resources.find(({ changed }) => changed.size > 0);
  return (changing ?? resources[0])?.name ?? "";
}
