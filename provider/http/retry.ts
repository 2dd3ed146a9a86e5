import { ConnectError } from "./connect-error";
import { NoAnswerError, NotSentError, RateLimitedError } from "./errors";
import type { Interceptor, SeamReply, SeamRequest, Send } from "./exchange";
import { isCancelled, pause } from "./patience";
import { isAnswer, mayRetry, type Outcome, retryDelayMs, wasNotCarriedOut } from "./retry-timing";

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
    // A try that Seam may have carried out is what to tell of, though those after it surely were not.
    let unsure: (() => SeamReply) | undefined;
    for (;;) {
      const attempt = await tryOnce(next, request);
      const { outcome } = attempt;
      if (isAnswer(outcome)) return attempt.end();
      if (request.effect !== "read" && !wasNotCarriedOut(outcome)) unsure = attempt.end;
      const end = (wasNotCarriedOut(outcome) && unsure) || attempt.end;
      const isRateLimited = "reply" in outcome && outcome.reply.status === 429;
      if (!isRateLimited) failures++;
      if (attempt.isLast || !mayRetry(request.effect, outcome) || failures >= maxTries) return end();
      const delay = retryDelayMs(failures, outcome, Date.now(), Math.random());
      if (request.deadline?.at !== undefined && Date.now() + delay >= request.deadline.at) return end();
      await pause(delay);
      if (isCancelled() || !(await maySendAgain())) return end();
    }
  };
}

interface Try {
  readonly outcome: Outcome;
  /** Returns or throws what the try ended with. */
  end(): SeamReply;
  /** True when another try would end as this one did. */
  readonly isLast?: boolean;
}

async function tryOnce(next: Send, request: SeamRequest): Promise<Try> {
  try {
    const reply = await next(request);
    return { outcome: { reply }, end: () => reply };
  } catch (error) {
    const end = () => {
      throw error;
    };
    if (error instanceof NoAnswerError) return { outcome: { fate: "no-answer" }, end };
    // The limiter has held it back for as long as it may.
    if (error instanceof RateLimitedError) return { outcome: { fate: "not-sent" }, end, isLast: true };
    if (!(error instanceof NotSentError)) throw error;
    const isLast = error.cause instanceof ConnectError && error.cause.isLasting;
    return { outcome: { fate: "not-sent" }, end, isLast };
  }
}
