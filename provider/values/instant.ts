/**
 * Instants travel as ISO 8601 text. Two texts that name the same moment are equal, so everything that
 * compares or stores one goes through here.
 */

/** Milliseconds since the epoch, or `undefined` when the text is not an instant that can be read. */
export function epochMs(instant: unknown): number | undefined {
  // Date.parse alone would read much that is no ISO 8601.
  if (typeof instant !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(instant)) return undefined;
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The one way an instant is written in inputs, requests and state: UTC with milliseconds. */
export function canonicalInstant(instant: string): string {
  const ms = epochMs(instant);
  return ms === undefined ? instant : isoOf(ms);
}

/** As ISO 8601, whose years have four digits: the last day of 9999, which some write for "for ever", ends in UTC. */
export function isoOf(ms: number): string {
  return new Date(Math.min(ms, LAST_MS)).toISOString();
}

const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

const UNITS_MS = [1_000, 60_000];

/** True when `live` is `declared` cut or rounded to the second or minute, as some lock systems keep their times. */
export function isCoarser(declared: unknown, live: unknown): boolean {
  const [exact, kept] = [epochMs(declared), epochMs(live)];
  if (exact === undefined || kept === undefined) return false;
  return UNITS_MS.some((unit) =>
    [Math.floor, Math.round].some((coarsen) => coarsen(exact / unit) * unit === kept),
  );
}

/** True when both name the same moment, to the millisecond; unreadable texts are equal only when identical. */
export function sameInstant(a: unknown, b: unknown): boolean {
  const [left, right] = [epochMs(a), epochMs(b)];
  return left === undefined || right === undefined ? a === b : left === right;
}
