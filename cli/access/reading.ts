import { type Command, InvalidArgumentError } from "commander";
import type { SeamClient } from "../../provider/http/client";
import { SeamError } from "../../provider/http/errors";
import { ownWords } from "../../provider/http/own-words";
import { epochMs } from "../../provider/values/instant";
import type { Filters } from "../../report/filters";
import { type Access, readAccess } from "../../report/read-access";
import { Accounts } from "../accounts";
import { progressLine } from "../progress";
import { PulumiError } from "../pulumi";
import { stackConfig } from "../stack-state";
import { readStacks } from "./read-stacks";

/** The options that all commands have that read who can open what. */
export interface ReadingOptions {
  readonly stack?: readonly string[] | false;
  readonly state?: readonly string[];
}

export function addReadingOptions(command: Command): Command {
  return command
    .option(
      "-s, --stack <name>",
      "stack to compare with; repeatable (default: all of the project). The settings of the first one are used",
      (name: string, before: string[] | undefined) => [...(before ?? []), name],
    )
    .option("--no-stack", "read no stack: all owners are unknown, and the account comes from the environment")
    .option(
      "--state <file>",
      "file with an exported state, in addition to --stack or instead of the project's stacks; repeatable",
      (file: string, before: string[] | undefined) => [...(before ?? []), file],
    );
}

/** Reads stacks and Seam; progress and what could not be read go beside the output. */
export async function readFor(
  { stack, state = [] }: ReadingOptions,
  filters: Filters,
  isThorough: boolean,
): Promise<Access> {
  const named = Array.isArray(stack) ? stack : undefined;
  const { stacks, unread } = await readStacks({
    ...(stack === false ? { stack } : named && { stack: named }),
    state,
  });
  for (const { name, reason } of unread) {
    process.stderr.write(`The stack ${name} could not be read, so owners may be unknown: ${reason}\n`);
  }
  const seam = await accountOf(stack === false || (state.length > 0 && !named) ? undefined : (named ?? []));
  const progress = progressLine();
  try {
    return await readAccess(seam, {
      ...(stacks && { stacks }),
      unreadStacks: unread.map(({ name }) => name),
      filters,
      isThorough,
      onProgress: progress.show,
    });
  } catch (error) {
    throw error instanceof SeamError ? new Error(ownWords(error), { cause: error }) : error;
  } finally {
    progress.end();
  }
}

/** The account of the first stack, or of the selected one; of the environment where a stack is not to be asked, or cannot be. */
async function accountOf(stacks: readonly string[] | undefined): Promise<SeamClient> {
  const config = stacks === undefined ? new Map<string, string>() : await configOf(stacks[0]);
  return new Accounts(config, []).clientOf(undefined);
}

async function configOf(stack: string | undefined): Promise<ReadonlyMap<string, string>> {
  try {
    return await stackConfig(stack);
  } catch (error) {
    // With an account in the environment, a stack that cannot be decrypted, or none that is selected, does not matter.
    if (!(error instanceof PulumiError) || !hasAccount()) throw error;
    return new Map();
  }
}

function hasAccount(): boolean {
  return ["SEAM_API_KEY", "SEAM_PERSONAL_ACCESS_TOKEN"].some((name) => process.env[name]);
}

const MOST_MS = 36_525 * 86_400_000;

/** `14d`, `48h` or `30m`, in milliseconds. */
export function duration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([dhm])$/.exec(text) ?? [];
  const ms = Number(number) * (unit === "d" ? 86_400_000 : unit === "h" ? 3_600_000 : 60_000);
  if (!Number.isFinite(ms) || ms <= 0) throw new InvalidArgumentError("write it as 14d, 48h or 30m");
  if (ms > MOST_MS) throw new InvalidArgumentError("it is more than 100 years");
  return ms;
}

/** An instant with a zone, or `any`. */
export function moment(text: string): Date | "any" {
  if (text === "any") return text;
  const ms = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? epochMs(text) : undefined;
  if (ms === undefined) {
    throw new InvalidArgumentError('write it as 2030-06-19T15:00:00Z, with a zone, or as "any"');
  }
  // Else the 30th of February would be a day of March.
  const [date = "", year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? [];
  if (date && new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() !== Number(day)) {
    throw new InvalidArgumentError(`there is no ${date}`);
  }
  return new Date(ms);
}

/** An empty text, such as of a variable that is not set, would match nothing, or everything. */
export function filled(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("the value is empty. Is a variable not set?");
  return text;
}
