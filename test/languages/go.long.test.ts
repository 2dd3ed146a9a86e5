import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { documentedProgram } from "./documented";
import { type Project, startProject } from "./project";

const SDK = "example.com/pulumi-seam/sdk/go/seam";
const PULUMI = "github.com/pulumi/pulumi/sdk/v3";
const MINUTE = 60_000;
const start = () => startEmulator();
let seam: Awaited<ReturnType<typeof start>>;
let project: Project;

async function run(file: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run(file, ...args);
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

/** A Go module in a folder of the project, with the generated SDK. */
async function writeModule(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = join(project.folder, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const goMod = [
    "module front-doors\n\ngo 1.24\n",
    `require (\n\t${SDK} v0.1.0\n\t${PULUMI} ${version()}\n)\n`,
    `replace ${SDK} => ../sdks/go\n`,
  ];
  writeFileSync(join(folder, "go.mod"), goMod.join("\n"));
  await run("go", "-C", name, "mod", "tidy");
}

function version(): string | undefined {
  const pinned = readFileSync(join(__dirname, "../../scripts/pulumi-cli/go.mod"), "utf8");
  return /sdk\/v3 (v\S+)/.exec(pinned)?.[1];
}

beforeAll(async () => {
  seam = await start();
  project = startProject({ SEAM_API_KEY: seam.apiKey, SEAM_ENDPOINT: seam.url }, []);
  const sdks = join(project.folder, "sdks");
  await run(process.execPath, join(__dirname, "../../scripts/languages.mts"), sdks);
  writeFileSync(join(sdks, "go/go.mod"), `module ${SDK}\n\ngo 1.24\n\nrequire ${PULUMI} ${version()}\n`);
}, 45 * MINUTE);
afterAll(async () => {
  await seam?.close();
  project?.remove();
});

describe("a program in Go, with the generated SDK", () => {
  it(
    "compiles as it stands in the documentation",
    async () => {
      await writeModule("program", { "main.go": documentedProgram("go") });
      await run("go", "-C", "program", "vet", "./...");
    },
    20 * MINUTE,
  );

  it(
    "deploys, stays as it is, refreshes and goes",
    async () => {
      // The same program, run by the Automation API instead of a language host.
      const program = documentedProgram("go").replace("pulumi.Run(", "deploy(");
      await writeModule("deployed", {
        "main.go": program,
        "deploy.go": readFileSync(join(__dirname, "deploy.go"), "utf8"),
      });
      const output = await run("go", "-C", "deployed", "run", ".");
      expect(JSON.parse(output.slice(output.lastIndexOf('{"again"')))).toEqual({
        up: { create: 3 },
        again: { same: 3 },
        preview: { same: 3 },
        refreshed: { same: 3 },
        pin: true,
        destroyed: { delete: 3 },
      });
      expect(seam.credentials()).toEqual([]);
    },
    20 * MINUTE,
  );
});
