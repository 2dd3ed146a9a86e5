import { execFile } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const REPOSITORY = join(__dirname, "../..");

/** How an installer lays packages out on the disk. */
export type Installer = "npm" | "npm, nested" | "pnpm";

/** Folders outside of the repository, in which packages are installed as a stranger would. */
export class Layouts {
  readonly root: string;
  /** This package, packed. */
  readonly pulumiSeam: string;

  private constructor(root: string, pulumiSeam: string) {
    this.root = root;
    this.pulumiSeam = pulumiSeam;
  }

  static async create(): Promise<Layouts> {
    const root = await mkdtemp(join(tmpdir(), "pulumi-seam-packages-"));
    return new Layouts(root, await pack(REPOSITORY, root));
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }

  /**
   * This package in another version, packed.
   * @param lacking a resource that the version does not have yet
   */
  async withVersion(version: string, lacking?: string): Promise<string> {
    const folder = join(this.root, version);
    await mkdir(folder);
    await run("tar", ["-xzf", this.pulumiSeam, "-C", folder, "--strip-components=1"]);
    await amend(folder, { version });
    const registry = join(folder, "dist/provider/index.js");
    if (lacking !== undefined) await appendFile(registry, `delete exports.${lacking};\n`);
    return pack(folder, this.root);
  }

  /** One of the packages beside this file, packed, with a version of this package to depend on. */
  async acme(name: "acme-access" | "acme-doors", pulumiSeam = this.pulumiSeam): Promise<string> {
    const folder = await mkdtemp(join(this.root, `${name}-`));
    await cp(join(__dirname, name), folder, { recursive: true });
    await amend(folder, { dependencies: { "pulumi-seam": `file:${pulumiSeam}` } });
    return pack(folder, folder);
  }

  /** A project with the program beside this file. */
  async project(
    name: string,
    installer: Installer,
    packages: Readonly<Record<string, string>>,
  ): Promise<string> {
    const folder = join(this.root, name);
    await cp(join(__dirname, "program"), folder, { recursive: true });
    const files = Object.entries(packages).map(([dependency, file]) => [dependency, `file:${file}`]);
    const dependencies = { "@pulumi/pulumi": SDK_VERSION, ...Object.fromEntries(files) };
    await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
    await install(installer, folder);
    return folder;
  }

  /** The same project on another machine: at another path, as far as that one can tell. */
  async elsewhere(project: string): Promise<string> {
    const folder = join(await mkdtemp(join(this.root, "elsewhere-")), basename(project));
    // Links as they are: pnpm's are relative.
    await run("cp", ["-R", project, folder]);
    return folder;
  }
}

const SDK_VERSION = require("@pulumi/pulumi/package.json").version;

async function install(installer: Installer, cwd: string): Promise<void> {
  const quiet = ["--ignore-scripts", "--prefer-offline"];
  if (installer === "pnpm")
    await run(join(REPOSITORY, "node_modules/.bin/pnpm"), ["install", ...quiet], { cwd });
  else {
    const strategy = installer === "npm" ? "hoisted" : "nested";
    await run("npm", ["install", ...quiet, "--no-audit", "--no-fund", `--install-strategy=${strategy}`], {
      cwd,
    });
  }
}

/** Packs the package in a folder; returns the tarball. */
export async function pack(folder: string, destination: string): Promise<string> {
  const { stdout } = await run(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", destination],
    {
      cwd: folder,
    },
  );
  return join(destination, JSON.parse(stdout)[0].filename);
}

async function amend(folder: string, changes: object): Promise<void> {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...manifest, ...changes }));
}
