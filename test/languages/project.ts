import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { version } from "../../package.json";

const ROOT = join(__dirname, "../..");

/** What a command printed, in the order in which it came, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** A folder in which somebody types commands, with a home of its own that has nothing in it. */
export interface Project {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  run(file: string, ...args: readonly string[]): Promise<Ran>;
  remove(): void;
}

/** Folders of the language hosts and of the plugin, and the generator of SDKs; built once on a machine. */
export function languageTools(): { readonly yamlHost: string; readonly sdks: string } {
  const stdout = execFileSync(process.execPath, [join(ROOT, "scripts/languages.mts")], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(stdout);
}

/** @param folder what `npm run plugin:archives` has written. @returns the archive for this machine */
export function pluginArchive(folder: string): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  return join(folder, `pulumi-resource-seam-v${version}-${os}-${arch}.tar.gz`);
}

/** @param path folders to be found first, after that of the plugin */
export function startProject(account: Record<string, string>, path: readonly string[]): Project {
  // As installing the package does; a build leaves it a plain file.
  chmodSync(join(ROOT, "dist/plugin/pulumi-resource-seam.js"), 0o755);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-languages-"));
  const [home, state] = ["home", "state"].map((name) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  });
  const env = {
    ...process.env,
    ...account,
    PATH: [join(ROOT, "node_modules/.bin"), ...path, process.env["PATH"]].join(delimiter),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    NO_COLOR: "1",
  };
  return {
    folder,
    env,
    run: (file, ...args) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 };
        execFile(file, args, options, (error, stdout, stderr) =>
          resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
        );
      }),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
