import { Command, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { UnauthorizedError } from "../provider/http/errors";
import { RefusedError } from "../provider/lifecycle/errors";
import { Run } from "../provider/lifecycle/run";
import { nameInUrn } from "../provider/values/urn";
import { plainJson, plainLines } from "../report/plain-text";
import { Accounts } from "./accounts";
import { lifecycleOf } from "./lifecycles";
import { settled } from "./recover/apply";
import { type Finding, undecided } from "./recover/findings";
import { judge } from "./recover/judge";
import { outputsOfInputs } from "./recover/saved";
import { exportStack, idsOfOtherStacks, importStack, revealed, stackConfig } from "./stack-state";

interface RecoverOptions {
  readonly stack?: string;
  readonly json?: boolean;
  readonly apply?: boolean;
  readonly deleteOrphans?: boolean;
  readonly keepOrphans?: boolean;
  readonly clearOthers?: boolean;
  readonly choose?: ReadonlyMap<string, string>;
  readonly key?: ReadonlyMap<string, string>;
  readonly wait: number;
}

/** Longer than Seam works on one request: what a killed run had sent is done, or never will be. */
const WAIT_SECONDS = 40;

export function recoverCommand(): Command {
  return new Command("recover")
    .description("Find out what a killed run created, changed or deleted, and correct the state")
    .option("-s, --stack <name>", "stack to look at (default: the selected one)")
    .option("--apply", "add what was found to the state, and clear the interrupted operations")
    .option("--delete-orphans", "with --apply: delete what was created but no longer belongs to a resource")
    .addOption(
      new Option("--keep-orphans", "with --apply: leave it in Seam, outside the stack").conflicts(
        "deleteOrphans",
      ),
    )
    .option(
      "--choose <name=id>",
      'with --apply: which object an interrupted create made, by the resource\'s name or URN; "none" for none; repeatable',
      addChoice,
    )
    .option(
      "--key <provider=variable>",
      "environment variable with the current API key of an explicit provider, by the provider's name; repeatable",
      addKey,
    )
    .option("--clear-others", "with --apply: clear interrupted operations of other packages too")
    .option(
      "--wait <seconds>",
      "how long requests may still arrive after a run was killed",
      seconds,
      WAIT_SECONDS,
    )
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nRun it in the project's folder. Without --apply nothing is changed. Exit code: 0 fine, 1 error, 2 something needs a decision.",
    )
    .action(async (options: RecoverOptions) => {
      process.exitCode = await recover(options).catch(refusedKey);
    });
}

async function recover(options: RecoverOptions): Promise<number> {
  const { stack } = options;
  const state = await exportStack(stack);
  const resources = state.deployment.resources ?? [];
  if (!state.deployment.pending_operations?.length) {
    print(options, [], false);
    return 0;
  }
  const accounts = new Accounts(await stackConfig(stack), resources, { keys: options.key ?? new Map() });
  const findings = await judge(state, {
    accounts,
    ownedElsewhere: async () => {
      const elsewhere = await idsOfOtherStacks(stack);
      if (elsewhere.unread.length > 0) {
        note(
          pc.yellow(
            `These stacks could not be read, so what they own is not known: ${elsewhere.unread.join(", ")}.`,
          ),
        );
      }
      return elsewhere;
    },
    choices: options.choose ?? new Map(),
    waitSeconds: options.wait,
    onWait: (left) =>
      note(`Requests of the killed run may still be under way: looking for up to ${left} s …`),
  });
  const orphans = options.deleteOrphans ? "delete" : options.keepOrphans ? "keep" : undefined;
  const open = undecided(findings, { orphans, clearOthers: options.clearOthers === true });
  if (!options.apply || open.length > 0) {
    print(options, findings, false);
    if (options.apply) note(pc.yellow(plainLines(refusal(open))));
    return 2;
  }
  const next = await settled(state, findings, accounts);
  const { manifest } = (await exportStack(stack)).deployment;
  if (manifest.time !== state.deployment.manifest.time) {
    throw new Error("The stack was changed by another run meanwhile. Nothing was applied. Run this again.");
  }
  await importStack(stack, next);
  if (orphans === "delete") await deleteOrphans(findings, accounts);
  print(options, findings, true);
  return 0;
}

/** What to do about a key is not the same here as in a run of Pulumi's. */
function refusedKey(error: unknown): never {
  const refused = error instanceof RefusedError ? error.cause : error;
  if (!(refused instanceof UnauthorizedError)) throw error;
  throw new Error(
    `Cannot ${refused.action}: POST ${refused.path} ${refused.reason}. This command uses the key of the stack's config (\`pulumi config set --secret seam:apiKey\`) or of the environment and, for explicit providers, the one of the last \`pulumi up\`: give theirs with --key <provider>=<variable>. Nothing was changed.`,
    { cause: error },
  );
}

async function deleteOrphans(findings: readonly Finding[], accounts: Accounts): Promise<void> {
  const failures: string[] = [];
  for (const finding of findings) {
    if (finding.verdict !== "orphan") continue;
    const { type, provider, inputs = {} } = finding.operation.resource;
    const lifecycle = lifecycleOf(type);
    if (!lifecycle) continue;
    try {
      const seam = await accounts.clientOf(provider);
      const { __provider, ...declared } = revealed(inputs) as Record<string, unknown>;
      const outputs = outputsOfInputs(lifecycle, declared);
      await lifecycle.remove(seam, finding.id, outputs, { run: new Run(), awaitGone: false });
    } catch (error) {
      failures.push(`${finding.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (failures.length === 0) return;
  throw new Error(
    `The state was put right, but these orphans could not be deleted. Delete them in Seam:\n${failures.join("\n")}`,
  );
}

/** Pulumi drops the records of all interrupted operations together, so all have to be decided before. */
function refusal(open: readonly Finding[]): string {
  const has = (verdict: Finding["verdict"]) => open.some((finding) => finding.verdict === verdict);
  const names = (verdict: Finding["verdict"]) =>
    open
      .filter((finding) => finding.verdict === verdict)
      .map(({ operation }) => nameInUrn(operation.resource.urn));
  return [
    "Nothing was applied, since this would lose the record of what is not decided yet:",
    ...(has("ambiguous")
      ? [
          `  say which object it is with ${names("ambiguous")
            .map((name) => `--choose ${name}=<id|none>`)
            .join(" ")}`,
        ]
      : []),
    ...(has("orphan") ? ["  add --delete-orphans, or --keep-orphans to leave them in Seam"] : []),
    ...(has("foreign")
      ? ["  settle the other packages' operations with `pulumi refresh`, or add --clear-others"]
      : []),
  ].join("\n");
}

const WHAT_IS_DONE: Record<Finding["verdict"], string> = {
  import: "into the state",
  replace: "into the state",
  orphan: "delete with --delete-orphans",
  clear: "clear",
  refresh: "refresh",
  drop: "out of the state",
  ambiguous: "decide with --choose",
  foreign: "not of pulumi-seam",
};

function print(options: RecoverOptions, findings: readonly Finding[], applied: boolean): void {
  if (options.json) {
    const shown = findings.map(({ operation, ...finding }) => ({
      urn: operation.resource.urn,
      name: nameInUrn(operation.resource.urn),
      operation: operation.type,
      ...finding,
    }));
    console.log(plainJson({ applied, findings: shown }, 2));
    return;
  }
  if (findings.length === 0) {
    console.log("No operation was interrupted.");
    return;
  }
  for (const { operation, verdict, explanation } of findings) {
    const title = `${operation.type} ${nameInUrn(operation.resource.urn)}`;
    console.log(`${pc.bold(title)}: ${plainLines(explanation)} ${pc.dim(`[${WHAT_IS_DONE[verdict]}]`)}`);
  }
  console.log(
    applied
      ? pc.green("The state is put right. `pulumi up` goes on from here.")
      : "Nothing was changed. Add --apply to put the state right.",
  );
}

/** Beside the output, so that `--json` stays readable for machines. */
function note(text: string): void {
  console.error(text);
}

function addChoice(text: string, choices: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const at = text.lastIndexOf("=");
  if (at <= 0 || at === text.length - 1) throw new InvalidArgumentError("write it as name=id or name=none");
  return new Map([...choices, [text.slice(0, at), text.slice(at + 1)]]);
}

function addKey(text: string, keys: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const [provider, variable, ...more] = text.split("=");
  if (!provider || !variable || more.length > 0) {
    throw new InvalidArgumentError(
      "write it as provider=VARIABLE, with the name of a variable that holds the key",
    );
  }
  return new Map([...keys, [provider, variable]]);
}

function seconds(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) throw new InvalidArgumentError("a number of seconds");
  return number;
}
