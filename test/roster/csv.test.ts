import { DESK, problemsOf, readRoster } from "./roster-file";

const read = (text: string | Uint8Array) => readRoster("people.csv", text, DESK).people;
const problems = (text: string | Uint8Array) => problemsOf(() => read(text));

const ADA_AND_BEN = [
  { key: "1", name: "Ada Example", doors: ["Desk"] },
  { key: "2", name: "Ben Example", doors: ["Desk"] },
];

describe("a roster as CSV", () => {
  it("has quoted names, lists, empty cells and lines, and groups from the program", () => {
    const text =
      'key,name,email,groups,endsAt\r\n17,"Example, ""Ada"" of Lobby",,cleaning;desk,\r\n\r\n,,,,\r\n18,Ben,ben@example.com,desk,2031-01-01T00:00:00Z';
    const groups = { cleaning: { doors: ["Lobby"] }, desk: { doors: ["Desk"] } };
    expect(readRoster("people.csv", text, { groups }).people).toMatchObject([
      { key: "17", name: 'Example, "Ada" of Lobby', doors: ["Desk", "Lobby"], method: "code" },
      {
        key: "18",
        name: "Ben",
        email: "ben@example.com",
        doors: ["Desk"],
        endsAt: "2031-01-01T00:00:00.000Z",
      },
    ]);
  });

  it("swallows nobody by a quote that is closed lines later", () => {
    const text = 'key,name,groups\n1,"Ada,desk\n2,Ben,desk\n3,Cy",desk\n';
    expect(() => readRoster("people.csv", text, { groups: { desk: { doors: ["Desk"] } } })).toThrow(
      /Is a quote missing or too many\?/,
    );
  });

  it.each([
    [
      "a door",
      'key,name,endsAt,doors\n1,Ada,2020-01-01T00:00:00Z,"Front\n2,Ben,,Back"\n',
      /doors\[0\]: "Front\\n/,
    ],
    [
      "a phone number",
      'key,name,groups,phone\n1,Ada,desk,"+15555550100\n2"\n',
      /phone: "\+15555550100\\n2" is not/,
    ],
  ])("swallows nobody into %s", (_, text, told) => {
    expect(problems(text)).toEqual([expect.stringMatching(told)]);
  });

  it("takes blanks in quotation marks for a part of no value", () => {
    const text = 'key,name,groups,email\n" 1 "," Ada "," desk "," ada@example.com "\n';
    expect(read(text)).toMatchObject([{ key: "1", name: "Ada", email: "ada@example.com" }]);
  });

  it("goes by the file's own groups, where the program has some of the same name", () => {
    const text =
      "groups: { desk: { doors: [Lobby] } }\npeople: [{ key: a, name: Ada, groups: [desk, safe] }]";
    const groups = { desk: { doors: ["Desk"] }, safe: { doors: ["Safe"] } };
    expect(readRoster("roster.yaml", text, { groups }).people).toMatchObject([{ doors: ["Lobby", "Safe"] }]);
  });

  it("looks for the doors of those whose end is past only where others need them", () => {
    const text = "key,name,doors,endsAt\n1,Ada,Attic;Lobby,2020-01-01T00:00:00Z\n2,Ben,Lobby,\n";
    expect([...readRoster("people.csv", text).places.doors.keys()]).toEqual(["Lobby"]);
  });

  it.each([
    ["commas", ","],
    ["semicolons, as Excel writes it in most of Europe", ";"],
    ["tabs", "\t"],
  ])("is separated by %s", (_, separator) => {
    const lines = [
      ["key", "name", "groups"],
      ["1", '"Ada Example"', "desk"],
      ["2", " Ben Example ", ' "desk" '],
    ];
    expect(read(lines.map((cells) => cells.join(separator)).join("\n"))).toMatchObject(ADA_AND_BEN);
  });

  it("takes the separator from the names of the columns, whatever else the header and the lines hold", () => {
    expect(read('"key";name;groups;email\n')).toEqual([]);
    expect(read("key;name;groups\n1;Example, Ada, Dr;desk\n")).toMatchObject([{ name: "Example, Ada, Dr" }]);
    expect(read("sep=;\nkey;name;groups\n1;Ada;desk\n")).toMatchObject([{ key: "1" }]);
  });

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("has lines that end in %s", (_, end) => {
    const text = ["key,name,groups", "1,Ada Example,desk", '"2",Ben Example,desk', ""].join(end);
    expect(read(text)).toMatchObject(ADA_AND_BEN);
    expect(problems([...text.split(end).slice(0, -1), "3,Cleo,dask"].join(end))).toEqual([
      expect.stringMatching(/^people\.csv:4: Cleo \(3\): groups\[0\]: there is no group "dask"/),
    ]);
  });

  it("keeps a line that begins with a quoted value apart from an empty value before it", () => {
    expect(read('key,name,groups,email\n1,Ada Example,desk,\n"2",Ben Example,desk,\n')).toMatchObject(
      ADA_AND_BEN,
    );
  });

  it("knows its columns in any case, and by plain other names", () => {
    const text =
      "KEY,Full Name,E-Mail,Tel.,Group,Doors,Access_Method,valid from,Valid Until\n1,Ada,ada@example.com,+1 555 555 0100,desk,Safe,card,2030-01-01T00:00:00Z,2031-01-01T00:00:00Z\n";
    expect(read(text)).toEqual([
      {
        key: "1",
        name: "Ada",
        email: "ada@example.com",
        phone: "+15555550100",
        accessGroups: [],
        doors: ["Desk", "Safe"],
        method: "card",
        startsAt: "2030-01-01T00:00:00.000Z",
        endsAt: "2031-01-01T00:00:00.000Z",
      },
    ]);
  });

  it("tells how several groups are written where something else stands between them", () => {
    const groups = { desk: { doors: ["Desk"] }, lobby: { doors: ["Lobby"] } };
    const told = problemsOf(() =>
      readRoster("people.csv", 'key;name;groups\n1;Ada;desk, lobby\n2;Ben;"desk\nlobby"\n', { groups }),
    );
    expect(told).toEqual([
      expect.stringMatching(/no group "desk, lobby"\. These are several: .*semicolons/),
      expect.stringMatching(/no group "desk\\nlobby"\. These are several: .*semicolons/),
    ]);
  });

  it("takes no error of a spreadsheet for a name", () => {
    const names = ["#N/A", "#NV", "#REF!", "#NAME?", "#DIV/0!", "#ÜBERLAUF!"];
    const lines = [...names, "#1 Ada", "Ada?"].map((name, index) => `${index},${name},desk`);
    expect(problems(`key,name,groups\n${lines.join("\n")}\n`)).toEqual(
      names.map((name) => expect.stringContaining(`: name: "${name}" is an error of a spreadsheet.`)),
    );
  });

  it("shows the characters in a value that nobody sees", () => {
    expect(
      problems(
        "key,name,email,groups\n1\u200b,Ada,ada\u00a0@example.com,\u202adesk\n2,Ben,,desk\u2028\u200b\n",
      ),
    ).toEqual([
      expect.stringMatching(/ key: "1\\u200b" cannot be a part of a resource name/),
      expect.stringMatching(/ email: "ada\\u00a0@example\.com" is not/),
      expect.stringMatching(/ groups\[0\]: there is no group "\\u202adesk"\. Did you mean "desk"\?/),
      expect.stringMatching(/ groups\[0\]: there is no group "desk\\u2028\\u200b"/),
    ]);
  });

  it("speaks of its columns by their own names", () => {
    const text =
      "Key,Name,E-Mail,Group,Valid from,Valid until\n1,Ada,ada,desk,2031-01-01T00:00:00Z,2030-01-01T00:00:00Z\n1,Ben,,desk,,\n";
    expect(problems(text)).toEqual([
      expect.stringMatching(/^people\.csv:2: Ada \(1\): E-Mail: "ada" is not an e-mail address/),
      expect.stringMatching(/^people\.csv:2: Ada \(1\): Valid until: 2030.* is not after Valid from \(2031/),
      expect.stringMatching(/^people\.csv:3: Ben \(1\): Key: "1" is that of people\.csv:2 too/),
    ]);
  });

  it("tells all that is wrong with its header, once", () => {
    expect(problems("key,name,E-Mail,mail,grops,desk\n1,Ada,,,x,\n2,Ben,,,y,\n")).toEqual([
      expect.stringMatching(/^people\.csv:1: grops: there is no such column\. Did you mean groups\?/),
      expect.stringMatching(/^people\.csv:1: desk: there is no such column\. Remove it, or use one of key/),
      'people.csv:1: the columns "E-Mail" and "mail" are both email. Keep one of them.',
    ]);
    expect(problems("name,name,phone\nAda,Ben,\n")).toEqual([
      'people.csv:1: the columns "name" and "name" are both name. Keep one of them.',
      "people.csv:1: there is no column key, such as the staff number.",
      "people.csv:1: there is neither a column groups nor a column doors.",
    ]);
    const titled = "Staff 2030\nkey,name,groups\n1,Ada,desk\n2,Ben,desk\n";
    for (const text of ["1,Ada,ada@example.com,desk\n", "Schlüssel;Vorname\n1;Ada\n", titled]) {
      expect(problems(text)).toEqual([
        expect.stringMatching(/^people\.csv:1: there is no column of a roster\. The first line has to name/),
      ]);
    }
    for (const text of ["", "\n\n", "\uFEFF", ",,\n"]) {
      expect(problems(text)).toEqual([expect.stringMatching(/^people\.csv:1: the file is empty/)]);
    }
  });

  it("tells the lines of mistakes, also after a value of several lines, together with those of the header", () => {
    const text = 'key,name,grops,endsAt\r\n17,"Ada\r\n\r\nExample",desk,\r\n18,Ben,desk,soon\r\n';
    expect(problems(text)).toEqual([
      expect.stringMatching(/^people\.csv:1: grops: there is no such column/),
      expect.stringMatching(/^people\.csv:2: Ada\s+Example \(17\): name: .* holds a line break/s),
      expect.stringMatching(/^people\.csv:5: Ben \(18\): endsAt: "soon" is not/),
    ]);
  });

  it("refuses lines with more values or fewer than there are columns", () => {
    const text =
      "key;name;groups;endsAt;;\n1;Ada;desk;;;\n2;Ben;desk;cleaning;\n3;Cleo;desk\n4;Dan;a;b;c;\n5;Eve;d;;;;f\n6;Fay;dask;;;;;;\n";
    expect(problems(text)).toEqual([
      expect.stringMatching(/^people\.csv:3: Ben \(2\): endsAt: "cleaning" is not/),
      expect.stringMatching(/^people\.csv:4: has 3 values, but the header names 4 columns\. Write the sep/),
      expect.stringMatching(
        /^people\.csv:5: has 5 values, but the header names 4.*semicolon in double quotes/,
      ),
      expect.stringMatching(
        /^people\.csv:6: has 7 values, but the header names 4.*semicolon in double quotes/,
      ),
      expect.stringMatching(/^people\.csv:7: Fay \(6\): groups\[0\]: there is no group "dask"/),
    ]);
    expect(problems("key,,name,groups\n1,x,Ada,desk\n")).toEqual([
      'people.csv:2: has a value in column 2, which the header does not name: "x".',
    ]);
  });

  it("tells where a double quote is wrong", () => {
    const head = "key,name,groups\n1,Ada,desk\n";
    expect(problems(`${head}2,"Ben,desk\n3,Cleo,desk\n`)).toEqual([
      expect.stringMatching(/^people\.csv:3: a double quote that begins a value here is not closed/),
    ]);
    expect(problems(`${head}2,Ben "the door",desk\n`)).toEqual([
      expect.stringMatching(/^people\.csv:3: a double quote is not at the edge of a value\. Put/),
    ]);
    expect(problems(`${head}2,"Ben,desk\n3,"Cleo",desk\n`)).toEqual([
      expect.stringMatching(
        /^people\.csv:4: a double quote is not at the edge.*or that of line 3 is not closed/,
      ),
    ]);
  });
});
