import {
  resolveSettings,
  type SeamSettings,
  SettingsError,
  settingPlaces,
} from "../../provider/http/settings";
import { misspeltSettings } from "../../sdk/program/misspelt-settings";
import { pulumiCli } from "../pulumi";
import { selectedStack, stackConfig } from "../stack-state";
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
  project: Project | undefined,
  stack: string | false | undefined,
): Promise<FoundAccount> {
  const isAsked = stack !== undefined || project !== undefined;
  const { name, config, problems } = stack === false || !isAsked ? NO_STACK : await readStack(stack);
  const read = (setting: string) => config.get(`seam:${setting}`);
  const part = { ...(name !== undefined && { stack: name }), settings: settingPlaces(read) };
  const misspelt = misspeltSettings({
    config: [...config.keys()],
    environment: Object.keys(process.env),
    project: project?.name ?? "",
  });
  const all = [...problems, ...misspelt.map(attention)];
  try {
    return { part, problems: all, settings: resolveSettings(read) };
  } catch (failure) {
    if (!(failure instanceof SettingsError)) throw failure;
    return { part, problems: [...all, ...failure.problems.map(error)] };
  }
}

interface ReadStack {
  readonly name?: string;
  readonly config: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

const NO_STACK: ReadStack = { config: new Map(), problems: [] };

async function readStack(stack: string | undefined): Promise<ReadStack> {
  try {
    const name = await selectedStack(stack);
    return { name, config: await stackConfig(stack), problems: [] };
  } catch (failure) {
    const said = failure instanceof Error ? failure.message : String(failure);
    // That there is none is a problem of its own.
    const reason = pulumiCli().cli ? said : "It takes a Pulumi CLI.";
    const problem = `The settings of the stack could not be read; only those of the environment are shown. ${reason}\nTo look at the environment alone, add --no-stack.`;
    return { config: new Map(), problems: [error(problem)] };
  }
}
