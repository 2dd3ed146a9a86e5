import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { isRecord } from "../../provider/values/record";

/** A Pulumi project on the disk. */
export interface Project {
  readonly name: string;
  readonly runtime: string;
  /** Where Pulumi starts the program. */
  readonly programFolder: string;
  /** Where its file says that the provider plugin of `seam` is. */
  readonly pluginFolder?: string;
}

const FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/**
 * The project that a folder belongs to, as Pulumi finds it.
 * @throws Error if its file cannot be read
 */
export function projectOf(folder: string): Project | undefined {
  const file = FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file !== undefined) return readProject(file);
  const parent = dirname(folder);
  return parent === folder ? undefined : projectOf(parent);
}

function readProject(file: string): Project {
  // YAML holds JSON, too.
  const project: unknown = parse(readFileSync(file, "utf8"));
  const { name, runtime, main, plugins } = isRecord(project) ? project : {};
  const kind = isRecord(runtime) ? runtime["name"] : runtime;
  if (typeof kind !== "string") throw new Error(`${file} does not say which runtime its program has.`);
  const root = dirname(file);
  const plugin = pluginIn(plugins);
  return {
    name: String(name),
    runtime: kind,
    programFolder: folderOf(root, main),
    ...(plugin !== undefined && { pluginFolder: resolve(root, plugin) }),
  };
}

/** Path of the plugin, from the project's folder. */
function pluginIn(plugins: unknown): string | undefined {
  const providers = isRecord(plugins) ? plugins["providers"] : undefined;
  const own = (Array.isArray(providers) ? providers : [])
    .filter(isRecord)
    .find(({ name }) => name === "seam");
  return typeof own?.["path"] === "string" ? own["path"] : undefined;
}

/** `main` names a folder, or a file in it. */
function folderOf(root: string, main: unknown): string {
  if (typeof main !== "string") return root;
  const path = resolve(root, main);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
}
