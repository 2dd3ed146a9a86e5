import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const DOCS = join(ROOT, "docs");

describe("docs/benchmarks.md", () => {
  it("and its pictures are what `npm run bench` makes of the stored results", () => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-report-"));
    try {
      cpSync(join(DOCS, "benchmarks", "results.json"), join(folder, "benchmarks", "results.json"));
      execFileSync(process.execPath, [join(ROOT, "scripts", "bench.mts"), "--report", "--out", folder]);
      expect(readFileSync(join(folder, "benchmarks.md"), "utf8")).toBe(
        readFileSync(join(DOCS, "benchmarks.md"), "utf8"),
      );
      // Their bytes are a library's; that there is one for each figure is ours.
      const made = readdirSync(join(folder, "benchmarks")).sort();
      expect(made).toEqual(readdirSync(join(DOCS, "benchmarks")).sort());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
