import { Pace } from "../../provider/http/pace";

export interface Simulated {
  readonly clients: number;
  /** Requests that each client has to get accepted. */
  readonly requests: number;
  /** How many of them a client wants to send at a time. */
  readonly parallel: number;
  readonly capacity: number;
  readonly perSecond: number;
  readonly latencyMs: number;
  /** Clients start at random moments of this span; without it together. */
  readonly spanMs?: number;
  readonly seed: number;
}

export interface SimulationResult {
  /** Share of requests that were refused. */
  readonly waste: number;
  /** Time it took, as a multiple of what the limit itself imposes. */
  readonly time: number;
}

const LONGEST_MS = 24 * 3600_000;

/** Clients with a pace each against one token bucket, in simulated time: minutes take milliseconds. */
export function simulate(given: Simulated): SimulationResult {
  const { clients, requests, capacity, perSecond } = given;
  const random = seededRandom(given.seed);
  const events = new Events();
  const bucket = { tokens: capacity, filledAt: 0, sent: 0, refused: 0 };
  const take = () => {
    const filled = bucket.tokens + ((events.now - bucket.filledAt) / 1000) * perSecond;
    Object.assign(bucket, { tokens: Math.min(capacity, filled), filledAt: events.now });
    bucket.sent++;
    if (bucket.tokens < 1) {
      bucket.refused++;
      return false;
    }
    bucket.tokens--;
    return true;
  };
  for (let client = 0; client < clients; client++)
    events.at(random() * (given.spanMs ?? 0), () => startClient(given, events, random, take));
  events.run();
  const imposedMs = ((clients * requests - capacity) / perSecond) * 1000;
  return { waste: bucket.refused / bucket.sent, time: events.now / imposedMs };
}

function startClient(given: Simulated, events: Events, random: () => number, take: () => boolean): void {
  const pace = new Pace({ maxInFlight: 16, random });
  let left = given.requests;
  let waiting = 0;
  let wakesAt = Number.POSITIVE_INFINITY;
  const startWaiting = () => {
    while (waiting > 0) {
      const wait = pace.waitMs(events.now);
      if (wait === undefined) return;
      if (wait > 0) {
        // Wakes that came too early change nothing.
        if (events.now + wait >= wakesAt && wakesAt > events.now) return;
        wakesAt = events.now + Math.ceil(wait);
        events.at(wakesAt, startWaiting);
        return;
      }
      waiting--;
      pace.started(events.now);
      send(events.now);
    }
  };
  const send = (startedAt: number) => {
    const oneWay = (given.latencyMs / 2) * (0.8 + 0.4 * random());
    events.at(startedAt + oneWay, () => {
      const isAccepted = take();
      events.at(events.now + oneWay, () => {
        if (isAccepted) {
          pace.accepted(startedAt, events.now);
          begin();
        } else {
          pace.refused(startedAt, events.now);
          waiting++;
        }
        startWaiting();
      });
    });
  };
  const begin = () => {
    if (left === 0) return;
    left--;
    waiting++;
  };
  for (let slot = 0; slot < given.parallel; slot++) begin();
  startWaiting();
}

class Events {
  now = 0;
  readonly #events: { at: number; run: () => void }[] = [];

  at(at: number, run: () => void): void {
    const later = this.#events.findIndex((event) => event.at > at);
    if (later === -1) this.#events.push({ at, run });
    else this.#events.splice(later, 0, { at, run });
  }

  run(): void {
    for (let event = this.#events.shift(); event; event = this.#events.shift()) {
      this.now = event.at;
      if (this.now > LONGEST_MS) throw new Error("The simulated requests do not get through within a day");
      event.run();
    }
  }
}

// mulberry32
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
