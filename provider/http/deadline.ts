import type { Interceptor } from "./exchange";

/** The time that one request has for all its tries and the waits between them. */
export interface Deadline {
  readonly limitMs: number;
  /** When the request was made, in milliseconds since the epoch: of those that wait the oldest goes first. */
  readonly askedAt: number;
  /** Its end: `limitMs` after the request first started. Until then it only waits for others, which is not its fault. */
  at?: number;
}

/** Gives every request its deadline. The clock starts when the limiter first lets it go. */
export function deadline(limitMs: number, now: () => number = Date.now): Interceptor {
  return (next) => (request) => next({ deadline: { limitMs, askedAt: now() }, ...request });
}
