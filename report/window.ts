/** A span of time in milliseconds since the epoch; open where an end is missing. It ends before `endsAt`. */
export interface Window {
  readonly startsAt?: number;
  readonly endsAt?: number;
}

export const ALWAYS: Window = {};

/** The window in which all of them are open. It can be empty: then it ends before it starts. */
export function overlap(...windows: readonly (Window | undefined)[]): Window {
  let startsAt = Number.NEGATIVE_INFINITY;
  let endsAt = Number.POSITIVE_INFINITY;
  for (const window of windows) {
    startsAt = Math.max(startsAt, window?.startsAt ?? startsAt);
    endsAt = Math.min(endsAt, window?.endsAt ?? endsAt);
  }
  return {
    ...(Number.isFinite(startsAt) && { startsAt }),
    ...(Number.isFinite(endsAt) && { endsAt }),
  };
}

/**
 * Where a moment stands to a window. What ends before it starts is over: it never opens. A start counts from its whole
 * second, since Seam tells its time in whole seconds: what was given within the second of the reading opens doors.
 */
export function phaseAt({ startsAt, endsAt }: Window, ms: number): "before" | "within" | "after" {
  if (endsAt !== undefined && (endsAt <= ms || endsAt <= (startsAt ?? Number.NEGATIVE_INFINITY))) {
    return "after";
  }
  return startsAt !== undefined && Math.floor(startsAt / SECOND_MS) * SECOND_MS > ms ? "before" : "within";
}

const SECOND_MS = 1_000;
