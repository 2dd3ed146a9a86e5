import type { Interceptor } from "./exchange";

/** Gives every request its deadline. The clock starts when the limiter first lets it go. */
export function deadline(limitMs: number, now: () => number = Date.now): Interceptor {
  return (next) => (request) => next({ deadline: { limitMs, askedAt: now() }, ...request });
}
