import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BLOCKS, completeTestFor, named } from "./guide";

describe("docs/testing.md", () => {
  let folder: string;

  beforeEach(() => {
    // In the repository, so that `pulumi-seam` is found from there.
    folder = mkdtempSync(join(__dirname, "example-"));
    // As `npm init` writes it.
    give("package.json", '{ "type": "commonjs" }');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has a complete example that compiles and passes, with node:test", () => {
    const [file, example] = named("guests.test.mts");
    give(file, example);
    const options = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--types", "node"];
    expect(run("tsc", ...options, file)).toEqual({ status: 0, output: "" });
    const command = BLOCKS.find(({ language }) => language === "sh")?.text.trim() ?? "";
    expect(command).toBe(`node --test ${file}`);
    const tests = run(process.execPath, "--test", "--test-reporter=tap", file);
    expect(tests).toEqual({ status: 0, output: expect.stringContaining("# pass 1\n# fail 0") });
  });

  it("says what that example needs in jest, and how it finds drift and puts it right", () => {
    const example = completeTestFor("@jest/globals");
    const drift = BLOCKS.find(({ text }) => text.includes("emulator.edit."))?.text ?? "";
    const end = "  });\n});\n";
    expect(example.endsWith(end)).toBe(true);
    give("guests.test.ts", example.slice(0, -end.length) + drift + end);
    for (const name of ["jest.config.cjs", "tsconfig.json"]) give(...named(name));
    const { status, output } = run("jest", "--config", "jest.config.cjs");
    expect(output).toContain("1 passed, 1 total");
    expect(output).not.toContain("ts-jest[");
    expect(status).toBe(0);
  });

  function give(name: string, text: string): void {
    writeFileSync(join(folder, name), text);
  }

  function run(command: string, ...args: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: folder,
      encoding: "utf8",
      timeout: 100_000,
    });
    return { status, output: error === undefined ? stdout + stderr : error.message };
  }
});
