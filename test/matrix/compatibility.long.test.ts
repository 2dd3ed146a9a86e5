import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type DefaultKeys, type Emulator, startEmulator, withStack } from "pulumi-seam/testing";
import { pack } from "../packages/layouts";
import { CELLS, type Cell, titleOf } from "./cells";
import { makeProject, nodeVersions } from "./project";

const run = promisify(execFile);
const REPOSITORY = join(__dirname, "../..");

let root: string;
let tarball: string;
let emulator: Emulator<DefaultKeys>;
let bin: (node: number) => Promise<string>;
const passed = new Set<Cell>();

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
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/<!-- matrix -->[\s\S]*<!-- \/matrix -->/, table));
}
