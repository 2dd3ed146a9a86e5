import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Cell, Program } from "./cells";

const run = promisify(execFile);

/** A project as a user would set it up, outside of the repository. */
export interface Project {
  /** The folder with Pulumi.yaml. */
  readonly folder: string;
  /** What `pulumi` needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the program is checked by `tsc --noEmit`. */
  readonly isTyped: boolean;
}

interface Kind {
  /** The program's file. */
  readonly file: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly type?: "module" | "commonjs";
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  readonly packages?: Readonly<Record<string, string>>;
}

const STRICT = { strict: true, noEmit: true, target: "es2022" };
const TYPESCRIPT = { typescript: "5.9.3", "@types/node": "22.15.0" };

const KINDS: Readonly<Record<Program, Kind>> = {
  CommonJS: { file: "index.js", options: { typescript: false } },
  "ES modules": { file: "index.js", type: "module", options: { typescript: false } },
  // As `pulumi new typescript` has written it for years.
  "TypeScript, CommonJS": {
    file: "index.ts",
    compilerOptions: { ...STRICT, module: "commonjs", moduleResolution: "node" },
    packages: TYPESCRIPT,
  },
  "TypeScript, nodenext": {
    file: "index.ts",
    compilerOptions: { ...STRICT, module: "nodenext", moduleResolution: "nodenext" },
    packages: TYPESCRIPT,
  },
  "TypeScript by tsx": {
    file: "index.ts",
    type: "module",
    options: { typescript: false, nodeargs: "--import=tsx" },
    compilerOptions: { ...STRICT, module: "nodenext", moduleResolution: "nodenext" },
    packages: { ...TYPESCRIPT, tsx: "4.20.6" },
  },
  "TypeScript by Node": {
    file: "index.ts",
    type: "module",
    options: { typescript: false },
    compilerOptions: { ...STRICT, module: "nodenext", moduleResolution: "nodenext" },
    packages: TYPESCRIPT,
  },
  "workspace, main: in a folder": { file: "packages/infra/index.js", options: { typescript: false } },
};

const BODY = `
const config = new pulumi.Config();
const system = seam.getAcsSystemOutput({ name: config.require("system") });
const person = new seam.UserIdentity("ada", { fullName: "Ada Example" });
const user = new seam.AcsUser("ada", { acsSystemId: system.acsSystemId, userIdentityId: person.userIdentityId, fullName: "Ada Example" });
new seam.AcsCredential("pin", { accessMethod: "code", acsUserId: user.acsUserId, endsAt: config.require("endsAt") });
`;

const IMPORTS = {
  require: 'const pulumi = require("@pulumi/pulumi");\nconst seam = require("pulumi-seam");\n',
  import: 'import * as pulumi from "@pulumi/pulumi";\nimport * as seam from "pulumi-seam";\n',
};

/**
 * @param tarball this package, packed
 * @param bin finds a folder with this major version of Node
 */
export async function makeProject(
  folder: string,
  { program, installer, node, pulumi }: Cell,
  tarball: string,
  bin: (node: number) => Promise<string>,
): Promise<Project> {
  const kind = KINDS[program];
  const isRequired = kind.file.endsWith(".js") && kind.type !== "module";
  const dependencies = { "@pulumi/pulumi": pulumi, "pulumi-seam": `file:${tarball}`, ...kind.packages };
  const isWorkspace = dirname(kind.file) !== ".";
  const files = {
    "Pulumi.yaml": JSON.stringify({
      name: "stranger",
      main: isWorkspace ? dirname(kind.file) : kind.file,
      runtime: { name: "nodejs", options: kind.options ?? {} },
    }),
    [kind.file]: IMPORTS[isRequired ? "require" : "import"] + BODY,
    "package.json": JSON.stringify({
      name: "stranger",
      private: true,
      ...(kind.type && { type: kind.type }),
      ...(isWorkspace ? { workspaces: ["packages/*"] } : { dependencies }),
    }),
    ...(isWorkspace && {
      [join(dirname(kind.file), "package.json")]: JSON.stringify({
        name: "infra",
        main: "index.js",
        dependencies,
      }),
    }),
    ...(kind.compilerOptions && {
      "tsconfig.json": JSON.stringify({
        compilerOptions: { ...kind.compilerOptions, types: ["node"] },
        files: [kind.file],
      }),
    }),
    ...(installer.startsWith("Yarn") && {
      "yarn.lock": "",
      ".yarnrc.yml": `nodeLinker: ${installer === "Yarn" ? "node-modules" : "pnp"}\nenableTelemetry: false\n`,
    }),
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const path = `${await bin(node)}:${process.env["PATH"]}`;
  await install(installer, folder, path);
  return {
    folder,
    env: {
      PATH: path,
      ...(installer === "Yarn PnP" && { NODE_OPTIONS: `--require ${join(folder, ".pnp.cjs")}` }),
    },
    isTyped: kind.compilerOptions !== undefined,
  };
}

const BIN = join(__dirname, "../../node_modules/.bin");

export async function install(installer: Cell["installer"], cwd: string, path: string): Promise<void> {
  const options = { cwd, env: { ...process.env, PATH: path }, maxBuffer: 1 << 26 };
  if (installer === "npm") {
    await run("npm", ["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"], options);
  } else if (installer === "pnpm") {
    await run(join(BIN, "pnpm"), ["install", "--ignore-scripts", "--prefer-offline"], options);
  } else {
    const yarn = ["--yes", "--package=@yarnpkg/cli-dist@4.18.1", "--", "yarn"];
    const env = { ...options.env, YARN_ENABLE_IMMUTABLE_INSTALLS: "false", YARN_ENABLE_SCRIPTS: "false" };
    await run("npx", [...yarn, "install"], { ...options, env });
  }
}

/** Installs versions of Node from the registry, each in a folder of its own, as it is asked for. */
export function nodeVersions(root: string): (major: number) => Promise<string> {
  const folders = new Map<number, Promise<string>>();
  const get = async (major: number) => {
    if (process.versions.node.startsWith(`${major}.`)) return dirname(process.execPath);
    const folder = join(root, `node-${major}`);
    const name = `node-${process.platform}-${process.arch}`;
    await mkdir(folder, { recursive: true });
    await run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", `${name}@${major}`]);
    const found = join(folder, "node_modules", name, "bin");
    await chmod(join(found, "node"), 0o755);
    return found;
  };
  return (major) => {
    const folder = folders.get(major) ?? get(major);
    folders.set(major, folder);
    return folder;
  };
}
