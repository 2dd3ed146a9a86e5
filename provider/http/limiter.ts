import type { Interceptor } from "./exchange";

export interface LimiterOptions {
  /** Requests under way at once, at most. */
  readonly maxInFlight?: number;
}

/**
 * Bounds what all requests of a process ask of Seam at once, and slows down when Seam says 429: from then on
 * requests start at the pace at which Seam has been accepting them, which grows again as long as it does.
 */
export function limiter(options: LimiterOptions = {}): Interceptor {
  const maxInFlight = options.maxInFlight ?? 16;
  const pace = new Pace();
  const waiting: (() => void)[] = [];
  let inFlight = 0;
  let timer: NodeJS.Timeout | undefined;
  const startWaiting = () => {
    while (waiting.length > 0 && inFlight < maxInFlight) {
      const wait = pace.reserve(Date.now());
      if (wait > 0) {
        if (timer === undefined) {
          timer = setTimeout(() => {
            timer = undefined;
            startWaiting();
          }, wait);
        }
        return;
      }
      inFlight++;
      waiting.shift()?.();
    }
  };
  return (next) => async (request) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      startWaiting();
    });
    try {
      const reply = await next(request);
      if (reply.status === 429) pace.refused(Date.now());
      else pace.accepted(Date.now());
      return reply;
    } finally {
      inFlight--;
      startWaiting();
    }
  };
}

const WINDOW_MS = 1000;
const MIN_PER_SECOND = 0.5;
const BACK_OFF = 0.9;
const GROWTH_PER_SECOND = 1.03;

/** The pace of requests: unlimited until the first refusal, then a rate that follows what Seam accepts. */
export class Pace {
  #perSecond = Number.POSITIVE_INFINITY;
  #nextAt = 0;
  #changedAt = 0;
  #accepted: number[] = [];

  /** Milliseconds until a request may start; 0 means it starts now and its place is taken. */
  reserve(now: number): number {
    if (now < this.#nextAt) return this.#nextAt - now;
    if (Number.isFinite(this.#perSecond)) {
      this.#perSecond *= GROWTH_PER_SECOND ** Math.min(1, (now - this.#changedAt) / 1000);
      this.#changedAt = now;
      this.#nextAt = Math.max(this.#nextAt, now - WINDOW_MS) + 1000 / this.#perSecond;
      if (this.#nextAt < now) this.#nextAt = now;
    }
    return 0;
  }

  accepted(now: number): void {
    this.#forget(now);
    this.#accepted.push(now);
  }

  refused(now: number): void {
    this.#forget(now);
    // Refusals of requests that were under way together are one message.
    if (Number.isFinite(this.#perSecond) && now - this.#changedAt < 1000 / this.#perSecond) return;
    this.#perSecond = Math.max(MIN_PER_SECOND, this.#accepted.length * BACK_OFF);
    this.#changedAt = now;
    this.#nextAt = now + 1000 / this.#perSecond;
  }

  #forget(now: number): void {
    while (this.#accepted[0] !== undefined && this.#accepted[0] <= now - WINDOW_MS) this.#accepted.shift();
  }
}
