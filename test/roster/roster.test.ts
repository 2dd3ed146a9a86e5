import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RosterError } from "../../sdk/components/roster";
import { resolveRoster } from "../../sdk/components/roster/resolve";
import { inFolder, TWELVE_MISTAKES } from "./twelve-mistakes";

describe("a roster", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-seam-roster-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const resolve = (name: string, text: string, groups?: Parameters<typeof resolveRoster>[1]) => {
    writeFileSync(join(folder, name), text);
    return inFolder(folder, () => resolveRoster(name, groups)).people;
  };
  const problemsOf = (act: () => unknown): readonly string[] => {
    try {
      act();
    } catch (error) {
      if (error instanceof RosterError) return error.problems;
      throw error;
    }
    throw new Error("there is nothing wrong");
  };

  it("gives everybody what their groups say, and goes by what they say themselves", () => {
    const people = resolve(
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
        accessGroups: ["Staff"],
        doors: ["Laundry", "Lobby"],
        method: "card",
        endsAt: "2031-01-01T00:00:00.000Z",
      },
      {
        key: "0017",
        name: "Ben Example",
        phone: "+15555550100",
        accessGroups: ["Safe", "Staff"],
        doors: ["Attic", "Laundry", "Lobby"],
        method: "mobile_key",
        endsAt: "2031-01-01T00:00:00.000Z",
      },
      {
        key: "cleo",
        name: "Cleo Example",
        accessGroups: ["Safe", "Staff"],
        doors: [],
        method: "code",
        endsAt: "2030-05-01T10:00:00.000Z",
      },
    ]);
  });

  it("has twelve messages for twelve different mistakes, each with its line and the person", () => {
    const problems = problemsOf(() => resolve("roster.yaml", TWELVE_MISTAKES.text));
    expect(problems).toHaveLength(12);
    for (const [index, expected] of TWELVE_MISTAKES.messages.entries()) {
      expect(problems[index]).toMatch(expected);
    }
  });

  it("reads people from CSV: quoted names, lists, empty cells, and groups from the program", () => {
    const text =
      'key,name,email,groups,endsAt\r\n17,"Example, ""Ada""\nof Lobby",,cleaning;desk,\r\n\r\n18,Ben,ben@example.com,desk,2031-01-01T00:00:00Z';
    const people = resolve("people.csv", text, { cleaning: { doors: ["Lobby"] }, desk: { doors: ["Desk"] } });
    expect(people).toMatchObject([
      { key: "17", name: 'Example, "Ada"\nof Lobby', doors: ["Desk", "Lobby"], method: "code" },
      {
        key: "18",
        name: "Ben",
        email: "ben@example.com",
        doors: ["Desk"],
        endsAt: "2031-01-01T00:00:00.000Z",
      },
    ]);
  });

  it("tells the lines of mistakes in CSV, also after a value of several lines", () => {
    const text = 'key,name,grops,endsAt\n17,"Ada\nExample",desk,\n18,Ben,desk,soon\n19,Cleo,a,b,c\n';
    const problems = problemsOf(() => resolve("people.csv", text, { desk: { doors: ["Desk"] } }));
    expect(problems).toEqual([expect.stringContaining("people.csv:5: has 5 values, but the header names 4")]);
    const fixed = text.replace("19,Cleo,a,b,c\n", "");
    const messages = problemsOf(() => resolve("people.csv", fixed, { desk: { doors: ["Desk"] } }));
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^people\.csv:2: Ada\nExample \(17\): grops: .*Did you mean groups/),
        expect.stringMatching(/^people\.csv:4: Ben \(18\): endsAt: "soon" is not/),
      ]),
    );
    const open = problemsOf(() => resolve("people.csv", 'key,name\n17,"Ada\n'));
    expect(open).toEqual([expect.stringContaining("people.csv:2: a double quote is not closed")]);
  });

  it("tells the line of what is no YAML at all, and of a file that is not there", () => {
    expect(problemsOf(() => resolve("roster.yml", "people:\n  - key: ada\n   name: x\n"))[0]).toMatch(
      /^roster\.yml:[23]: /,
    );
    expect(problemsOf(() => resolveRoster("nowhere.yaml"))).toEqual([expect.stringContaining("ENOENT")]);
    expect(problemsOf(() => resolveRoster("roster.xls"))).toEqual([expect.stringContaining("none of .yaml")]);
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
