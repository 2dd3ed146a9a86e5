import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { documentedProgram } from "./documented";
import { languageTools, type Project, startProject } from "./project";

const MINUTE = 60_000;
const start = () => startEmulator();
let seam: Awaited<ReturnType<typeof start>>;
let project: Project;

async function run(file: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run(file, ...args);
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

beforeAll(async () => {
  languageTools();
  seam = await start();
  project = startProject({ SEAM_API_KEY: seam.apiKey, SEAM_ENDPOINT: seam.url }, []);
  const sdks = join(project.folder, "sdks");
  await run(process.execPath, join(__dirname, "../../scripts/languages.mts"), sdks);
  await run("python3", "-m", "venv", "venv");
  await run(join(project.folder, "venv/bin/pip"), "install", "--quiet", join(sdks, "python"));
}, 45 * MINUTE);
afterAll(async () => {
  await seam?.close();
  project?.remove();
});

describe("a program in Python, with the generated SDK", () => {
  it(
    "deploys, stays as it is, changes, refreshes and goes",
    async () => {
      writeFileSync(join(project.folder, "program.py"), documentedProgram("python"));
      copyFileSync(join(__dirname, "deploy.py"), join(project.folder, "deploy.py"));
      const output = await run(join(project.folder, "venv/bin/python"), "deploy.py");
      expect(JSON.parse(output.slice(output.indexOf('{"up"')))).toEqual({
        up: { create: 6 },
        again: { same: 6 },
        preview: { same: 6 },
        changed: { same: 5, update: 1 },
        refreshed: { same: 6 },
        pin: true,
        destroyed: { delete: 6 },
      });
      expect(seam.credentials()).toEqual([]);
    },
    10 * MINUTE,
  );

  it(
    "has types that a checker reads",
    async () => {
      const pip = join(project.folder, "venv/bin/pip");
      await run(pip, "install", "--quiet", "mypy");
      writeFileSync(
        join(project.folder, "wrong.py"),
        "import pulumi_seam\npulumi_seam.AcsUser('x', full_name=1)\n",
      );
      const mypy = join(project.folder, "venv/bin/mypy");
      await run(mypy, "program.py");
      expect((await project.run(mypy, "wrong.py")).code).not.toBe(0);
    },
    10 * MINUTE,
  );
});
