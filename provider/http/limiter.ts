import { NotSentError, RateLimitedError } from "./errors";
import type { Interceptor, SeamReply, SeamRequest } from "./exchange";
import { Pace } from "./pace";
import { isCancelled } from "./patience";
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
 * once (see `retry.ts`) and goes before those that were not sent yet.
 *
 * Waiting for others costs a request nothing, however many they are. It is given up when Seam has let nobody through
 * for as long as one request may take, or says that it will not.
 */
export function limiter(options: LimiterOptions = {}): Interceptor {
  const maySend = options.maySendAgain ?? (async () => true);
  const pace = new Pace({ maxInFlight: options.maxInFlight ?? 16 });
  const queue: Waiting[] = [];
  let letThroughAt = Number.NEGATIVE_INFINITY;
  /** No waiting request is late before: many may wait, and are not to be looked through for every one that starts. */
  let lateFrom = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const latestStart = ({ deadline }: SeamRequest) =>
    deadline
      ? (deadline.at ?? Math.max(deadline.askedAt, letThroughAt) + deadline.limitMs)
      : Number.POSITIVE_INFINITY;

  const giveUpLate = (now: number) => {
    const startsAt = pace.pausedUntil(now) ?? now;
    if (startsAt < lateFrom) return;
    lateFrom = Number.POSITIVE_INFINITY;
    for (const waiting of queue.splice(0)) {
      const latest = latestStart(waiting.request);
      if (latest <= startsAt) {
        waiting.giveUp(heldBack(waiting.request, startsAt > now ? startsAt : undefined));
      } else {
        queue.push(waiting);
        lateFrom = Math.min(lateFrom, latest);
      }
    }
  };

  const startWaiting = () => {
    clearTimeout(timer);
    const now = Date.now();
    giveUpLate(now);
    for (let next = queue[0]; next && pace.waitMs(now) === 0; next = queue[0]) {
      queue.shift();
      pace.started(now);
      const { deadline } = next.request;
      if (deadline) deadline.at ??= now + deadline.limitMs;
      next.start();
    }
    const wait = Math.min(pace.waitMs(now) ?? Number.POSITIVE_INFINITY, lateFrom - now);
    if (queue.length > 0 && Number.isFinite(wait)) timer = setTimeout(startWaiting, Math.ceil(wait));
  };

  const turn = (request: SeamRequest) =>
    new Promise<void>((start, giveUp) => {
      // Those whose time runs already go first; the others as they came.
      const end = ({ deadline }: SeamRequest) => deadline?.at ?? Number.POSITIVE_INFINITY;
      const before = queue.findLastIndex((other) => end(other.request) <= end(request));
      queue.splice(before + 1, 0, { request, start, giveUp });
      lateFrom = Math.min(lateFrom, latestStart(request));
      startWaiting();
    });

  return (next) => async (request) => {
    const cameAt = Date.now();
    await turn(request);
    const startedAt = Date.now();
    let reply: SeamReply | undefined;
    try {
      if (startedAt - cameAt > LONG_MS && !(await maySend())) throw abandoned(request);
      reply = await next(request);
      if (reply.status !== 429 && reply.status < 500) letThroughAt = Date.now();
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

/** @param until when the next request may be sent, where Seam has said it */
function heldBack(request: SeamRequest, until: number | undefined): RateLimitedError {
  const seconds = Math.round((request.deadline?.limitMs ?? 0) / 1000);
  const why = until
    ? `Seam limits requests, and none may be sent before ${new Date(until).toISOString()}, which is too late for it`
    : request.deadline?.at
      ? `Seam has refused it for ${seconds} s`
      : `Seam has let no request through for ${seconds} s`;
  return new RateLimitedError({
    action: request.action,
    path: request.path,
    type: "rate_limited",
    reason: `was not sent: ${why}`,
    advice: `Run the command again ${until ? "after that" : "later"}; what was done so far is in the state.`,
  });
}

function abandoned(request: SeamRequest): NotSentError {
  return new NotSentError({
    action: request.action,
    path: request.path,
    reason: `was not sent: it had to wait for Seam's rate limit, and meanwhile ${isCancelled() ? "the run was cancelled" : "Pulumi has gone"}`,
    advice: "Run the command again.",
  });
}
