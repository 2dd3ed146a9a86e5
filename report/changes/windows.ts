import { canonicalInstant, epochMs } from "../../provider/values/instant";
import { isRecord } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";

/** A time of access; an edge is absent where it is open, or {@link UNKNOWN}. */
export interface Window {
  readonly startsAt?: string;
  readonly endsAt?: string;
}

/** The window of an object's `startsAt` and `endsAt`. */
export function windowOf(times: unknown): Window {
  if (times === UNKNOWN) return { startsAt: UNKNOWN, endsAt: UNKNOWN };
  if (!isRecord(times)) return {};
  const { startsAt, endsAt } = times;
  return {
    ...(typeof startsAt === "string" && { startsAt: canonicalInstant(startsAt) }),
    ...(typeof endsAt === "string" && { endsAt: canonicalInstant(endsAt) }),
  };
}

/** The time that lies in both. */
export function overlap(a: Window, b: Window): Window {
  const startsAt = edge(a.startsAt, b.startsAt, Math.max);
  const endsAt = edge(a.endsAt, b.endsAt, Math.min);
  return { ...(startsAt && { startsAt }), ...(endsAt && { endsAt }) };
}

function edge(
  a: string | undefined,
  b: string | undefined,
  choose: (a: number, b: number) => number,
): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const [left, right] = [epochMs(a), epochMs(b)];
  // What is not known may be narrower.
  if (left === undefined || right === undefined) return UNKNOWN;
  return new Date(choose(left, right)).toISOString();
}

/** The part of it that is not over; a begin that is past means nothing any more. `undefined`: there is none. */
export function fromNow(window: Window, now: number): Window | undefined {
  const [start, end] = [begin(window), until(window)];
  if (end <= now || end <= start) return undefined;
  const { startsAt, endsAt } = window;
  return { ...(startsAt && !(start <= now) && { startsAt }), ...(endsAt && { endsAt }) };
}

/** Windows that overlap or touch as one, the earliest first. Those with an edge that is not known stay alone. */
export function merged(windows: readonly Window[]): Window[] {
  const result: Window[] = [];
  for (const window of windows.filter(isKnown).sort((a, b) => begin(a) - begin(b))) {
    const last = result.at(-1);
    if (last === undefined || begin(window) > until(last)) result.push(window);
    else if (until(window) > until(last)) result[result.length - 1] = joined(last, window);
  }
  return [...result, ...windows.filter((window) => !isKnown(window))];
}

/** When the former are open and the latter are not, as long as those open again. */
export function gaps(before: readonly Window[], after: readonly Window[]): Window[] {
  const open = merged(after.filter(isKnown));
  const closed = open.map(({ startsAt }, at): Window => {
    const since = open[at - 1]?.endsAt;
    return { ...(since && { startsAt: since }), ...(startsAt && { endsAt: startsAt }) };
  });
  return closed
    .filter(({ endsAt }) => endsAt !== undefined)
    .flatMap((gap) => merged(before.filter(isKnown)).map((window) => overlap(gap, window)))
    .filter((lost) => begin(lost) < until(lost));
}

function isKnown(window: Window): boolean {
  return !Object.values(window).includes(UNKNOWN);
}

function joined({ startsAt }: Window, { endsAt }: Window): Window {
  return { ...(startsAt && { startsAt }), ...(endsAt && { endsAt }) };
}

function begin({ startsAt }: Window): number {
  return epochMs(startsAt) ?? Number.NEGATIVE_INFINITY;
}

function until({ endsAt }: Window): number {
  return epochMs(endsAt) ?? Number.POSITIVE_INFINITY;
}
