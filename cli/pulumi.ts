import { spawn } from "node:child_process";
import { hostname } from "node:os";
import { join } from "node:path";
import { findPulumiCli, noUsablePulumiCli, type PulumiCliSearch } from "../sdk/testing/pulumi-cli";

/** A `pulumi` command failed; the message holds what it printed. */
export class PulumiError extends Error {
  override readonly name = "PulumiError";
}

/**
 * Runs `pulumi` in the working directory. What goes in and out may hold secrets in clear: it passes through pipes
 * only, never through a file, and what comes out is not part of an error.
 * @returns what it printed
 * @throws PulumiError
 */
export async function pulumi(args: readonly string[], input?: string): Promise<string> {
  const child = spawn(executable(), [...args, "--non-interactive"], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const printed: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => printed.push(data));
  child.stderr.on("data", (data: Buffer) => complaints.push(data));
  // A command that fails early does not read its input; its own message says more.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", (error) => reject(new PulumiError(`Cannot start the Pulumi CLI: ${error.message}.`)));
  });
  if (code === 0) return Buffer.concat(printed).toString("utf8");
  const said = Buffer.concat(complaints).toString("utf8").trim();
  throw new PulumiError(
    `\`pulumi ${args.join(" ")}\` failed:\n${said}${lockAdvice(said)}${fileAdvice(said)}${loginAdvice(said)}`,
  );
}

let search: PulumiCliSearch | undefined;

/** The Pulumi CLI that is used here; looked for once in a process. */
export function pulumiCli(): PulumiCliSearch {
  search ??= findPulumiCli();
  return search;
}

/** @throws PulumiError if there is none; an Error if there are some that cannot be used, since a stack may be theirs */
function executable(): string {
  const { cli, rejected } = pulumiCli();
  if (cli) return join(cli.bin, "pulumi");
  const message = noUsablePulumiCli(pulumiCli());
  throw rejected.length > 0 ? new Error(message) : new PulumiError(message);
}

/** What to do about a lock: a killed run leaves one behind that only `pulumi cancel` takes away. */
function lockAdvice(said: string): string {
  const owner = /created by \S+@(\S+) \(pid (\d+)\)/.exec(said);
  if (!/currently locked|update is currently in progress/i.test(said)) return "";
  const isDead = owner?.[1] === hostname() && !isRunning(Number(owner[2]));
  return isDead
    ? `\nThe run that holds the lock (process ${owner[2]} on this machine) is not alive any more. Run \`pulumi cancel\`, then this command again.`
    : "\nIf that run is still alive, wait for it. If it was killed, run `pulumi cancel`, then this command again.";
}

/** File backends write a small file of attributes beside each state, and not in one go: a kill can leave it empty. */
function fileAdvice(said: string): string {
  return /failed to load checkpoint: EOF/.test(said)
    ? "\nA killed run left an empty file beside the state: <stack>.json.attrs in the folder .pulumi/stacks/<project> of the file backend. Delete that file (the state itself is whole), then run this command again."
    : "";
}

/** Pulumi names the variable that a login in a terminal would not need. */
function loginAdvice(said: string): string {
  return /PULUMI_ACCESS_TOKEN must be set for login/.test(said)
    ? "\nNobody is logged in to a backend here. Run `pulumi login` (`pulumi login --local` keeps states on this machine), or set PULUMI_BACKEND_URL."
    : "";
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
