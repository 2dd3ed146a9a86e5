import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { Command, Option } from "commander";
import { sharedClient } from "../provider/engine/shared-client";
import type { SeamClient } from "../provider/http/client";
import { resolveSettings, SettingsError } from "../provider/http/settings";
import {
  changesJson,
  changesMarkdown,
  changesOf,
  changesText,
  NO_DIRECTORY,
  needsALook,
  PreviewError,
  readPreview,
} from "../report/changes";
import { seamDirectory } from "./changes/seam-directory";
import { PulumiError } from "./pulumi";
import { stackConfig } from "./stack-state";

interface ChangesCommandOptions {
  readonly format: keyof typeof FORMATS;
  readonly json?: boolean;
  readonly stack?: string | false;
}

const FORMATS = { text: changesText, markdown: changesMarkdown, json: changesJson } as const;

export function changesCommand(): Command {
  return new Command("changes")
    .description("Read the output of `pulumi preview --json`, and say who gains or loses which doors")
    .argument("[file]", "the preview (default: standard input)")
    .addOption(new Option("--format <format>", "output format").choices(Object.keys(FORMATS)).default("text"))
    .option("--json", "the same as --format json")
    .option(
      "-s, --stack <name>",
      "stack whose Seam account is used for names and for the doors of access groups (default: the preview's)",
    )
    .option(
      "--no-stack",
      "use the account of the environment; without one, the output has ids instead of names",
    )
    .addHelpText(
      "after",
      [
        "",
        "Make the preview with `pulumi preview --json --show-sames`: resources that stay the same show names, and what else opens a door.",
        "Nothing is changed, and no PIN is shown. Exit code: 0 nobody loses anything, 1 error, 2 access is lost or interrupted, or the command cannot tell.",
      ].join("\n"),
    )
    .action(async (file: string | undefined, options: ChangesCommandOptions) => {
      process.exitCode = await run(file, options);
    });
}

async function run(file: string | undefined, options: ChangesCommandOptions): Promise<number> {
  const preview = readPreview(await read(file));
  const seam = await accountOf(options.stack ?? preview.stack);
  const directory = seam && seamDirectory(seam);
  const report = await changesOf(preview, { directory: directory ?? NO_DIRECTORY });
  const problem = directory?.problem();
  const notSeen = problem === undefined ? [] : [`What Seam did not tell: ${problem}`];
  const whole = { ...report, notSeen: [...report.notSeen, ...notSeen] };
  process.stdout.write(FORMATS[options.json ? "json" : options.format](whole));
  return needsALook(whole) ? 2 : 0;
}

async function read(file: string | undefined): Promise<string> {
  if (file !== undefined && file !== "-") return readFile(file, "utf8");
  if (process.stdin.isTTY) {
    throw new PreviewError(
      "There is no preview to read. Name a file, or run `pulumi preview --json --show-sames | pulumi-seam changes`.",
    );
  }
  return textOf(process.stdin);
}

/** The account of the stack if the working directory is its project's, else the environment's, if there is one. */
async function accountOf(stack: string | false | undefined): Promise<SeamClient | undefined> {
  const config = stack === false ? new Map<string, string>() : await configOf(stack);
  try {
    return sharedClient(resolveSettings((name) => config.get(`seam:${name}`)));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(`Ids stand for what the stack does not name. ${error.message}`);
    return undefined;
  }
}

async function configOf(stack: string | undefined): Promise<ReadonlyMap<string, string>> {
  try {
    return await stackConfig(stack);
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    return new Map();
  }
}
