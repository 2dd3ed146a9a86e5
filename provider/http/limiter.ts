import { NotSentError, RateLimitedError } from "./errors";
import type { Interceptor, SeamReply, SeamRequest } from "./exchange";
import { Pace } from "./pace";
import { retryAfterMs } from "./retry-timing";

export interface LimiterOptions {
  /** Requests under way at once, at most. */
  readonly maxInFlight?: number;
  /** Asked before something is sent that was held back for long: false once nobody waits for the answer any more. */
  readonly maySendAgain?: () => Promise<boolean>;
}

const LONG_MS = 1_000;

interface Waiting {
  readonly request: SeamRequest;
  start(): void;
  giveUp(error: RateLimitedError): void;
}

/**
 * Holds requests back so that all of a process together keep to Seam's limits: at the pace that `pace.ts` finds
 * where Seam only says 429, and until the moment that a `Retry-After` names. A refused request comes back here at
 * once (see `retry.ts`) and waits with the others.
 */
export function limiter(options: LimiterOptions = {}): Interceptor {
  const maySend = options.maySendAgain ?? (async () => true);
  const pace = new Pace({ maxInFlight: options.maxInFlight ?? 16 });
  const queue: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const startWaiting = () => {
    clearTimeout(timer);
    timer = undefined;
    const now = Date.now();
    for (const next of queue.splice(0)) {
      const startsAt = pace.pausedUntil(now) ?? now;
      if (next.request.deadlineAt !== undefined && next.request.deadlineAt <= startsAt) {
        next.giveUp(heldBack(next.request, startsAt));
        continue;
      }
      const wait = pace.waitMs(now);
      if (wait !== 0) {
        queue.push(next);
        if (wait !== undefined) timer ??= setTimeout(startWaiting, Math.ceil(wait));
        continue;
      }
      pace.started(now);
      next.start();
    }
  };
  return (next) => async (request) => {
    const askedAt = Date.now();
    await new Promise<void>((start, giveUp) => {
      queue.push({ request, start, giveUp });
      startWaiting();
    });
    const startedAt = Date.now();
    let reply: SeamReply | undefined;
    try {
      if (startedAt - askedAt > LONG_MS && !(await maySend())) throw abandoned(request);
      reply = await next(request);
      return reply;
    } finally {
      observe(pace, reply, startedAt);
      startWaiting();
    }
  };
}

function observe(pace: Pace, reply: SeamReply | undefined, startedAt: number): void {
  const now = Date.now();
  if (reply?.status === 429) pace.refused(startedAt, now);
  else if (reply) pace.accepted(startedAt, now);
  else pace.ended(now);
  if (reply?.status !== 429 && reply?.status !== 503) return;
  const asked = retryAfterMs(reply.headers["retry-after"], now);
  if (asked !== undefined) pace.pause(now + asked);
}

function heldBack(request: SeamRequest, until: number): RateLimitedError {
  const time = new Date(until).toISOString();
  return new RateLimitedError({
    action: request.action,
    path: request.path,
    type: "rate_limited",
    reason: `was not sent: Seam limits requests, and none may be sent before ${time}, which is too late for it`,
    advice: "Run the command again after that; what was done so far is in the state.",
  });
}

function abandoned(request: SeamRequest): NotSentError {
  return new NotSentError({
    action: request.action,
    path: request.path,
    reason: "was not sent: it had to wait for Seam's rate limit, and meanwhile Pulumi has gone",
    advice: "Run the command again.",
  });
}
