import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

jest.setTimeout(120_000);

describe("docs/testing.md", () => {
  it("has a complete example that compiles and passes, with node:test", () => {
    const guide = readFileSync(join(__dirname, "../../docs/testing.md"), "utf8");
    const example = /```ts\n(.*?)```/s.exec(guide)?.[1] ?? "";
    expect(example).toContain("withStack(");
    // In the repository, so that `pulumi-seam` is found from there.
    const folder = mkdtempSync(join(__dirname, "example-"));
    try {
      writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
      writeFileSync(join(folder, "guests.test.ts"), example);
      const options = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--types", "node"];
      expect(run(folder, "tsc", ...options, "guests.test.ts")).toEqual({ status: 0, output: "" });
      const tests = run(folder, process.execPath, "--test", "--test-reporter=tap", "guests.test.ts");
      expect(tests).toEqual({ status: 0, output: expect.stringContaining("# pass 1\n# fail 0") });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function run(cwd: string, command: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    timeout: 100_000,
  });
  return { status, output: error === undefined ? stdout + stderr : error.message };
}
