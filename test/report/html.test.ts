import { createHash } from "node:crypto";
import { renderHtml } from "pulumi-seam/report";
import type { ReviewDocument } from "../../report/document";
import { HOSTILE, reviewOf } from "../browser/document";
import { dataOf } from "./page-data";

const REVIEW = reviewOf({ people: 6, doors: 6, doorsOfOne: 2 }, Object.values(HOSTILE));

/** The text of the first element of its kind, and all that stands before it. */
function element(page: string, start: string, end: string): string {
  const from = page.indexOf(start) + start.length;
  return page.slice(from, page.indexOf(end, from));
}

/** The findings, limits and figures, as they are read without script. */
const main = (page: string) => element(page, "<main", "</main>");

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the HTML of a report", () => {
  it("allows its own script and style by their hashes, and nothing else", () => {
    const page = renderHtml(REVIEW);
    const script = element(page, "<script>", "</script>");
    const style = element(page, "<style>", "</style>");
    expect(element(page, 'Content-Security-Policy" content="', '"').split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(main(page)).not.toMatch(/\s(src|style|on\w+)="/);
    expect(page.match(/<script/g)).toHaveLength(2);
  });

  it("holds hostile names as texts, in the markup and in the data", () => {
    const page = renderHtml(REVIEW);
    expect(main(page)).toContain("&lt;/script&gt;&lt;script&gt;");
    expect(element(page, 'id="data">', "</script>")).toMatch(/^[\w+/=]+$/);
    const names = dataOf(page).people.map(([name]) => name);
    expect(names).toContain(HOSTILE.script);
    expect(names).toContain("line para end");
    expect(names).toContain("ada lave");
  });

  it("is the same text for the same document", () => {
    expect(renderHtml(REVIEW)).toBe(renderHtml(structuredClone(REVIEW)));
  });

  it("tells what was not seen, with what and when it was read, and by how many requests", () => {
    const text = main(renderHtml({ ...REVIEW, scope: ["door: Lab"], stacks: ["prod"] }));
    for (const unseen of REVIEW.notSeen) expect(text).toContain(`<li>${unseen}</li>`);
    for (const fact of [
      "2030-03-11 09:00Z",
      "4.3 s and 212 requests",
      "pulumi-seam 0.2.0",
      "door: Lab",
      "12: a row",
    ]) {
      expect(text).toContain(fact);
    }
  });

  it("says first that it is not complete, or only a part", () => {
    const warnings = ({ complete, scope }: Pick<ReviewDocument, "complete" | "scope">) => {
      const head = element(renderHtml({ ...REVIEW, complete, scope }), "<header", "</header>");
      return [head.includes("This report is not complete."), head.includes("Only a part was asked for")];
    };
    expect(warnings({ complete: true, scope: [] })).toEqual([false, false]);
    expect(warnings({ complete: false, scope: ["door: Lab"] })).toEqual([true, true]);
  });

  it("does not call it fine when findings were not looked for", () => {
    const { findings, ...access } = REVIEW;
    expect(findings.length).toBeGreaterThan(0);
    expect(main(renderHtml(access))).toContain("None were looked for.");
    expect(main(renderHtml({ ...access, findings: [] }))).toContain("None, in what this report saw.");
  });

  it("counts what is too much to read without script, and lists it for the script", () => {
    const [first] = REVIEW.findings;
    const findings = Array.from({ length: 1_200 }, (_, at) => ({ ...first, text: `Finding ${at}.` }));
    const page = renderHtml({ ...REVIEW, findings } as ReviewDocument);
    expect(main(page)).toContain("Finding 999.");
    expect(main(page)).not.toContain("Finding 1000.");
    expect(main(page)).toContain("200 more are not in this list.");
    expect(JSON.stringify(dataOf(page).findings)).toContain("Finding 1199.");
  });

  it("counts a person of several systems once, and knows all of their names", () => {
    const [row] = REVIEW.rows;
    if (!row) throw new Error("There is no row.");
    const { userIdentityId } = row.person;
    const rows = [
      { ...row, person: { name: "Ada Example", acsUserId: "a", ...(userIdentityId && { userIdentityId }) } },
      { ...row, person: { name: "A. Example", acsUserId: "b", ...(userIdentityId && { userIdentityId }) } },
      { ...row, person: { name: "", acsUserId: "" }, acsCredentialId: "key-1" },
      { ...row, person: { name: "", acsUserId: "" }, acsCredentialId: "key-2" },
    ];
    const page = renderHtml({ ...REVIEW, rows, findings: [] });
    expect(dataOf(page).people).toEqual([
      ["Ada Example", "A. Example", userIdentityId],
      ["No user", "", "key-1"],
      ["No user", "", "key-2"],
    ]);
    expect(main(page)).toContain("<dt>people</dt><dd>3</dd>");
  });

  it("is smaller than 15 MB with 50,000 ways in by as many keys of as many people", () => {
    const review = reviewOf({ people: 50_000, doors: 2_000, doorsOfOne: 1 });
    expect(review.rows).toHaveLength(50_000);
    expect(Buffer.byteLength(renderHtml(review))).toBeLessThan(15_000_000);
  });
});
