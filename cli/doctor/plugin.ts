import { existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { copyFrom } from "../../sdk/program/copies";
import { compareVersions } from "../../sdk/testing/pulumi-cli";
import type { Installed } from "./diagnosis";
import type { Project } from "./project";

/** The provider plugin that Pulumi starts for programs in other languages: the project's own, on PATH, or installed. */
export function pluginFor({ pluginFolder }: Project): Installed | undefined {
  const path = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const files = [...(pluginFolder ? [pluginFolder] : []), ...path].flatMap((folder) =>
    NAMES.map((name) => join(folder, name)),
  );
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined) return installedPlugin();
  // Installers put a link to the file of the package.
  const folder = dirname(realpathSync(file));
  const copy = copyFrom(folder);
  return { version: copy?.version ?? "of unknown version", folder: copy?.folder ?? folder };
}

const NAMES = ["pulumi-resource-seam", "pulumi-resource-seam.cmd", "pulumi-resource-seam.exe"];
const INSTALLED = /^resource-seam-v(.+?)(?<!\.lock|\.partial)$/;

/** What `pulumi plugin install` has put there: Pulumi takes the newest for a program that names no version. */
function installedPlugin(): Installed | undefined {
  const plugins = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
  if (!existsSync(plugins)) return undefined;
  const installed = readdirSync(plugins).flatMap((name) => {
    const [, version] = INSTALLED.exec(name) ?? [];
    return version === undefined ? [] : [{ version, folder: join(plugins, name) }];
  });
  return installed.sort((a, b) => compareVersions(b.version, a.version))[0];
}
