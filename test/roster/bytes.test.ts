import { DESK, problemsOf, readRoster } from "./roster-file";

const CSV = "key,name,groups\n1,Ada Example,desk\n2,José Example,desk\n3,Zoë Example,desk\n";
const YAML = "people:\n  - { key: '2', name: José Example, groups: [desk] }\n";

const names = (file: string, bytes: Uint8Array) =>
  readRoster(file, bytes, DESK).people.map(({ name }) => name);
const problems = (file: string, bytes: Uint8Array) => problemsOf(() => names(file, bytes));

function utf16(text: string, order: "le" | "be", mark = "\uFEFF"): Buffer {
  const bytes = Buffer.from(mark + text, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
}

describe("the bytes of a roster", () => {
  it.each([
    ["UTF-8", Buffer.from(YAML)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${YAML}`)],
    ["UTF-16 with a mark, low byte first", utf16(YAML, "le")],
    ["UTF-16 with a mark, high byte first", utf16(YAML, "be")],
  ])("are read as %s, in every kind of file", (_, bytes) => {
    expect(names("roster.yaml", bytes)).toEqual(["José Example"]);
  });

  it("are read as UTF-16 with tabs, which Excel calls Unicode text", () => {
    expect(names("people.csv", utf16(CSV.replaceAll(",", "\t").replaceAll("\n", "\r\n"), "le"))).toEqual([
      "Ada Example",
      "José Example",
      "Zoë Example",
    ]);
  });

  it("are refused with the line where they are no UTF-8, and how to save them so", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      expect(problems("people.csv", Buffer.from(CSV.replaceAll("\n", end), "latin1"))).toEqual([
        'people.csv:3: is not UTF-8 (so is line 4), so its letters cannot be told. Save the file as UTF-8: in Excel as "CSV UTF-8 (Comma delimited)", in LibreOffice with the character set "Unicode (UTF-8)".',
      ]);
    }
    for (const file of ["roster.yaml", "roster.json"]) {
      expect(problems(file, Buffer.from(YAML, "latin1"))).toEqual([
        `${file}:2: is not UTF-8, so its letters cannot be told. Save the file with the encoding UTF-8.`,
      ]);
    }
  });

  it("are refused where letters are lost already, or where a UTF-16 file lacks its mark or its end", () => {
    expect(problems("people.csv", Buffer.from(CSV.replace("é", "\uFFFD")))).toEqual([
      expect.stringMatching(/^people\.csv:3: holds "\uFFFD", which stands for a letter that another program/),
    ]);
    for (const order of ["le", "be"] as const) {
      expect(problems("people.csv", utf16(CSV.replace(/[éë]/g, "e"), order, ""))).toEqual([
        expect.stringMatching(/^people\.csv:1: holds NUL characters \(so are lines 2, 3, 4.*without a mark/),
      ]);
      expect(problems("roster.yaml", utf16(YAML, order).subarray(0, -1))).toEqual([
        expect.stringMatching(/^roster\.yaml:2: holds "\uFFFD"/),
      ]);
    }
  });

  it("are refused where UTF-8 was taken for Windows-1252, and saved so", () => {
    // Node's "latin1" has no letters of Windows-1252 in it.
    const garbled = (text: string) => Buffer.from(new TextDecoder("windows-1252").decode(Buffer.from(text)));
    for (const name of ["José", "Zoë", "Jürgen", "Weiß", "Øyvind", "ÉMILE", "Łukasz", "Željko", "Paweł"]) {
      expect([name, problems("roster.yaml", garbled(YAML.replace("José", name)))]).toEqual([
        name,
        [expect.stringMatching(/^roster\.yaml:2: holds letters that were garbled, as "Ã©" for "é"/)],
      ]);
    }
    for (const name of ["JOÃO", "IRMÃ X", "Åsa", "PÅ – Ä", "Ä”", "Å»", "“Å” Ä…"]) {
      expect(names("roster.yaml", Buffer.from(YAML.replace("José Example", `'${name}'`)))).toEqual([name]);
    }
  });

  it("are refused with the marks that git leaves where two changes meet", () => {
    const conflict =
      "key,name,groups\n<<<<<<< HEAD\n1,Ada,desk\n||||||| base\n=======\n1,Ada,cleaning\n>>>>>>> other\n";
    expect(problems("people.csv", Buffer.from(conflict))).toEqual([
      "people.csv:2: is a mark of git's (so are lines 4, 5, 7): two changes of the file were not put together. Keep the lines that are right, and take the marks out.",
    ]);
    expect(names("roster.yaml", Buffer.from(`# ======= people =======\n${YAML}`))).toEqual(["José Example"]);
  });
});
