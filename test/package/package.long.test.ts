import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const REPOSITORY = path.join(__dirname, "../..");
const ENTRIES = {
  "pulumi-seam": ["AcsCredential", "Provider"],
  "pulumi-seam/provider": ["AcsCredential"],
  "pulumi-seam/policy": ["doorPolicies"],
  "pulumi-seam/testing": ["startEmulator", "withStack", "assertNoChanges"],
};

/** A project outside the repository into which the packed package is unpacked, with its dependencies beside it. */
let project: string;
let tarball: string;
/** Another one, which has none of the libraries that the package runs on. */
let types: string;

beforeAll(async () => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), "pulumi-seam-package-"));
  const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", project], {
    cwd: REPOSITORY,
  });
  tarball = path.join(project, JSON.parse(packed.stdout)[0].filename);
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(REPOSITORY, "package.json"), "utf8"));
  await install(project, [...Object.keys(dependencies), "@pulumi/pulumi", "@types/node", "typescript"]);
  types = fs.mkdtempSync(path.join(os.tmpdir(), "pulumi-seam-types-"));
  await install(types, ["@pulumi/pulumi", "@types/node"]);
});
afterAll(() => {
  for (const folder of [project, types]) fs.rmSync(folder, { recursive: true, force: true });
});

/** Unpacks the package, and puts beside it what npm would install, without asking a registry. */
async function install(folder: string, names: readonly string[]): Promise<void> {
  const modules = path.join(folder, "node_modules");
  const home = path.join(modules, "pulumi-seam");
  fs.mkdirSync(home, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", home, "--strip-components=1"]);
  for (const name of names) {
    fs.mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    fs.symlinkSync(path.join(REPOSITORY, "node_modules", name), path.join(modules, name));
  }
}

/** Runs a file of the project with Node; returns what it prints. */
async function node(file: string, text: string, flags: string[] = []): Promise<string> {
  fs.writeFileSync(path.join(project, file), text);
  return (await run(process.execPath, [...flags, file], { cwd: project })).stdout;
}

describe("the packed package", () => {
  it.each(Object.entries(ENTRIES))("gives %s to CommonJS and ESM programs", async (entry, names) => {
    const check = `for (const name of ${JSON.stringify(names)}) if (!entry[name]) throw new Error(name + " is missing");`;
    await node("entry.cjs", `const entry = require("${entry}"); ${check}`);
    await node("entry.mjs", `import * as entry from "${entry}"; ${check}`);
  });

  // `node` is what `pulumi new typescript` has written for years; none of them skips the check of declarations.
  it.each([
    ["node", "commonjs"],
    ["node16", "node16"],
    ["bundler", "esnext"],
  ])(
    "compiles in strict TypeScript programs with the module resolution %s, by no library's types but Pulumi's",
    async (moduleResolution, module) => {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: "es2020",
        module,
        moduleResolution,
        types: ["node"],
      };
      fs.writeFileSync(
        path.join(types, "tsconfig.json"),
        JSON.stringify({ compilerOptions, files: ["program.ts"] }),
      );
      fs.writeFileSync(
        path.join(types, "program.ts"),
        `import * as seam from "pulumi-seam";
       import { startEmulator } from "pulumi-seam/testing";
       import { AcsCredential } from "pulumi-seam/provider";
       import { doorPolicies } from "pulumi-seam/policy";
       doorPolicies({ requireEnd: true, maxDays: 90 });
       const pin = new seam.AcsCredential("pin", { accessMethod: "code", acsUserId: "…" });
       pin.code.apply((code: string | undefined) => code);
       // @ts-expect-error: there is no such access method
       new seam.AcsCredential("wrong", { accessMethod: "pin" });
       void startEmulator; void AcsCredential;`,
      );
      const tsc = path.join(REPOSITORY, "node_modules/typescript/bin/tsc");
      const { stdout } = await run(process.execPath, [tsc, "-p", "."], { cwd: types }).catch(
        (error) => error,
      );
      expect(stdout).toBe("");
    },
  );

  it("has a command line that explains itself", async () => {
    const bin = path.join(project, "node_modules/pulumi-seam/dist/cli/main.js");
    const { stdout } = await run(process.execPath, [bin, "--help"]);
    for (const command of ["changes", "emulator", "import", "recover"]) expect(stdout).toContain(command);
  });

  it("tells its version on the command line", async () => {
    const bin = path.join(project, "node_modules/pulumi-seam/dist/cli/main.js");
    const { stdout } = await run(process.execPath, [bin, "--version"]);
    expect(stdout.trim()).toBe(require("../../package.json").version);
  });

  it("holds what runs, and neither tests nor sources nor maps without them", async () => {
    const { stdout } = await run("tar", ["-tzf", tarball]);
    const files = stdout.split("\n").filter(Boolean);
    expect(
      files.filter((file) =>
        /(\.test\.|(?<!\.d)\.ts$|\.map$|tsbuildinfo|package\/(test|scripts|examples)\/)/.test(file),
      ),
    ).toEqual([]);
    expect(files).toContain("package/dist/provider/index.js");
    expect(files).toContain("package/README.md");
  });

  it("follows the rules of npm packages and of type resolution", async () => {
    const bin = (name: string) => path.join(REPOSITORY, "node_modules/.bin", name);
    await run(bin("publint"), ["--strict", path.join(project, "node_modules/pulumi-seam")]);
    await run(bin("attw"), [tarball, "--no-emoji"]);
  });

  it("runs the example of a test where it is copied to", async () => {
    const example = path.join(project, "testing");
    fs.cpSync(path.join(REPOSITORY, "examples/testing"), example, { recursive: true });
    for (const name of ["jest", "ts-jest", "@types/jest"]) {
      const target = path.join(project, "node_modules", name);
      fs.symlinkSync(path.join(REPOSITORY, "node_modules", name), target);
    }
    const { scripts } = JSON.parse(fs.readFileSync(path.join(example, "package.json"), "utf8"));
    expect(scripts.test).toBe("jest");
    const jest = path.join(REPOSITORY, "node_modules/jest/bin/jest.js");
    const { stderr } = await run(process.execPath, [jest], { cwd: example });
    expect(stderr).toContain("1 passed, 1 total");
  });

  it("lets a project test its stack in 30 lines", async () => {
    const text = fs.readFileSync(path.join(__dirname, "user-stack.test.mjs"), "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(30);
    const printed = await node("user-stack.test.mjs", text, ["--test"]);
    expect(printed).toMatch(/pass 1\b/);
  });
});
