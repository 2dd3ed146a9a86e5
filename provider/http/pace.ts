/**
 * When requests may start, so that a limit nobody tells us is used up but seldom hit. Pure: the caller brings the
 * time. `test/unit/pace.test.ts` lets it run against token buckets of many sizes, alone and beside others.
 *
 * Until the first refusal only the number under way is bounded. A refusal halves the pace, and every request that is
 * accepted adds a little to it.
 */
export interface PaceOptions {
  /** Requests under way at once, at most. */
  readonly maxInFlight: number;
  /** A number from 0 to 1; processes that were refused together must not come back together. */
  readonly random?: () => number;
}

const SLOWEST_PER_SECOND = 0.2;
/**
 * What an accepted request adds: this times the square root of the pace. The same for every pace would meet a small
 * limit every few requests; a share of the pace would leave processes that share a limit as unequal as chance has
 * made them.
 */
const ADDED = 0.06;
/** The share that it adds as long as nothing else is known than that the first request was refused. */
const SEARCH = 0.2;
/** While nothing ends for so long, one more may start: a request that hangs must not hold up all others. */
const PATIENCE_MS = 1000;

export class Pace {
  readonly #maxInFlight: number;
  readonly #random: () => number;
  #inFlight = 0;
  /** Requests that may be under way: from one upwards, so that a small limit is not met by a volley. */
  #window = 1;
  /** When a request last started or ended. */
  #quietSince = 0;
  #perSecond = Number.POSITIVE_INFINITY;
  #isSearching = false;
  #nextAt = 0;
  #pausedUntil = 0;
  #accepted = 0;
  #refusedAt = Number.NEGATIVE_INFINITY;

  constructor(options: PaceOptions) {
    this.#maxInFlight = options.maxInFlight;
    this.#random = options.random ?? Math.random;
  }

  /** Until this moment nothing starts, or `undefined`. */
  pausedUntil(now: number): number | undefined {
    return this.#pausedUntil > now ? this.#pausedUntil : undefined;
  }

  /** Milliseconds until a request may start; `undefined`: not before another has ended. */
  waitMs(now: number): number | undefined {
    if (this.#inFlight >= this.#maxInFlight) return undefined;
    const patientUntil = this.#isFull() ? this.#quietSince + PATIENCE_MS : now;
    return Math.max(0, this.#nextAt - now, this.#pausedUntil - now, patientUntil - now);
  }

  started(now: number): void {
    if (this.#isFull()) this.#window = this.#inFlight + 1;
    this.#inFlight++;
    this.#quietSince = now;
    const gap = 1000 / this.#perSecond;
    // A start that came late is made up for, one at most.
    this.#nextAt = Math.max(this.#nextAt, now - gap) + gap;
  }

  /** A request ended without an answer that says anything about limits. */
  ended(now: number): void {
    this.#inFlight--;
    this.#quietSince = now;
  }

  accepted(startedAt: number, now: number): void {
    this.ended(now);
    this.#window = Math.min(this.#maxInFlight, this.#window + 1 / this.#window);
    this.#accepted++;
    if (startedAt <= this.#refusedAt) return;
    this.#perSecond += this.#isSearching ? this.#perSecond * SEARCH : ADDED * Math.sqrt(this.#perSecond);
    this.#nextAt = Math.min(this.#nextAt, now + 1000 / this.#perSecond);
  }

  refused(startedAt: number, now: number): void {
    this.ended(now);
    // Refusals of requests that were under way together are one message.
    if (startedAt <= this.#refusedAt) return;
    this.#refusedAt = now;
    this.#window = Math.max(1, this.#window / 2);
    const isFirst = !Number.isFinite(this.#perSecond);
    this.#isSearching = isFirst && this.#accepted === 0;
    // The more was accepted before the first refusal, the larger the limit.
    this.#perSecond = isFirst ? this.#accepted + 1 : Math.max(SLOWEST_PER_SECOND, this.#perSecond / 2);
    this.#nextAt = now + (1000 / this.#perSecond) * (0.75 + this.#random() / 2);
  }

  /** Seam says how long to wait: that holds for every request. */
  pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  #isFull(): boolean {
    return this.#inFlight >= Math.floor(this.#window);
  }
}
