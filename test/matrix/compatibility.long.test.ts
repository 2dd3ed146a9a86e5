import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type DefaultKeys, type Emulator, startEmulator, withStack } from "pulumi-seam/testing";
import { pack } from "../packages/layouts";
import { CELLS, type Cell, NEWEST, titleOf } from "./cells";
import { install, makeProject, nodeVersions } from "./project";
import { RUNNERS, type Runner } from "./runners";

const run = promisify(execFile);
const REPOSITORY = join(__dirname, "../..");

let root: string;
let tarball: string;
let emulator: Emulator<DefaultKeys>;
let bin: (node: number) => Promise<string>;
const passed = new Set<Cell | Runner>();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "pulumi-seam-matrix-"));
  tarball = await pack(REPOSITORY, root);
  bin = nodeVersions(root);
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator?.close();
  if (process.env["WRITE_MATRIX"]) await writeTable();
  await rm(root, { recursive: true, force: true });
});

it.each(CELLS.map((cell) => [titleOf(cell), cell] as const))(
  "lives a whole life: %s",
  async (title, cell) => {
    const folder = join(root, title.replace(/[^a-z0-9]+/gi, "-"));
    await mkdir(folder);
    const project = await makeProject(folder, cell, tarball, bin);
    if (project.isTyped) {
      const tsc = join(REPOSITORY, "node_modules/typescript/bin/tsc");
      const { stdout } = await run(process.execPath, [tsc, "--noEmit"], { cwd: folder }).catch(
        (error) => error,
      );
      expect(stdout).toBe("");
    }
    const config = { "stranger:system": "Salto ks property", "stranger:endsAt": "2035-01-01T00:00:00Z" };
    await withStack({ emulator, workDir: folder, config, env: project.env }, async (stack) => {
      const ops = (result: { operations: readonly { op: string }[] }) =>
        [...new Set(result.operations.map(({ op }) => op))].sort();
      expect(ops(await stack.up())).toEqual(["create"]);
      expect(ops(await stack.up())).toEqual(["same"]);
      await stack.automation.setConfig("stranger:endsAt", { value: "2035-02-01T00:00:00Z" });
      expect(ops(await stack.up())).toEqual(["same", "update"]);
      expect(ops(await stack.refresh())).toEqual(["same"]);
      await stack.destroy();
    });
    expect(emulator.credentials()).toEqual([]);
    passed.add(cell);
  },
);

it.each(RUNNERS.map((runner) => [runner.name, runner] as const))(
  "runs the complete test of docs/testing.md, with coverage, in %s",
  async (name, runner) => {
    const folder = join(root, name.replace(":", "-"));
    await mkdir(folder);
    const dependencies = { "@pulumi/pulumi": NEWEST, "pulumi-seam": `file:${tarball}`, ...runner.packages };
    const files = { ...runner.files, "package.json": JSON.stringify({ type: "commonjs", dependencies }) };
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    await install("npm", folder, process.env["PATH"] ?? "");
    const [file, ...args] = runner.command;
    const { stdout, stderr } = await run(file, args, { cwd: folder, env: { ...process.env, NO_COLOR: "1" } });
    // Each runner's own words, and a table of coverage.
    expect(stdout + stderr).toMatch(/1 passed|pass 1\b/);
    expect(stdout + stderr).toMatch(/coverage|% Stmts/i);
    passed.add(runner);
  },
);

/** Puts what was seen into docs/compatibility.md. */
async function writeTable(): Promise<void> {
  const file = join(REPOSITORY, "docs/compatibility.md");
  const rows = CELLS.map(
    (cell) =>
      `| ${cell.installer} | ${cell.program} | ${cell.node} | ${cell.pulumi} | ${passed.has(cell) ? "works" : "**fails**"} |`,
  );
  const table = [
    "<!-- matrix -->",
    "| installer | program | Node | @pulumi/pulumi | create, no-op, update, refresh, destroy |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "<!-- /matrix -->",
  ].join("\n");
  const runners = [
    "<!-- runners -->",
    "| test runner | the complete test of [testing](testing.md), with coverage |",
    "| --- | --- |",
    ...RUNNERS.map((runner) => `| ${versioned(runner)} | ${passed.has(runner) ? "works" : "**fails**"} |`),
    "<!-- /runners -->",
  ].join("\n");
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text
      .replace(/<!-- matrix -->[\s\S]*<!-- \/matrix -->/, table)
      .replace(/<!-- runners -->[\s\S]*<!-- \/runners -->/, runners),
  );
}

function versioned({ name, packages }: Runner): string {
  return `${name} ${packages[name] ?? `of Node ${process.versions.node.split(".")[0]}`}`;
}
