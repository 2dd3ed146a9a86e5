import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentedProgram } from "./documented";
import { type Project, startProject } from "./project";

const SDK = "example.com/pulumi-seam/sdk/go/seam";
const PULUMI = "github.com/pulumi/pulumi/sdk/v3";
let project: Project;

async function run(file: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await project.run(file, ...args);
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

beforeAll(async () => {
  project = startProject({}, []);
  await run(process.execPath, join(__dirname, "../../scripts/languages.mts"), join(project.folder, "sdks"));
}, 45 * 60_000);
afterAll(() => project?.remove());

describe("a program in Go, with the generated SDK", () => {
  it(
    "compiles as it stands in the documentation",
    async () => {
      const version = /sdk\/v3 (v\S+)/.exec(
        readFileSync(join(__dirname, "../../scripts/pulumi-cli/go.mod"), "utf8"),
      )?.[1];
      mkdirSync(join(project.folder, "program"));
      writeFileSync(
        join(project.folder, "sdks/go/go.mod"),
        `module ${SDK}\n\ngo 1.24\n\nrequire ${PULUMI} ${version}\n`,
      );
      writeFileSync(join(project.folder, "program/main.go"), documentedProgram("go"));
      writeFileSync(
        join(project.folder, "program/go.mod"),
        [
          "module front-doors\n\ngo 1.24\n",
          `require (\n\t${SDK} v0.1.0\n\t${PULUMI} ${version}\n)\n`,
          `replace ${SDK} => ../sdks/go\n`,
        ].join("\n"),
      );
      await run("go", "-C", "program", "mod", "tidy");
      await run("go", "-C", "program", "vet", "./...");
    },
    20 * 60_000,
  );
});
