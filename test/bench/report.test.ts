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
      const files = readdirSync(join(DOCS, "benchmarks")).sort();
      expect(readdirSync(join(folder, "benchmarks")).sort()).toEqual(files);
      for (const file of files)
        expect(readFileSync(join(folder, "benchmarks", file), "utf8")).toBe(
          readFileSync(join(DOCS, "benchmarks", file), "utf8"),
        );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
