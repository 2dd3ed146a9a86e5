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

  it("is confirmed by the number of people who stay, and by no other", async () => {
    expect(await reasons(FORTY.slice(20), { confirmShrinkTo: 20 })).toEqual([]);
    expect(await reasons(FORTY.slice(20), { confirmShrinkTo: 21 })).toHaveLength(1);
  });

  it("lets a new roster be anything, and one that is not known yet", async () => {
    expect(await reasons(["s1"], {}, null)).toEqual([]);
    expect(await reasons(UNKNOWN)).toEqual([]);
  });
});
