import { renderTable } from "../../report/render/table";
import { HOSTILE, reviewOf } from "../browser/document";

const { rows } = reviewOf({ people: 20, doors: 6, doorsOfOne: 3 }, Object.values(HOSTILE));
const [row] = rows;

describe("the table of a terminal", () => {
  it.each([80, 100, 200])("takes %i columns at most, and cuts names but no times", (width) => {
    if (!row) throw new Error("There is no row.");
    const both = { ...row, startsAt: "2030-03-11T09:00:00.000Z", endsAt: "2031-03-11T09:00:00.000Z" };
    const lines = renderTable([both, ...rows], width)
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(rows.length + 2);
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
    expect(lines[1]).toContain("2030-03-11 09:00Z  2031-03-11 09:00Z");
  });

  it("cuts nothing where its output is no terminal", () => {
    expect(renderTable(rows)).not.toContain("…");
  });
});
