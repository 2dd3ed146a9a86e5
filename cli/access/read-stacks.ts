import { readFile } from "node:fs/promises";
import { type StackContent, stackContent } from "../../report/owners";
import { PulumiError, pulumi } from "../pulumi";

/** Which stacks may declare something, as the user says it. */
export interface StackSelection {
  /** Names; without any, all of the project. False: none. */
  readonly stack?: readonly string[] | false;
  /** Files with exported states. */
  readonly state?: readonly string[];
}

export interface ReadStacks {
  /** `undefined`: none was to be read. */
  readonly stacks: readonly StackContent[] | undefined;
  readonly unread: readonly UnreadStack[];
}

export interface UnreadStack {
  readonly name: string;
  readonly reason: string;
}

/**
 * Reads states, without their secrets. What cannot be read is told, and does not end the reading.
 * @throws PulumiError when the project's stacks cannot be listed
 */
export async function readStacks({ stack, state = [] }: StackSelection): Promise<ReadStacks> {
  if (stack === false && state.length === 0) return { stacks: undefined, unread: [] };
  const names = stack || (state.length > 0 ? [] : await stacksOfProject());
  const stacks: StackContent[] = [];
  const unread: UnreadStack[] = [];
  const attempt = async (name: string, read: () => Promise<StackContent>) => {
    try {
      stacks.push(await read());
    } catch (error) {
      unread.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  };
  // One after the other: each is a process of its own.
  for (const name of new Set(names)) await attempt(name, () => exported(name));
  for (const file of new Set(state)) await attempt(file, () => ofFile(file));
  return { stacks, unread };
}

async function stacksOfProject(): Promise<string[]> {
  try {
    const listed = JSON.parse(await pulumi(["stack", "ls", "--json"])) as { name: string }[];
    return listed.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    throw new PulumiError(
      `${error.message}\nRun this in a project's folder, give exported states with --state <file>, or add --no-stack: then owners are unknown.`,
    );
  }
}

async function exported(name: string): Promise<StackContent> {
  return stackContent(name, JSON.parse(await pulumi(["stack", "export", "--stack", name])));
}

/** The stack has the name that its resources' URNs have. */
async function ofFile(file: string): Promise<StackContent> {
  const { resources } = stackContent(file, parsed(file, await readFile(file, "utf8")));
  const name = resources[0]?.urn.split("::")[0]?.replace(/^urn:pulumi:/, "");
  return { name: name || file, resources };
}

/** The parser's own message would show a piece of the file. */
function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is no JSON. Write it with \`pulumi stack export --file ${file}\`.`);
  }
}
