import { renderCsv } from "../../report/render/csv";
import { reviewOf } from "../browser/document";

const REVIEW = reviewOf({ people: 1, doors: 1, doorsOfOne: 1 });

function cellOf(name: string): string {
  const [row] = REVIEW.rows;
  if (!row) throw new Error("There is no row.");
  const rows = [{ ...row, person: { ...row.person, name } }];
  const [, line = ""] = [...renderCsv({ ...REVIEW, rows, findings: [] })];
  const [, , ...rest] = line.split(",");
  return rest.join(",").slice(0, rest.join(",").indexOf(`,${row.person.emailAddress}`));
}

describe("a cell of the CSV", () => {
  it.each([
    ["a formula", "=1+1", "'=1+1"],
    ["one after blanks and a tab", " \t=1+1", "'=1+1"],
    ["one where cells are split at semicolons", "Ada;=1+1", '"Ada;\'=1+1"'],
    ["one in quotes there", 'Ada; "=1+1', '"Ada;\' ""=1+1"'],
    ["one after a tab there", "Ada;\t@x", '"Ada;\' @x"'],
    ["a line break", "Ada\r\n=1+1", "Ada =1+1"],
    ["what a terminal obeys", "\u001b[31mAda\u0007", "[31mAda"],
    ["a name", "O'Hara-Smith", "O'Hara-Smith"],
  ])("does nothing: %s", (_, name, cell) => {
    expect(cellOf(name)).toBe(cell);
  });
});
