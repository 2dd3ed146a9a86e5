import type { Interceptor } from "./exchange";

/** Gives every request one deadline for all its tries and waits. */
export function deadline(limitMs: number, now: () => number = Date.now): Interceptor {
  return (next) => (request) => next({ deadlineAt: now() + limitMs, ...request });
}
