import * as pulumi from "@pulumi/pulumi";
import { resolveRoster } from "../../sdk/components/roster/resolve";
import { problemsOf, readRoster } from "./roster-file";
import { TWELVE_MISTAKES } from "./twelve-mistakes";

describe("a roster", () => {
  it("gives everybody what their groups say, and goes by what they say themselves", () => {
    const { people } = readRoster(
      "roster.yaml",
      `
method: card
groups:
  cleaning: { accessGroups: [Staff], doors: [Laundry, Lobby], endsAt: 2031-01-01T00:00:00Z }
  front-desk: { accessGroups: [Staff, Safe], method: mobile_key }
people:
  - { key: ada, name: Ada Example, email: ada@example.com, groups: [cleaning] }
  - { key: "0017", name: Ben Example, phone: +1 555-555-0100, groups: [cleaning, front-desk], doors: [Attic] }
  - { key: cleo, name: Cleo Example, groups: [front-desk], method: code, endsAt: 2030-05-01T12:00:00+02:00 }
`,
    );
    expect(people).toEqual([
      {
        key: "ada",
        name: "Ada Example",
        email: "ada@example.com",
        accessGroups: [{ name: "Staff", handle: "cleaning" }],
        doors: ["Laundry", "Lobby"],
        method: "card",
        endsAt: "2031-01-01T00:00:00.000Z",
      },
      {
        key: "0017",
        name: "Ben Example",
        phone: "+15555550100",
        accessGroups: [
          { name: "Staff", handle: "cleaning" },
          { name: "Safe", handle: "front-desk+2" },
        ],
        doors: ["Attic", "Laundry", "Lobby"],
        method: "mobile_key",
        endsAt: "2031-01-01T00:00:00.000Z",
      },
      {
        key: "cleo",
        name: "Cleo Example",
        accessGroups: [
          { name: "Staff", handle: "front-desk" },
          { name: "Safe", handle: "front-desk+2" },
        ],
        doors: [],
        method: "code",
        endsAt: "2030-05-01T10:00:00.000Z",
      },
    ]);
  });

  it("suspends who is to be suspended, in every kind of file, and leaves alone who is not", () => {
    const yaml = (suspended: string) =>
      `people:\n  - { key: ada, name: Ada Example, doors: [Lobby], suspended: ${suspended} }\n`;
    const csv = (suspended: string) => `key,name,doors,Suspended\nada,Ada Example,Lobby,${suspended}\n`;
    const [yes, no] = [
      ["true", "TRUE", "Yes"],
      ["false", "no", ""],
    ];
    for (const [name, text] of [
      ["roster.yaml", yaml],
      ["roster.csv", csv],
    ] as const) {
      for (const word of yes)
        expect(readRoster(name, text(word)).people[0]).toHaveProperty("suspended", true);
      for (const word of no) expect(readRoster(name, text(word)).people[0]).not.toHaveProperty("suspended");
      expect(problemsOf(() => readRoster(name, text("tru")))).toEqual([
        expect.stringMatching(
          /:2: Ada Example \(ada\): [sS]uspended: "tru" is neither true nor false\. Write true/,
        ),
      ]);
    }
    const typed = { key: "ada", name: "Ada", doors: ["Lobby"] };
    expect(resolveRoster({ people: [{ ...typed, suspended: true }] }).people).toMatchObject([
      { suspended: true },
    ]);
  });

  it("has one line for each acsUserId, which has to be an id", () => {
    const id = "1f6a3c58-0d0e-4a0e-9d4f-2f0f5a6f3b11";
    const text = (ids: readonly string[]) =>
      `key,name,doors,ACS user ID\n${ids.map((one, n) => `${n},Ada,Lobby,${one}\n`).join("")}`;
    expect(readRoster("roster.csv", text([id])).people).toMatchObject([{ acsUserId: id }]);
    expect(problemsOf(() => readRoster("roster.csv", text([id, id, "ada"])))).toEqual([
      expect.stringMatching(/:3: Ada \(1\): ACS user ID: .* is that of roster\.csv:2 too\. One user is one/),
      expect.stringMatching(/:4: Ada \(2\): ACS user ID: "ada" is not a UUID/),
    ]);
  });

  it("has twelve messages for twelve different mistakes, each with its line and the person", () => {
    const problems = problemsOf(() => readRoster("roster.yaml", TWELVE_MISTAKES.text));
    expect(problems).toHaveLength(12);
    for (const [index, expected] of TWELVE_MISTAKES.messages.entries()) {
      expect(problems[index]).toMatch(expected);
    }
  });

  it("tells of a file that is not there, and of one that is no roster", () => {
    expect(problemsOf(() => resolveRoster("nowhere.yaml"))).toEqual([expect.stringContaining("ENOENT")]);
    expect(problemsOf(() => resolveRoster("roster.xls"))).toEqual([expect.stringContaining("none of .yaml")]);
  });

  it("tells a JavaScript program that it gives none", () => {
    expect(problemsOf(() => resolveRoster(undefined as never))).toEqual([
      expect.stringMatching(/^roster: is missing\. Give the people/),
    ]);
    expect(problemsOf(() => resolveRoster(5 as never))).toEqual([
      expect.stringMatching(/^roster: 5 is no list of properties/),
    ]);
  });

  it("tells a JavaScript program of outputs, promises and Dates in the place of values", () => {
    const people = [
      { key: "a", name: "Ada", email: pulumi.output("ada@example.com"), doors: ["Lobby"] },
      { key: "b", name: "Ben", doors: ["Lobby"], endsAt: new Date() },
    ];
    const problems = (roster: unknown) => problemsOf(() => resolveRoster(roster as string));
    expect(problems({ people })).toEqual([
      expect.stringMatching(/^people\[0\]\.email: Ada \(a\): email: an output is not an e-mail/),
      expect.stringMatching(/^people\[1\]\.endsAt: Ben \(b\): endsAt: a Date is not an ISO 8601/),
    ]);
    for (const later of [pulumi.output({ people: [] }), Promise.resolve({ people: [] })]) {
      expect(problems(later)).toEqual([
        expect.stringMatching(/^roster: is an output or a promise, .*Await a promise/),
      ]);
    }
  });

  it("names the place in a typed roster, too", () => {
    const people = [{ key: "ada", name: "Ada Example", groups: ["desk"] }];
    expect(problemsOf(() => resolveRoster({ people }))).toEqual([
      expect.stringContaining('people[0].groups[0]: Ada Example (ada): groups[0]: there is no group "desk"'),
    ]);
  });

  it("refuses people whose groups contradict each other, and takes the person's own word", () => {
    const groups = {
      day: { doors: ["Lobby"], endsAt: "2031-01-01T00:00:00Z" },
      night: { doors: ["Lobby"], endsAt: "2032-01-01T00:00:00Z" },
    };
    const ada = { key: "ada", name: "Ada", groups: ["day", "night"] };
    expect(problemsOf(() => resolveRoster({ groups, people: [ada] }))[0]).toContain(
      "endsAt: the groups differ",
    );
    const own = { ...ada, endsAt: "2033-01-01T00:00:00Z" };
    expect(resolveRoster({ groups, people: [own] }).people).toMatchObject([
      { endsAt: "2033-01-01T00:00:00.000Z" },
    ]);
  });
});
