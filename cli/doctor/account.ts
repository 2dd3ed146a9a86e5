import {
  resolveSettings,
  type SeamSettings,
  SettingsError,
  settingPlaces,
} from "../../provider/http/settings";
import { keysInClear } from "../../sdk/program/keys-in-clear";
import { misspeltSettings } from "../../sdk/program/misspelt-settings";
import { pulumiCli } from "../pulumi";
import { configEntries, countPendingOperations, selectedStack, valuesOf } from "../stack-state";
import { type Account, attention, error, type Found, type Problem } from "./diagnosis";
import type { Project } from "./project";

interface FoundAccount extends Found<Account> {
  /** Left out where they cannot be used. */
  readonly settings?: SeamSettings;
}

/**
 * Which settings count here, and where they stand: in a stack's config, or in the environment.
 * @param stack false: no stack is to be asked
 */
export async function findAccount(
  { part: project, problems: unreadable }: Found<Project | undefined>,
  stack: string | false | undefined,
): Promise<FoundAccount> {
  const isAsked = stack !== undefined || project !== undefined || unreadable.length > 0;
  const { name, config, clear, problems } = stack === false || !isAsked ? NO_STACK : await readStack(stack);
  const read = (setting: string) => config.get(`seam:${setting}`);
  const part = { ...(name !== undefined && { stack: name }), settings: settingPlaces(read) };
  const misspelt = misspeltSettings({
    config: [...config.keys()],
    environment: Object.keys(process.env),
    project: project?.name ?? "",
  });
  const inClear = keysInClear((setting) => clear.has(setting), read("endpoint"));
  const all = [...problems, ...[...misspelt, ...inClear].map(attention)];
  try {
    return { part, problems: all, settings: resolveSettings(read) };
  } catch (failure) {
    if (!(failure instanceof SettingsError)) throw failure;
    // Where nothing is found because nothing could be read, nobody knows whether an account is set.
    const isKnown = !problems.some(({ severity }) => severity === "error") || part.settings.length > 0;
    const here = isAsked || part.settings.length > 0 ? [] : [error(NO_PROJECT)];
    return { part, problems: [...all, ...here, ...(isKnown ? failure.problems.map(error) : [])] };
  }
}

const NO_PROJECT =
  "There is no Pulumi project in this folder or above it, so no stack was looked at. Run this in the folder of your project.";

const INTERRUPTED =
  "The state has operations that are not finished. If no run is under way, one was killed: run `pulumi-seam recover` before the next `pulumi up`, which would create things a second time.";

interface ReadStack {
  readonly name?: string;
  readonly config: ReadonlyMap<string, string>;
  /** Settings that are not encrypted. */
  readonly clear: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

const NO_STACK: ReadStack = { config: new Map(), clear: new Set(), problems: [] };

async function readStack(stack: string | undefined): Promise<ReadStack> {
  try {
    const name = await selectedStack(stack);
    const entries = await configEntries(stack);
    const clear = Object.keys(entries).filter((setting) => !entries[setting]?.secret);
    const isInterrupted = (await countPendingOperations(stack)) > 0;
    const problems = isInterrupted ? [attention(INTERRUPTED)] : [];
    return { name, config: valuesOf(entries), clear: new Set(clear), problems };
  } catch (failure) {
    const said = failure instanceof Error ? failure.message : String(failure);
    // That there is none is a problem of its own.
    const reason = pulumiCli().cli ? said : "It takes a Pulumi CLI.";
    const problem = `The settings of the stack could not be read; only those of the environment are shown. ${reason}\nTo look at the environment alone, add --no-stack.`;
    return { ...NO_STACK, problems: [error(problem)] };
  }
}
