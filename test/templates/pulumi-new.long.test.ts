import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { type Project, startProject } from "../languages/project";

const ROOT = join(__dirname, "../..");
const SEED = join(ROOT, "templates/typescript/building.yaml");

let project: Project;
let templates: string;
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ seed: SEED });
  project = startProject({}, []);
  templates = join(project.folder, "from-clone");
  execFileSync(process.execPath, ["scripts/templates.mts", templates], { cwd: ROOT });
});
afterAll(async () => {
  await emulator?.close();
  project?.remove();
});

async function run(file: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run(file, ...args);
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

it("`pulumi new <template> --yes` makes a project that runs on the emulator, is well typed, and passes its own test", async () => {
  const folder = join(project.folder, "doors");
  const pulumi = (...args: readonly string[]) => run("pulumi", ...args, "--cwd", folder, "--non-interactive");
  await run("pulumi", "new", join(templates, "typescript"), "--dir", folder, "--stack", "emulator", "--yes");
  await pulumi("config", "set", "seam:endpoint", emulator.url);
  await pulumi("up", "--yes");
  await pulumi("preview", "--expect-no-changes");
  const [pin, ...others] = emulator.credentials();
  expect(others).toEqual([]);
  expect(pin).toMatchObject({
    access_method: "code",
    allowed_acs_entrance_ids: [emulator.ids.acsEntrances["building/front-door"]],
  });
  expect(await pulumi("stack", "output", "code", "--show-secrets")).toContain(pin?.code);
  await pulumi("destroy", "--yes");
  expect(emulator.credentials()).toEqual([]);

  await run("npm", "--prefix", folder, "test");
  const tsc = join(folder, "node_modules/typescript/bin/tsc");
  expect(await run(process.execPath, tsc, "--noEmit", "--project", folder)).toBe("");
});
