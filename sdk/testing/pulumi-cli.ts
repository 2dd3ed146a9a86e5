import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** The oldest Pulumi CLI that this package is made for. */
const OLDEST_PULUMI = "3.254.0";

/** A Pulumi CLI on this machine that can deploy Node programs with dynamic resources. */
export interface PulumiCli {
  /** The folder of the `pulumi` executable. */
  readonly bin: string;
  /** Its version, such as `3.259.0`. */
  readonly version: string;
  /** Found on PATH, or among what installers put under `~/.pulumi/versions`. */
  readonly where: "PATH" | "versions";
}

/** What {@link findPulumiCli} saw: the one to use, and why each of the others is not it. */
export interface PulumiCliSearch {
  readonly cli?: PulumiCli;
  readonly rejected: readonly string[];
}

/** What must be beside `pulumi`, or on PATH, to run programs on disk and dynamic resources. */
const COMPANIONS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * Finds a Pulumi CLI that is recent enough and complete: the one on PATH, else the newest under
 * `~/.pulumi/versions`. Starts `pulumi version` for those it looks at and touches nothing.
 */
export function findPulumiCli(
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): PulumiCliSearch {
  const path = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = path.find((folder) => existsSync(executable(folder, "pulumi")));
  const versions = join(home, ".pulumi", "versions");
  const installed = (existsSync(versions) ? readdirSync(versions) : [])
    .filter((name) => toNumbers(name) !== undefined)
    .sort((a, b) => compareVersions(b, a))
    .map((name) => join(versions, name, "bin"))
    .filter((bin) => bin !== onPath && existsSync(executable(bin, "pulumi")));

  const rejected: string[] = [];
  for (const bin of onPath === undefined ? installed : [onPath, ...installed]) {
    const version = versionOf(bin, env);
    const missing = COMPANIONS.filter((name) => !isReachable(name, bin, path));
    if (version === undefined) rejected.push(`${bin}: "pulumi version" prints no version`);
    else if (compareVersions(version, OLDEST_PULUMI) < 0)
      rejected.push(`${bin}: ${version} is older than ${OLDEST_PULUMI}`);
    else if (missing.length > 0) rejected.push(`${bin}: ${version} lacks ${missing.join(" and ")}`);
    else return { cli: { bin, version, where: bin === onPath ? "PATH" : "versions" }, rejected };
  }
  return { rejected };
}

/** Says why none of those on this machine can be used, and what to do. */
export function noUsablePulumiCli({ rejected }: PulumiCliSearch): string {
  return (
    `No usable Pulumi CLI is on PATH or under ~/.pulumi/versions.${rejected.map((reason) => `\n  not ${reason}`).join("")}\n` +
    `Install ${OLDEST_PULUMI} or newer from https://www.pulumi.com/docs/install/ and put it on PATH.`
  );
}

function versionOf(bin: string, env: NodeJS.ProcessEnv): string | undefined {
  try {
    const printed = execFileSync(executable(bin, "pulumi"), ["version"], {
      encoding: "utf8",
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 20_000,
    });
    return toNumbers(printed.trim())?.join(".");
  } catch {
    return undefined;
  }
}

/** Package managers put a link to `pulumi` on PATH and keep its companions where the link points to. */
function isReachable(name: string, bin: string, path: readonly string[]): boolean {
  const beside = dirname(realpathSync(executable(bin, "pulumi")));
  return [bin, beside, ...path].some((folder) => existsSync(executable(folder, name)));
}

function executable(folder: string, name: string): string {
  if (process.platform !== "win32") return join(folder, name);
  return join(folder, name === "pulumi-resource-pulumi-nodejs" ? `${name}.cmd` : `${name}.exe`);
}

/** Below zero where `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [toNumbers(a) ?? [], toNumbers(b) ?? []];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

function toNumbers(version: string): number[] | undefined {
  const parts = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1);
  return parts?.map(Number);
}
