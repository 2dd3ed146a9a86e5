import { DESK, problemsOf, readRoster } from "./roster-file";

const read = (text: string, file = "roster.yaml") => readRoster(file, text, DESK).people;
const problems = (text: string, file?: string) => problemsOf(() => read(text, file));

describe("a roster as YAML", () => {
  it("keeps texts that look like something else", () => {
    const text = `
people:
  - { key: 0017, name: No, phone: +1 555 555 0100, groups: [desk], doors: [1.0, true, 2030-01-01, 0x1F, null_] }
`;
    expect(read(text)).toMatchObject([
      {
        key: "0017",
        name: "No",
        phone: "+15555550100",
        doors: ["0x1F", "1.0", "2030-01-01", "Desk", "null_", "true"],
      },
    ]);
    expect(read(`%YAML 1.1\n---${text}`)).toMatchObject([{ key: "0017", name: "No" }]);
  });

  it("leaves out what is written without a value", () => {
    const person = "key: a, name: Ada, groups: [desk]";
    for (const none of ["", "~", "null", '""']) {
      expect(read(`people: [{ ${person}, email: ${none} }]`)).toEqual(read(`people: [{ ${person} }]`));
    }
    expect(
      read(`{"people": [{"key": "a", "name": "Null", "groups": ["desk"], "email": null}]}`),
    ).toMatchObject([{ name: "Null" }]);
    expect(problems("people: [{ key: a, name: null, groups: [desk, ~] }]")).toEqual([
      "roster.yaml:1: (a): groups[1]: null is not a text. Give the name of the group.",
      "roster.yaml:1: (a): name: is missing. Give the person's full name.",
    ]);
  });

  it("names places once and merges them: one, several, also of groups, with what is said besides going before", () => {
    const text = `
x-contractor: &contractor { groups: [desk], endsAt: 2031-01-01T00:00:00Z }
x-card: &card { method: card, endsAt: 2032-01-01T00:00:00Z, phone: "+15555550100" }
groups:
  day: &day { doors: [Lobby] }
  night: { <<: *day, endsAt: 2033-01-01T00:00:00Z }
people:
  - { <<: *contractor, key: a, name: Ada }
  - <<: [*contractor, *card]
    key: b
    name: Ben
  - { key: c, name: Cleo, <<: *contractor, endsAt: 2030-01-01T00:00:00Z, groups: &nights [night] }
  - { key: d, name: Dan, groups: *nights }
`;
    expect(read(text)).toMatchObject([
      { key: "a", method: "code", doors: ["Desk"], endsAt: "2031-01-01T00:00:00.000Z" },
      { key: "b", method: "card", phone: "+15555550100", endsAt: "2031-01-01T00:00:00.000Z" },
      { key: "c", doors: ["Lobby"], endsAt: "2030-01-01T00:00:00.000Z" },
      { key: "d", doors: ["Lobby"], endsAt: "2033-01-01T00:00:00.000Z" },
    ]);
  });

  it("tells the line of a mistake where it is written, not where it is merged", () => {
    const text = `x-base: &base
  groups: [dask]
  endsAt: soon
people:
  - <<: *base
    key: a
    name: Ada
  - { key: b, name: Ben, groups: &list [desk, dusk] }
  - { key: c, name: Cleo, groups: *list }
`;
    expect(problems(text)).toEqual([
      expect.stringMatching(/^roster\.yaml:2: Ada \(a\): groups\[0\]: there is no group "dask"/),
      expect.stringMatching(/^roster\.yaml:3: Ada \(a\): endsAt: "soon" is not/),
      expect.stringMatching(/^roster\.yaml:8: Ben \(b\): groups\[1\]: there is no group "dusk"/),
      expect.stringMatching(/^roster\.yaml:8: Cleo \(c\): groups\[1\]: there is no group "dusk"/),
    ]);
  });

  it("is as long as people are many who take over the same", () => {
    const people = Array.from(
      { length: 3_000 },
      (_, index) => `  - { <<: *base, key: k${index}, doors: *doors }`,
    );
    const text = `x-base: &base { name: Ada, groups: [desk] }\nx-doors: &doors [Safe]\npeople:\n${people.join("\n")}\n`;
    expect(read(text)).toHaveLength(3_000);
  });

  it.each<[string, string, ...RegExp[]]>([
    [
      "aliases that name nothing",
      "people:\n  - { <<: *bose, key: a, name: Ada }\n  - key: b\n    name: *Ben\n",
      /^roster\.yaml:2: there is nothing above that is named &bose\./,
      /^roster\.yaml:4: there is nothing above that is named &Ben\..*quotation marks\.$/,
    ],
    ["an alias above its name", "people: *all\nx-all: &all []\n", /^roster\.yaml:1: there is nothing above/],
    [
      "an alias within itself",
      "people: &all\n  - *all\n",
      /^roster\.yaml:2: \*all stands within what it names/,
    ],
    [
      "a bomb of aliases",
      `a: &a [x, x, x, x, x, x, x, x, x]\n${[..."bcdefgh"].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[i]}`)}]`).join("\n")}\n`,
      /^roster\.yaml:1: repeats its aliases/,
    ],
    [
      "merges of what is no list of properties",
      "people:\n  - { <<: &x [desk], key: a }\n  - { <<: Ada, key: b }\n  - { <<: , key: c }\n",
      /^roster\.yaml:2: << takes over the properties/,
      /^roster\.yaml:3: << takes over the properties/,
      /^roster\.yaml:4: << takes over the properties/,
    ],
    [
      "a property twice",
      "people:\n  - key: a\n    name: Ada\n    key: b\n",
      /^roster\.yaml:4: key stands twice/,
    ],
    [
      "tabs",
      "people:\n\t- key: a\n",
      /^roster\.yaml:2: the line is indented with a tab\. Indent with blanks\.$/,
    ],
    [
      "wrong indentation",
      "people:\n  - key: ada\n   name: x\n",
      /^roster\.yaml:3: the line is indented otherwise/,
    ],
    [
      "a file without its end",
      "people:\n  - { key: a, name: Ada, groups: [des",
      /^roster\.yaml:2: a \[ is not closed with a \]\. Is the end of the file missing\?$/,
    ],
    [
      "a line without its end",
      "people:\n  - key: a\n    na",
      /^roster\.yaml:3: na has no value.*Is the end of the file missing\?$/,
    ],
    ["an open quotation mark", 'people:\n  - key: "a\n', /^roster\.yaml:\d: a quotation mark is not closed/],
    [
      "a colon in a value",
      "people:\n  - name: Ada: Lobby\n",
      /^roster\.yaml:2: a value holds a colon and a blank/,
    ],
    ["a value that begins with @", "people: @all\n", /^roster\.yaml:1: a value cannot begin with @/],
    ["a second document", "people: []\n---\npeople: []\n", /^roster\.yaml:2: a second document begins here/],
    [
      "a bracket that is closed in what is a comment",
      "people:\n  - { key: a, name: Ada, doors: [Door #3] }\n  - { key: b, name: Ben, doors: [Lobby] }\n",
      /^roster\.yaml:3: a bracket before this is closed behind a #.*quotation marks\.$/,
    ],
    [
      "a bracket that is not closed before a comment",
      "people:\n  - { key: a, # staff\n",
      /^roster\.yaml:3: a \{ is not closed with a \}\. Is the end of the file missing\?$/,
    ],
    ["a bracket too many", "people: []]\n", /^roster\.yaml:1: there is a \] too many/],
    ["quotes within quotes", "people: 'it's'\n", /^roster\.yaml:1: s' follows a value that has ended/],
    [
      "tags",
      "people: !!set []\ngroups: !include x\n",
      /^roster\.yaml:1: !!set is not/,
      /^roster\.yaml:2: !include/,
    ],
    ["names that are lists", "[people]: x\n", /^roster\.yaml:1: the name of a property is no plain text/],
    ["nothing", "# nobody yet\n", /^roster\.yaml:1: the file is empty/],
    ["no people", "groups: {}\n", /^roster\.yaml:1: people: is missing/],
    ["something else", "people\n", /^roster\.yaml:1: "people" is no list of properties/],
    ["brackets without end", "[".repeat(20_000), /^roster\.yaml:1: /],
  ])("tells in plain words of %s", (_, text, ...expected) => {
    const told = problems(text);
    expect(told).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    expect(told.join()).not.toMatch(/Error|implicit|scalar/i);
  });

  it("names a property that there is not as it is written, with its line", () => {
    const person = "people:\n  - key: a\n    name: Ada\n    groups: [desk]\n";
    expect(problems(`${person}    0017: x\n    '[a]': y\n`)).toEqual([
      expect.stringMatching(/^roster\.yaml:\d: Ada \(a\): \[a\]: there is no such property/),
      expect.stringMatching(/^roster\.yaml:5: Ada \(a\): 0017: there is no such property/),
    ]);
  });

  it("reads JSON, and tells its lines", () => {
    expect(
      read('{\n\t"people": [\n\t\t{"key": "a", "name": "Ada", "groups": ["desk"]}\n\t]\n}', "roster.json"),
    ).toMatchObject([{ key: "a" }]);
    expect(problems('{\n  "people": [\n    {"key": "a", "name": "Ada"\n', "roster.json")).toEqual([
      expect.stringMatching(/^roster\.json:\d: .*Is the end of the file missing\?$/),
    ]);
  });
});
