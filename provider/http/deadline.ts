import { NotSentError } from "./errors";
import type { Deadline, Interceptor, SeamRequest } from "./exchange";
import { operationEnd } from "./patience";

/**
 * Gives every request its deadline. The clock starts when the limiter first lets it go; where the engine has said when
 * the operation has to have ended, it runs already.
 */
export function deadline(limitMs: number, now: () => number = Date.now): Interceptor {
  return (next) => async (request) => {
    const askedAt = now();
    const at = operationEnd();
    const left = at === undefined ? limitMs : at - askedAt;
    if (left <= 0) throw tooLate(request);
    const own: Deadline =
      at === undefined || left > limitMs ? { limitMs, askedAt } : { limitMs: left, askedAt, at };
    return next({ deadline: own, ...request });
  };
}

function tooLate({ action, path }: SeamRequest): NotSentError {
  return new NotSentError({
    action,
    path,
    reason: "was not sent: the time that the resource's customTimeouts give was over",
    advice: "Run the command again, or give the resource more time.",
  });
}
