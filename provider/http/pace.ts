/**
 * When requests may start, so that a limit nobody tells us is used up but hardly ever hit. Pure: the caller brings
 * the time. `test/unit/pace.test.ts` lets it run against token buckets of many sizes, alone and beside others.
 *
 * Until the first refusal only the number under way is bounded. It says that the limit's store of requests is
 * empty; so what is accepted from there to a later refusal is what the limit gives. Requests start a little below
 * that pace, which then grows along a cubic curve: flat around the known limit, ever steeper beyond it.
 */
export interface PaceOptions {
  /** Requests under way at once, at most. */
  readonly maxInFlight: number;
  /** A number from 0 to 1; processes that were refused together must not come back together. */
  readonly random?: () => number;
}

const SLOWEST_PER_SECOND = 0.2;
const LONGEST_FIRST_PAUSE_MS = 800;
/** The more was accepted before the first refusal, the larger the limit: the shorter the pause after it. */
const FIRST_PAUSE_MS = 2000;
/** How fast the pace grows with every accepted request until the limit has been measured. */
const SEARCH_GROWTH = 1.2;
/** Fewer accepted requests than these say nothing about a limit. */
const FEWEST_MEASURED = 3;
/** A limit is measured over the refusals among so many last accepted requests. */
const MEASURED_REQUESTS = 30;
const BELOW_LIMIT = 0.93;
/** Growth beyond the limit, as a share of it, is this times the cube of the age since the curve's flat middle. */
const CURVE = 5e-5;
const FLAT_AGE = Math.cbrt((1 - BELOW_LIMIT) / CURVE);

export class Pace {
  readonly #maxInFlight: number;
  readonly #random: () => number;
  #inFlight = 0;
  /** Requests that may be under way: from one upwards, so that a small limit is not met by a volley. */
  #window = 1;
  #perSecond = Number.POSITIVE_INFINITY;
  #nextAt = 0;
  #pausedUntil = 0;
  /** Requests accepted in all. */
  #accepted = 0;
  /** What has been measured, and over how many accepted requests. */
  #limit: { readonly perSecond: number; readonly basis: number } | undefined;
  /** Starts of the requests accepted since the search for the limit began. */
  #searched: number[] = [];
  /** The latest refusals that count, the oldest first. */
  #refusals: { readonly at: number; readonly accepted: number }[] = [];

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
    if (this.#inFlight >= Math.min(this.#maxInFlight, Math.floor(this.#window))) return undefined;
    return Math.max(0, this.#nextAt - now, this.#pausedUntil - now);
  }

  started(now: number): void {
    this.#inFlight++;
    this.#grow(now);
    const gap = 1000 / this.#perSecond;
    // A start that came late is made up for, one at most.
    this.#nextAt = Math.max(this.#nextAt, now - gap) + gap;
  }

  /** The request started at `startedAt` ended without an answer that says anything about limits. */
  ended(): void {
    this.#inFlight--;
  }

  accepted(startedAt: number, now: number): void {
    this.#inFlight--;
    this.#window = Math.min(this.#maxInFlight, this.#window + 1 / this.#window);
    if (startedAt <= this.#refusedAt()) return;
    this.#accepted++;
    if (this.#limit || !Number.isFinite(this.#perSecond)) return;
    this.#searched.push(startedAt);
    this.#perSecond *= SEARCH_GROWTH;
    this.#nextAt = Math.min(this.#nextAt, now + 1000 / this.#perSecond);
  }

  refused(startedAt: number, now: number): void {
    this.#inFlight--;
    // Refusals of requests that were under way together are one message.
    if (startedAt <= this.#refusedAt()) return;
    this.#window = Math.max(1, this.#window / 2);
    this.#refusals.push({ at: now, accepted: this.#accepted });
    while (this.#refusals.length > 2 && this.#acceptedSince(this.#refusals[1]) >= MEASURED_REQUESTS) {
      this.#refusals.shift();
    }
    this.#slowDown(startedAt, now);
    this.#nextAt = now + (1000 / this.#perSecond) * (0.75 + this.#random() / 2);
  }

  /** Seam says how long to wait: that holds for every request. */
  pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  #slowDown(startedAt: number, now: number): void {
    if (!Number.isFinite(this.#perSecond)) {
      const pause = Math.min(LONGEST_FIRST_PAUSE_MS, FIRST_PAUSE_MS / (this.#accepted + 1));
      this.#perSecond = 1000 / (pause * (0.5 + this.#random()));
      return;
    }
    const first = this.#refusals[0];
    const basis = this.#acceptedSince(first);
    if (first === undefined || basis < FEWEST_MEASURED) {
      this.#perSecond = Math.max(SLOWEST_PER_SECOND, this.#perSecond * (this.#limit ? BELOW_LIMIT : 0.5));
      if (this.#limit) this.#limit = { perSecond: this.#perSecond / BELOW_LIMIT, basis };
      return;
    }
    const measured = Math.max((basis / (now - first.at)) * 1000, this.#limit ? 0 : this.#lately(startedAt));
    // The pauses of the search are no part of what the limit gives.
    if (!this.#limit) this.#refusals = this.#refusals.slice(-1);
    this.#limit = { perSecond: Math.max(SLOWEST_PER_SECOND, Math.min(measured, this.#perSecond)), basis };
    this.#perSecond = this.#limit.perSecond * BELOW_LIMIT;
  }

  #grow(now: number): void {
    if (!this.#limit) return;
    const { perSecond, basis } = this.#limit;
    // Age counts in seconds or in requests, whichever is more; the less is known, the fewer requests.
    const requests = this.#acceptedSince(this.#refusals.at(-1)) / Math.min(8, Math.max(0.5, basis / 4));
    const age = Math.max((now - this.#refusedAt()) / 1000, requests);
    this.#perSecond = perSecond * (1 + CURVE * (age - FLAT_AGE) ** 3);
  }

  /** The pace of the later part of the search, which began far below the limit. */
  #lately(now: number): number {
    const count = Math.ceil(this.#searched.length * 0.7);
    const from = this.#searched.at(-count - 1) ?? this.#searched[0];
    return from === undefined || count < 2 ? 0 : (count / (now - from)) * 1000;
  }

  #refusedAt(): number {
    return this.#refusals.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  }

  #acceptedSince(refusal: { readonly accepted: number } | undefined): number {
    return this.#accepted - (refusal?.accepted ?? 0);
  }
}
