import type { AccessRow } from "./document";
import type { DoorFact, Facts } from "./facts/facts";
import { type Filters, isWithin, momentOf, wantsDoor, wantsRow } from "./filters";
import type { Owners } from "./owners";
import { keysOfPerson, peopleOf } from "./people";
import { compareTexts } from "./sorting";
import { statusAtDoor } from "./status";
import { type Way, type Ways, waysOf } from "./ways";
import { phaseAt, type Window } from "./window";

/**
 * The rows that the filters let through, door by door, sorted by system, door, person, method, credential; made one by one.
 * @throws Error at once when a filter names a person who is not there
 */
export function rowsOf(
  facts: Facts,
  owners: Owners,
  filters: Filters = {},
  ways: Ways = waysOf(facts, owners),
): Generator<AccessRow> {
  return rowsBy(keysOfPerson(filters.person, facts), facts, filters, ways);
}

function* rowsBy(
  isWanted: ReturnType<typeof keysOfPerson>,
  facts: Facts,
  filters: Filters,
  ways: Ways,
): Generator<AccessRow> {
  const personOf = peopleOf(facts);
  const atMs = momentOf(filters, facts.readAtMs);
  const textOf = instantTexts();
  for (const door of sortedDoors(facts)) {
    if (!wantsDoor(filters, door)) continue;
    const { name, id, systemId } = door;
    const place = {
      door: { name, acsEntranceId: id },
      system: { name: facts.systems.get(systemId)?.name ?? "", acsSystemId: systemId },
    };
    const rows = ways.keysOf(door).flatMap((key): AccessRow[] => {
      if (!isWanted(key)) return [];
      const person = personOf(key);
      return spansOf(key.ways, atMs).flatMap((way) => {
        if (filters.at !== "any" && !isWithin(way.window, atMs)) return [];
        const row: AccessRow = {
          person,
          ...place,
          ...instants(way.window, textOf),
          method: key.credential.method,
          via: way.via,
          acsCredentialId: key.credential.id,
          status: statusAtDoor(door, key, way.window, { atMs, readAtMs: facts.readAtMs }),
          owner: way.owner,
        };
        return wantsRow(filters, row, lastEnd(way, key.ways), facts.readAtMs) ? [row] : [];
      });
    });
    yield* rows.sort(
      (a, b) =>
        compareTexts(a.person.name, b.person.name) ||
        compareTexts(a.method, b.method) ||
        compareTexts(a.acsCredentialId, b.acsCredentialId) ||
        compareTexts(a.startsAt ?? "", b.startsAt ?? ""),
    );
  }
}

/**
 * Where a key opens a door in several ways: the best one at the moment, and those that are still to come and go beyond
 * what the ones before cover.
 */
function spansOf(ways: readonly Way[], atMs: number): readonly Way[] {
  const [only, another] = ways;
  if (only && !another) return [only];
  const spans = [bestWay(ways, atMs)];
  let rest = ways;
  for (;;) {
    rest = rest.filter(
      (way) =>
        phaseAt(way.window, atMs) === "before" && !spans.some((span) => covers(span.window, way.window)),
    );
    if (rest.length === 0) return spans;
    spans.push(bestWay(rest, atMs));
  }
}

function covers(outer: Window, inner: Window): boolean {
  return startOf(outer) <= startOf(inner) && endOf(inner) <= endOf(outer);
}

/** When the key ceases to open the door: other ways may go on where one ends. */
function lastEnd({ window }: Way, ways: readonly Way[]): number {
  let end = endOf(window);
  for (const next of ways.toSorted((a, b) => startOf(a.window) - startOf(b.window))) {
    if (startOf(next.window) <= end) end = Math.max(end, endOf(next.window));
  }
  return end;
}

function startOf({ startsAt }: Window): number {
  return startsAt ?? Number.NEGATIVE_INFINITY;
}

function endOf({ endsAt }: Window): number {
  return endsAt ?? Number.POSITIVE_INFINITY;
}

/** Where a key opens a door in several ways: the one that is open at the moment, and of those the one that lasts longest. */
function bestWay(ways: readonly Way[], atMs: number): Way {
  const rank = { within: 0, before: 1, after: 2 };
  const isUndeclared = ({ owner }: Way) => (owner.kind === "declared" ? 0 : 1);
  return ways.reduce((best, way) => {
    const order =
      rank[phaseAt(best.window, atMs)] - rank[phaseAt(way.window, atMs)] ||
      compare(endOf(way.window), endOf(best.window)) ||
      compare(startOf(best.window), startOf(way.window)) ||
      isUndeclared(best) - isUndeclared(way) ||
      compareTexts(best.via.id, way.via.id);
    return order > 0 ? way : best;
  });
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A window as the document writes it. */
export function instants(
  { startsAt, endsAt }: Window,
  textOf = instantText,
): Pick<AccessRow, "startsAt" | "endsAt"> {
  return {
    ...(startsAt !== undefined && { startsAt: textOf(startsAt) }),
    ...(endsAt !== undefined && { endsAt: textOf(endsAt) }),
  };
}

function instantText(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same text for all rows of one instant: there may be very many. */
function instantTexts(): (ms: number) => string {
  const texts = new Map<number, string>();
  return (ms) => {
    const text = texts.get(ms) ?? instantText(ms);
    texts.set(ms, text);
    return text;
  };
}

function sortedDoors({ doors, systems }: Facts): DoorFact[] {
  const systemName = ({ systemId }: DoorFact) => systems.get(systemId)?.name ?? "";
  return [...doors.values()].sort(
    (a, b) =>
      compareTexts(systemName(a), systemName(b)) ||
      compareTexts(a.systemId, b.systemId) ||
      compareTexts(a.name, b.name) ||
      compareTexts(a.id, b.id),
  );
}
