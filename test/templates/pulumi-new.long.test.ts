import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { version } from "../../package.json";
import { languageTools, type Project, pluginArchive, startProject } from "../languages/project";

const ROOT = join(__dirname, "../..");
const SEED = join(ROOT, "templates/typescript/building.yaml");

let project: Project;
let templates: string;
let emulator: Emulator;

beforeAll(async () => {
  project = startProject({}, [languageTools().yamlHost]);
  templates = join(project.folder, "from-clone");
  execFileSync(process.execPath, ["scripts/templates.mts", templates], { cwd: ROOT });
}, 45 * 60_000);
afterAll(() => project?.remove());
beforeEach(async () => {
  emulator = await startEmulator({ seed: SEED });
});
afterEach(() => emulator.close());

async function run(file: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run(file, ...args);
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

/** Types `pulumi new` and nothing else, then deploys to the emulator, and takes away again. */
async function live(name: string): Promise<string> {
  const folder = join(project.folder, name);
  const pulumi = (...args: readonly string[]) => run("pulumi", ...args, "--cwd", folder, "--non-interactive");
  await run("pulumi", "new", join(templates, name), "--dir", folder, "--stack", "emulator", "--yes");
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
  return folder;
}

it("the templates of a clone say how to install what the clone has, and not what is on npm", () => {
  const readme = readFileSync(join(templates, "yaml/README.md"), "utf8");
  const [, tarball = ""] = /npm install --global (\S+)`/.exec(readme) ?? [];
  expect(existsSync(tarball)).toBe(true);
});

describe("pulumi new <template> --yes", () => {
  it("makes a project in TypeScript that runs on the emulator, is well typed, and passes its own test", async () => {
    const folder = await live("typescript");
    await run("npm", "--prefix", folder, "test");
    const tsc = join(folder, "node_modules/typescript/bin/tsc");
    expect(await run(process.execPath, tsc, "--noEmit", "--project", folder)).toBe("");
  });

  it("makes a project in YAML that runs on the emulator, once the plugin is installed", async () => {
    const archives = join(project.folder, "archives");
    execFileSync(process.execPath, ["scripts/plugin-archives.mts", "--out", archives], { cwd: ROOT });
    const file = pluginArchive(archives);
    await run("pulumi", "plugin", "install", "resource", "seam", version, "--file", file);
    await live("yaml");
  });
});
