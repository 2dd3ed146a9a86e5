import { Pace } from "../../provider/http/pace";
import { type Simulated, simulate } from "./token-bucket-simulation";

jest.setTimeout(20_000);

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

/** The worst of several simulations, and the median of their times. */
function several(given: Partial<Simulated>) {
  const results = SEEDS.map((seed) =>
    simulate({
      clients: 1,
      requests: 300,
      parallel: 8,
      capacity: 10,
      perSecond: 10,
      latencyMs: 20,
      ...given,
      seed,
    }),
  );
  const times = results.map(({ time }) => time).sort((a, b) => a - b);
  return { waste: Math.max(...results.map(({ waste }) => waste)), time: times[times.length >> 1] ?? 0 };
}

describe("the pace against a limit that is told by refusals only", () => {
  it.each([
    { capacity: 5 },
    { capacity: 10 },
    { capacity: 20 },
    { capacity: 50 },
    { capacity: 100 },
    { perSecond: 2 },
    { capacity: 30, perSecond: 30 },
    { capacity: 40, perSecond: 40 },
    { latencyMs: 200 },
  ])("wastes at most 8 %% of 300 requests and 10 %% of the time: %p", (given) => {
    const { waste, time } = several(given);
    expect(waste).toBeLessThanOrEqual(0.08);
    expect(time).toBeLessThanOrEqual(1.1);
  });

  it.each([{ capacity: 5 }, { capacity: 10 }, { capacity: 50 }, { capacity: 100 }])(
    "wastes at most 10 %% of the requests of 8 processes that share a limit: %p",
    (given) => {
      const { waste, time } = several({ clients: 8, ...given });
      expect(waste).toBeLessThanOrEqual(0.1);
      expect(time).toBeLessThanOrEqual(1.25);
    },
  );

  it.each([
    { requests: 100, longest: 2.5 },
    { requests: 300, longest: 1.5 },
  ])("leaves processes that come late their share of a large limit: %p", ({ requests, longest }) => {
    const { waste, time } = several({ clients: 8, capacity: 100, perSecond: 100, requests, spanMs: 2_000 });
    expect(waste).toBeLessThanOrEqual(0.1);
    expect(time).toBeLessThanOrEqual(longest);
  });

  it("keeps the share of refusals bounded where hardly anything may be sent at once", () => {
    expect(several({ capacity: 1 }).waste).toBeLessThanOrEqual(0.05);
  });
});

describe("the pace", () => {
  const pace = () => new Pace({ maxInFlight: 4, random: () => 0.5 });

  it("begins with one request and lets more start together as they are accepted", () => {
    const starting = pace();
    const atOnce: number[] = [];
    for (let round = 0; round < 12; round++) {
      let started = 0;
      while (starting.waitMs(round) === 0) {
        starting.started(round);
        started++;
      }
      atOnce.push(started);
      for (let index = 0; index < started; index++) starting.accepted(round, round + 0.5);
    }
    expect(atOnce[0]).toBe(1);
    expect(atOnce.at(-1)).toBe(4);
    expect(Math.max(...atOnce)).toBe(4);
  });

  it("lets one more start for every second in which none ends, so that one that hangs holds up nobody", () => {
    const hanging = pace();
    hanging.started(0);
    expect(hanging.waitMs(0)).toBe(1_000);
    expect(hanging.waitMs(999)).toBe(1);
    expect(hanging.waitMs(1_000)).toBe(0);
    hanging.started(1_000);
    expect(hanging.waitMs(1_000)).toBe(1_000);
    hanging.accepted(1_000, 1_020);
    expect(hanging.waitMs(1_020)).toBe(0);
    for (let now = 1_020; now < 4_000; now += 1_000) hanging.started(now);
    expect(hanging.waitMs(9_000)).toBeUndefined();
  });

  it("lets nothing start before the end of a pause that Seam asked for", () => {
    const paused = pace();
    paused.started(0);
    paused.refused(0, 10);
    paused.pause(3_010);
    paused.pause(1_000);
    expect(paused.pausedUntil(2_000)).toBe(3_010);
    expect(paused.waitMs(2_000)).toBe(1_010);
    expect(paused.waitMs(3_010)).toBe(0);
  });

  it("takes the refusals of requests that were under way together for one", () => {
    const [one, four] = [pace(), pace()];
    for (const [subject, refusals] of [
      [one, 1],
      [four, 4],
    ] as const) {
      for (let index = 0; index < 4; index++) subject.started(index);
      for (let index = 0; index < 4; index++) {
        if (index < refusals) subject.refused(index, 20 + index);
        else subject.ended(20 + index);
      }
    }
    expect(four.waitMs(30)).toBe(one.waitMs(30));
  });

  it("finds back to full speed when the limit is gone", () => {
    const freed = pace();
    freed.started(0);
    freed.refused(0, 10);
    let now = 10;
    let sent = 0;
    for (; now < 60_000 && sent < 2_000; sent++) {
      now += Math.max(1, freed.waitMs(now) ?? 1);
      freed.started(now);
      freed.accepted(now, now);
    }
    expect(sent).toBe(2_000);
    expect(now).toBeLessThan(20_000);
  });
});
