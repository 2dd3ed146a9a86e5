import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  changesJson,
  changesMarkdown,
  changesOf,
  changesText,
  NO_DIRECTORY,
  needsALook,
  readPreview,
} from "../../report/changes";
import { NOW, OFFICE, said, seam } from "./changes/at-doors";
import { urn } from "./changes/steps";

/** What `npm run previews:record` has written down. */
const recorded = (name: string) => readFileSync(join(__dirname, "changes", `${name}.json`), "utf8");

/** As Pulumi prints it without `--show-sames`. */
function withoutSames(preview: string): string {
  const { steps, ...rest } = JSON.parse(preview) as { steps: { op: string }[] };
  return JSON.stringify({ ...rest, steps: steps.filter(({ op }) => op !== "same") });
}

describe("what a recorded preview does", () => {
  const SENTENCES = [
    "Dan Example loses what the person's access groups in 7113de29-6130-4153-a6ea-1b7ca0fe3198 open (PIN), and gains what the person's access groups in 9f6b8996-5349-5273-829f-1116653d315c open by PIN.",
    "Eve Example is suspended and loses Front door (PIN).",
    "Ben Example has no access to Front door (PIN) for a moment, since the old access is deleted before the new one is made, and gains Office by PIN.",
    "Gus Example has no access to Front door for a moment, since the old access is deleted before the new one is made, and gains Garage.",
    "somebody who is not known yet gains doors that are not known yet by PIN: who, which doors and the end cannot be told before it is done.",
    "Ada Example-Jones gains Garage by PIN until 2035-02-01 00:00 UTC, and keeps Front door by PIN until 2035-02-01 00:00 UTC instead of 2035-01-01 00:00 UTC.",
    "Cay Example keeps Office with another PIN.",
  ];

  it.each(["with-sames", "replacements", "refreshed"])("is one sentence a person (%s)", async (name) => {
    expect(await said(recorded(name))).toEqual(SENTENCES);
  });

  it("is told with what is not there where the preview leaves out what stays", async () => {
    const lines = await said(withoutSames(recorded("with-sames")));
    expect(lines.at(-1)).toMatch(/^Not seen: \d+ resources that stay as they are.*--show-sames/);
    expect(lines).toContain(SENTENCES[5]);
  });

  it("is told by ids where nothing has names", async () => {
    expect((await said(recorded("with-sames"), NO_DIRECTORY)).join("\n")).toContain(
      `Cay Example keeps ${OFFICE} with another PIN.`,
    );
  });

  it("needs a look when somebody loses, is interrupted, or cannot be told, and only then", async () => {
    const report = await changesOf(readPreview(recorded("with-sames")), { now: NOW });
    expect(needsALook(report)).toBe(true);
    for (const change of ["loses", "interrupted", "unknown", "gains", "changes"]) {
      const only = { ...report, changes: report.changes.filter((one) => one.change === change) };
      expect(only.changes.length).toBeGreaterThan(0);
      expect(needsALook(only)).toBe(!["gains", "changes"].includes(change));
    }
  });

  it("never holds a PIN or another value that is not read, even if the preview shows secrets", async () => {
    const inClear = recorded("with-sames").replaceAll('"[secret]"', '"84921733"');
    expect(inClear).toContain("84921733");
    const report = await changesOf(readPreview(inClear), { directory: seam, now: NOW });
    for (const render of [changesText, changesMarkdown, changesJson]) {
      expect(render(report)).not.toContain("84921733");
    }
  });
});

describe("a preview that is none", () => {
  const failed = {
    steps: [],
    diagnostics: [{ severity: "error", urn: urn("AcsCredential", "pin"), message: "PIN 7719" }],
  };
  it.each([
    ["that is empty", "", /may have failed before it began/],
    ["of another kind", "Previewing update", /not what `pulumi preview --json` prints. It is not JSON/],
    ["of another shape", '{"steps":[{"op":7,"urn":"7719"}]}', /What is at steps.0.op is something else/],
    ["as a stream", '{"sequence":0}\n{"sequence":1}', /PULUMI_ENABLE_STREAMING_JSON_PREVIEW/],
    ["that failed", JSON.stringify(failed), /failed with 1 error \(at pin\)/],
  ])("%s is refused without its values", (_, text, expected) => {
    expect(() => readPreview(text)).toThrow(expected);
    expect(() => readPreview(text)).not.toThrow(/7719/);
  });
});
