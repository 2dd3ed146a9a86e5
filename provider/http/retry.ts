import { setTimeout as sleep } from "node:timers/promises";
import { ConnectError } from "./connect-error";
import { NoAnswerError, NotSentError } from "./errors";
import type { Interceptor, SeamReply } from "./exchange";
import { isAnswer, mayRetry, type Outcome, retryDelayMs } from "./retry-timing";

export interface RetryOptions {
  /** Tries of one request on a failing server. Rate limits do not count: there only the deadline ends the waiting. */
  readonly maxTries?: number;
  /** Asked before anything is sent again: false once nobody waits for the answer any more. */
  readonly maySendAgain?: () => Promise<boolean>;
}

/** Sends a request again where `retry-timing.ts` allows it, until tries or deadline are used up. */
export function retry(options: RetryOptions = {}): Interceptor {
  const maxTries = options.maxTries ?? 6;
  const maySendAgain = options.maySendAgain ?? (async () => true);
  return (next) => async (request) => {
    let failures = 0;
    for (;;) {
      let outcome: Outcome;
      let end: () => SeamReply;
      try {
        const reply = await next(request);
        if (isAnswer(reply)) return reply;
        outcome = { reply };
        end = () => reply;
      } catch (error) {
        if (!(error instanceof NotSentError || error instanceof NoAnswerError)) throw error;
        if (error.cause instanceof ConnectError && error.cause.isLasting) throw error;
        outcome = { fate: error instanceof NotSentError ? "not-sent" : "no-answer" };
        end = () => {
          throw error;
        };
      }
      const rateLimited = "reply" in outcome && outcome.reply.status === 429;
      if (!rateLimited) failures++;
      if (!mayRetry(request.effect, outcome) || failures >= maxTries) return end();
      const delay = retryDelayMs(failures, outcome, Date.now(), Math.random());
      if (request.deadlineAt !== undefined && Date.now() + delay >= request.deadlineAt) return end();
      await sleep(delay);
      if (!(await maySendAgain())) return end();
    }
  };
}
