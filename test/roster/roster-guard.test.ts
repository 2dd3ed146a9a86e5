import { Run } from "../../provider/lifecycle/run";
import { rosterGuard } from "../../provider/resources/roster-guard";
import { UNKNOWN } from "../../provider/values/unknown";

const FORTY = Array.from({ length: 40 }, (_, index) => `s${index + 1}`);

describe("the guard of a roster", () => {
  const reasons = async (people: unknown, more: Record<string, unknown> = {}, olds: unknown = FORTY) => {
    const before = olds === null ? {} : { people: olds, maxShrink: 0.2 };
    const { failures = [] } =
      (await rosterGuard(new Run()).check?.(before, { people, maxShrink: 0.2, ...more })) ?? {};
    return failures.map(({ reason }) => reason);
  };

  it("lets a share of the people go that is within maxShrink, and no more", async () => {
    expect(await reasons(FORTY.slice(8))).toEqual([]);
    expect(await reasons(FORTY.slice(9))).toEqual([
      expect.stringMatching(/loses 9 of 40 people.*\(20 %\): s1, s2.*confirmShrinkTo: 31/),
    ]);
    expect(await reasons(FORTY.slice(9), { maxShrink: 0.5 })).toEqual([]);
    expect(await reasons([], { maxShrink: 1 })).toEqual([]);
  });

  it("counts people who are replaced by others as gone", async () => {
    expect(await reasons(FORTY.map((key) => `new-${key}`))).toEqual([
      expect.stringContaining("loses 40 of 40"),
    ]);
  });

  it("tells keys that lost their leading zeros in a spreadsheet", async () => {
    expect(await reasons(["17", "18", "019"], {}, ["0017", "0018", "019"])).toEqual([
      expect.stringMatching(/loses 2 of 3.*There is 17 where 0017 was \(and 1 more\).*leading zeros/),
    ]);
    expect(await reasons(["17", "b"], {}, ["00x", "017", "x17"])).toEqual([
      expect.stringMatching(/There is 17 where 017 was: /),
    ]);
    expect((await reasons(["x"], {}, ["00", "17", "0x"]))[0]).not.toContain("zeros");
  });

  it("is confirmed by the number of people who stay, and by no other", async () => {
    expect(await reasons(FORTY.slice(20), { confirmShrinkTo: 20 })).toEqual([]);
    expect(await reasons(FORTY.slice(20), { confirmShrinkTo: 21 })).toHaveLength(1);
  });

  it("lets a new roster be anything, and one that is not known yet", async () => {
    expect(await reasons(["s1"], {}, null)).toEqual([]);
    expect(await reasons(UNKNOWN)).toEqual([]);
  });

  it("lets people go whose end has come as it was planned, however many, and no others", async () => {
    const ends = { s1: "2024-01-01T00:00:00.000Z", s2: "2024-01-01T00:00:00.000Z" };
    const check = async (olds: object, people: string[], news: Record<string, unknown>) => {
      const before = { people: ["s1", "s2", "s3"], maxShrink: 0.2, ...olds };
      const { failures = [] } =
        (await rosterGuard(new Run()).check?.(before, { people, maxShrink: 0.2, ...news })) ?? {};
      return failures.map(({ reason }) => reason);
    };
    expect(await check({ ends }, ["s3"], { ends })).toEqual([]);
    expect(await check({ ends }, ["s3"], { ends: { s1: ends.s1 } })).toEqual([
      expect.stringContaining("loses 1 of 3 people, more than maxShrink allows (20 %): s2."),
    ]);
    const moved = { ...ends, s2: "2025-01-01T00:00:00.000Z" };
    for (const olds of [{ ends: moved }, { ends: { s1: ends.s1 } }]) {
      expect(await check(olds, ["s3"], { ends })).toEqual([
        expect.stringContaining(
          "loses 1 of 3 people, more than maxShrink allows (20 %): s2 (its end is past: 2024-",
        ),
      ]);
    }
    expect(await check({}, ["s3"], { ends })).toEqual([expect.stringContaining("loses 2 of 3")]);
  });

  it("shows no change where only ends have changed", async () => {
    const changes = async (news: Record<string, unknown>) =>
      (await rosterGuard(new Run()).diff?.("roster", { people: ["s1"], maxShrink: 0.2 }, news))?.changes;
    expect(await changes({ people: ["s1"], maxShrink: 0.2, ends: { s1: "2030-01-01T00:00:00.000Z" } })).toBe(
      false,
    );
    expect(await changes({ people: ["s2"], maxShrink: 0.2 })).toBe(true);
    expect(await changes({ people: ["s1"], maxShrink: 0.3 })).toBe(true);
    expect(await changes({ people: ["s1"], maxShrink: 0.2, confirmShrinkTo: 1 })).toBe(true);
  });
});
