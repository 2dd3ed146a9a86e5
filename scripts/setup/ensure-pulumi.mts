import { mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findPulumiCli } from "../../dist/sdk/testing/pulumi-cli.js";
import { buildFromSource, completeEarlierBuild } from "./build-from-source.mts";
import { downloadRelease } from "./download-release.mts";
import { withLock } from "./lock.mts";

/** The Pulumi CLI that this machine now has. */
export interface EnsuredPulumi {
  /** The folder of `pulumi` and its companions, to be put on PATH. */
  bin: string;
  version: string;
  how: "found on PATH" | "found, installed earlier" | "downloaded" | "built from source";
}

/** A way to get the CLI: says what it does, and throws an error that says why it could not. */
export type Installer = (target: InstallTarget) => Promise<void>;

export interface InstallTarget {
  version: string;
  /** Where the CLI ends up, in `bin`: the folder that Pulumi's own tools use for this version. */
  root: string;
  say: (line: string) => void;
}

/** The folder of the Go module that pins the CLI. */
export const CLI_MODULE = join(import.meta.dirname, "..", "pulumi-cli");

/**
 * Makes sure that a recent and complete Pulumi CLI is on this machine: the one on PATH, else one that
 * was installed earlier, else Pulumi's release, else a build from Go modules. Seconds, except for the last two.
 */
export async function ensurePulumi(say: (line: string) => void): Promise<EnsuredPulumi> {
  const version = pinnedVersion();
  const versions = join(homedir(), ".pulumi", "versions");
  const root = join(versions, version);
  completeEarlierBuild(root, version);
  const before = findPulumiCli();
  if (before.cli !== undefined) {
    const how = before.cli.where === "PATH" ? "found on PATH" : "found, installed earlier";
    return { bin: before.cli.bin, version: before.cli.version, how };
  }
  say("No usable Pulumi CLI is on PATH or under ~/.pulumi/versions.");
  for (const reason of before.rejected) say(`  not ${reason}`);

  mkdirSync(versions, { recursive: true });
  return withLock(join(versions, `.${version}.lock`), say, () => install({ version, root, say }));
}

async function install(target: InstallTarget): Promise<EnsuredPulumi> {
  const steps: [EnsuredPulumi["how"], Installer][] = [
    ["downloaded", downloadRelease],
    ["built from source", buildFromSource],
  ];
  const failures: string[] = [];
  for (const [how, step] of steps) {
    const meanwhile = findPulumiCli().cli;
    if (meanwhile !== undefined)
      return { bin: meanwhile.bin, version: meanwhile.version, how: "found, installed earlier" };
    try {
      await step(target);
      const { cli, rejected } = findPulumiCli();
      if (cli !== undefined) return { bin: cli.bin, version: cli.version, how };
      failures.push(`${how}, but not usable: ${rejected.join("; ")}`);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
    target.say(`  ${failures.at(-1)}`);
  }
  throw new Error(
    `No Pulumi CLI could be had on this machine:\n${failures.map((line) => `  - ${line}`).join("\n")}\n` +
      "Install it from https://www.pulumi.com/docs/install/, put it on PATH and try again.",
  );
}

function pinnedVersion(): string {
  const pin = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(CLI_MODULE, "go.mod"), "utf8"))?.[1];
  if (pin === undefined)
    throw new Error(`${CLI_MODULE}/go.mod names no version of github.com/pulumi/pulumi/pkg/v3`);
  return pin;
}
