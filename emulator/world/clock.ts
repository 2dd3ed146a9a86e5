import { instantMs } from "./instant";

/** A length of time; the parts add up. */
export interface Duration {
  days?: number | undefined;
  hours?: number | undefined;
  minutes?: number | undefined;
  seconds?: number | undefined;
  ms?: number | undefined;
}

interface Work {
  at: number;
  run: () => void;
}

/**
 * The emulator's time. It runs with the real time until `set` stops it; `advance` moves it either way.
 * Work that Seam does later (sync with the lock system, PIN generation, deletion) is due at a time of
 * this clock, and is done before the first request or look at the clock after that time.
 */
export class Clock {
  #stoppedAt: number | undefined;
  #offsetMs = 0;
  #microseconds = 0;
  #work: Work[] = [];

  constructor(startsAt?: string) {
    if (startsAt !== undefined) this.set(startsAt);
  }

  /** Milliseconds since 1970. */
  nowMs(): number {
    return this.#stoppedAt ?? Date.now() + this.#offsetMs;
  }

  /** The time as Seam writes it where it comes from a client: with milliseconds. */
  now(): string {
    this.runDue();
    return new Date(this.nowMs()).toISOString();
  }

  /** The time as Seam stamps it: with microseconds, and no two stamps alike. */
  stamp(): string {
    this.#microseconds = (this.#microseconds + 1) % 1000;
    const micros = String(this.#microseconds).padStart(3, "0");
    return `${new Date(this.nowMs()).toISOString().slice(0, -1)}${micros}Z`;
  }

  /** Stops the clock at this time (ISO 8601 with zone). */
  set(iso: string): void {
    const ms = instantMs(iso);
    if (ms === undefined)
      throw new Error(
        `The emulator's clock takes an ISO 8601 time with a zone, such as 2030-01-01T00:00:00Z, not "${iso}"`,
      );
    this.#runUntil(ms);
    this.#stoppedAt = ms;
  }

  /** Moves the clock; what was to happen in between happens, in its order. A running clock keeps running. */
  advance(by: number | Duration): void {
    const ms = durationMs(typeof by === "number" ? { ms: by } : by);
    if (Math.abs(this.nowMs() + ms) > LAST_MS)
      throw new Error("The emulator's clock cannot go that far: its years are those of a Date");
    this.#runUntil(this.nowMs() + ms);
    if (this.#stoppedAt === undefined) this.#offsetMs += ms;
    else this.#stoppedAt += ms;
  }

  /** Lets a stopped clock run on from where it stands. */
  run(): void {
    if (this.#stoppedAt === undefined) return;
    this.#offsetMs = this.#stoppedAt - Date.now();
    this.#stoppedAt = undefined;
  }

  get isStopped(): boolean {
    return this.#stoppedAt !== undefined;
  }

  /** Does the work when `delayMs` have passed; without a delay now. */
  after(delayMs: number, run: () => void): void {
    if (delayMs <= 0) {
      run();
      return;
    }
    const work = { at: this.nowMs() + delayMs, run };
    // Most work is due after what is waiting already.
    const earlier = this.#work.findLastIndex((other) => other.at <= work.at);
    this.#work.splice(earlier + 1, 0, work);
  }

  runDue(): void {
    if (this.#work.length > 0) this.#runUntil(this.nowMs());
  }

  #runUntil(ms: number): void {
    const before = this.#stoppedAt;
    while (this.#work[0] && this.#work[0].at <= ms) {
      const work = this.#work.shift();
      if (!work) break;
      // Stamps of work done late carry the time at which it was due.
      this.#stoppedAt = work.at;
      work.run();
    }
    this.#stoppedAt = before;
  }
}

const PARTS_MS: Readonly<Record<string, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  ms: 1,
};

// The last time that a Date can have.
const LAST_MS = 8.64e15;

function durationMs(duration: Duration | undefined): number {
  const parts = Object.entries(duration ?? {}).filter(([, amount]) => amount !== undefined);
  if (parts.length === 0)
    throw new Error("The emulator's clock needs to know how far to advance, such as { days: 1 }");
  const wrong = parts.filter(([part, amount]) => !Number.isFinite(amount) || PARTS_MS[part] === undefined);
  if (wrong.length > 0)
    throw new Error(
      `The emulator's clock advances by a number of ${Object.keys(PARTS_MS).join(", ")}, not by ` +
        wrong.map(([part, amount]) => `${part}: ${amount}`).join(", "),
    );
  return parts.reduce((sum, [part, amount]) => sum + amount * (PARTS_MS[part] ?? 0), 0);
}
