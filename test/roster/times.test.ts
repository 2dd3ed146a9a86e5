import { DESK, problemsOf, readRoster } from "./roster-file";

const window = (text: string) => {
  const [person] = readRoster("roster.yaml", text, DESK).people;
  return [person?.startsAt, person?.endsAt];
};

describe("a roster with a time zone", () => {
  it("takes the times of people and groups in it, but for those that name their own", () => {
    const times = (person: string, group = "") => `
timeZone: Europe/Berlin
groups: { desk: { doors: [Desk], ${group} } }
people: [{ key: a, name: Ada, groups: [desk], ${person} }]`;
    expect(window(times("startsAt: 2030-06-19, endsAt: 2030-06-19"))).toEqual([
      "2030-06-18T22:00:00.000Z",
      "2030-06-19T22:00:00.000Z",
    ]);
    expect(window(times("startsAt: 2030-06-19T15:00Z", "endsAt: 2030-12-31"))).toEqual([
      "2030-06-19T15:00:00.000Z",
      "2030-12-31T23:00:00.000Z",
    ]);
    expect(problemsOf(() => window(times("startsAt: 2030-06-20, endsAt: 2030-06-19")))).toEqual([
      expect.stringContaining("endsAt: 2030-06-19 is not after startsAt (2030-06-20)."),
    ]);
    expect(problemsOf(() => window(times("startsAt: 2031-01-01", "endsAt: 2030-12-31")))).toEqual([
      expect.stringMatching(/^roster\.yaml:4: Ada \(a\): the groups' times included, access ends .* before/),
    ]);
  });

  it("has it from the program where the roster says none, as CSV cannot", () => {
    const csv = "key;name;groups;Valid until\n1;Ada;desk;2030-06-19\n";
    const read = (timeZone: string) => readRoster("people.csv", csv, { ...DESK, timeZone }).people;
    expect(read("Europe/Berlin")).toMatchObject([{ endsAt: "2030-06-19T22:00:00.000Z" }]);
    expect(problemsOf(() => read("Berlin"))).toEqual([expect.stringMatching(/^timeZone: "Berlin" is no/)]);
    const yaml = "timeZone: UTC\npeople: [{ key: a, name: Ada, groups: [desk], endsAt: 2030-06-19 }]";
    expect(readRoster("roster.yaml", yaml, { ...DESK, timeZone: "Europe/Berlin" }).people).toMatchObject([
      { endsAt: "2030-06-20T00:00:00.000Z" },
    ]);
  });

  it("tells a wrong zone with its line, and which times are none in the same error", () => {
    const text = `timeZone: Europa/Berlin
people:
  - { key: a, name: Ada, groups: [desk], startsAt: 2030-06-19, endsAt: 2030-06-31 }
`;
    expect(problemsOf(() => window(text))).toEqual([
      expect.stringMatching(
        /^roster\.yaml:1: timeZone: "Europa\/Berlin" is no time zone\. Did you mean "Europe\/Berlin"/,
      ),
      expect.stringMatching(/^roster\.yaml:3: Ada \(a\): endsAt: "2030-06-31" is neither a date nor/),
    ]);
  });

  it("ends with the year 9999, in whatever zone that is written", () => {
    for (const time of ["9999-12-31T23:59:59-05:00", "9999-12-31"]) {
      const text = `timeZone: America/New_York\npeople: [{ key: a, name: Ada, groups: [desk], endsAt: ${time} }]`;
      expect(window(text)).toEqual([undefined, "9999-12-31T23:59:59.999Z"]);
    }
  });

  it("is needed for times without a zone, and says so", () => {
    for (const time of ["2030-06-19", "2030-06-19T15:00"]) {
      expect(
        problemsOf(() => window(`people: [{ key: a, name: Ada, groups: [desk], endsAt: ${time} }]`)),
      ).toEqual([
        expect.stringMatching(/is not an ISO 8601 date and time with a zone\..*give the roster a timeZone/),
      ]);
    }
  });
});
