import { resolve } from "node:path";
import { Command } from "commander";
import { readerOf } from "../report/reading/reader";
import { Accounts } from "./accounts";
import { importFile } from "./import/files";
import { type Owned, readAndJudge } from "./import/judge";
import { ALL_KINDS, kindsIn } from "./import/kinds";
import { namesOf } from "./import/names";
import { programFiles } from "./import/program";
import { type Found, report } from "./import/report";
import { isImported, type Judged, type LeftOut } from "./import/resource";
import { type Selection, titlesOf } from "./import/selection";
import { refuseTaken, writeFiles } from "./import/write";
import { assertWritable } from "./new-file";
import { progressLine } from "./progress";
import { PulumiError } from "./pulumi";
import { exportStack, idsHeldBy, idsOfOtherStacks, type StateResource, stackConfig } from "./stack-state";

interface ImportOptions extends Omit<Selection, "kinds"> {
  readonly out: string;
  readonly code?: string;
  readonly only?: string;
  readonly manage?: boolean;
  readonly stack?: string | false;
  readonly force?: boolean;
  readonly ignoreUnreadable?: boolean;
  readonly json?: boolean;
}

export function importCommand(): Command {
  return new Command("import")
    .description("Write the files that import existing objects from Seam into a stack")
    .requiredOption(
      "--out <file>",
      "file to write for `pulumi import --file`; it holds PINs, delete it afterwards",
    )
    .option("--code <file>", "TypeScript file to write that declares the same resources, without PINs")
    .option("--only <kinds>", `of ${ALL_KINDS.join(", ")}, with commas between them (default: all)`)
    .option("--system <id|name>", "only what is in this access system")
    .option("--entrance <id|name>", "only what opens this entrance, and the people it belongs to")
    .option("--user <id|name|e-mail>", "only this ACS user, and everything that belongs to it")
    .option("--manage", "convert unmanaged objects to managed ones first, which changes them in Seam")
    .option(
      "-s, --stack <name>",
      "stack whose settings are used and whose resources are skipped (default: the selected one)",
    )
    .option("--no-stack", "use the account of the environment, as if no stack owned anything")
    .option("--ignore-unreadable", "continue if a stack cannot be read")
    .option("--force", "replace existing files")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nNothing is changed in the stack, and nothing in Seam without --manage. Exit code: 0 fine, 1 error or something could not be read, 2 something cannot be declared or needs attention.",
    )
    .action(async (options: ImportOptions) => {
      process.exitCode = await run(options);
    });
}

async function run(options: ImportOptions): Promise<number> {
  refuseUnclear(options);
  const { only, out, code, force = false } = options;
  // Before anything is read, or changed in Seam. What is there already is in the way only if there is something to write.
  await assertWritable([out], { force: true });
  if (options.manage && !force) refuseTaken(code === undefined ? [out] : [code, out]);
  const selection = { ...options, ...(only !== undefined && { kinds: kindsIn(only) }) };
  const stack = await selectedStack(options);
  const seam = await new Accounts(stack.config, stack.resources).clientOf(undefined);
  const progress = progressLine();
  const reader = readerOf(seam, { onProgress: progress.show });
  const plan = { selection, owned: stack.owned, manages: options.manage ?? false, now: new Date() };
  const { judged, selected } = await readAndJudge(seam, reader, plan).finally(progress.end);
  const found = { ...sorted(judged), unread: reader.unread() };
  const { imported, leftOut } = found;
  if (imported.length > 0) {
    const names = namesOf(imported);
    const { places } = selected;
    const program = programFiles({ resources: imported, names, places, titles: titlesOf(selected) });
    await writeFiles({ out, importFile: importFile(imported, names), code, program, force });
  }
  report(options, found);
  if (found.unread.length > 0) return 1;
  const isToLookAt = leftOut.some(({ isProblem }) => isProblem) || imported.some(({ note }) => note);
  return isToLookAt ? 2 : 0;
}

const { compare } = new Intl.Collator("en");

function sorted(judged: readonly Judged[]): Pick<Found, "imported" | "leftOut"> {
  return {
    imported: judged.filter(isImported).sort((a, b) => compare(a.label, b.label) || compare(a.id, b.id)),
    leftOut: judged.filter((one): one is LeftOut => !isImported(one)),
  };
}

/** An empty text, such as of a variable that is not set, would select everything; one file cannot be both. */
function refuseUnclear(options: ImportOptions): void {
  const empty = (["system", "entrance", "user", "only", "code", "out"] as const).filter(
    (name) => options[name] === "",
  );
  if (options.code !== undefined && resolve(options.code) === resolve(options.out)) {
    throw new Error("--code and --out name the same file. The one is a program, the other holds PINs.");
  }
  if (empty.length === 0) return;
  const flags = empty.map((name) => `--${name}`).join(", ");
  throw new Error(`${flags}: the value is empty. Is a variable not set?`);
}

interface SelectedStack {
  readonly config: ReadonlyMap<string, string>;
  readonly resources: readonly StateResource[];
  /** Who owns what, by id. */
  readonly owned: Owned;
}

/** The settings of the stack, and what it and the other stacks of the backend own. */
async function selectedStack({ stack, ignoreUnreadable }: ImportOptions): Promise<SelectedStack> {
  // Asked for with --no-stack: then the environment alone says which account it is.
  if (stack === false) return { config: new Map(), resources: [], owned: new Map() };
  try {
    const { deployment } = await exportStack(stack);
    const { resources = [] } = deployment;
    const { ids, unread } = await idsOfOtherStacks(stack);
    if (unread.length > 0 && !ignoreUnreadable) {
      throw new Error(
        `These stacks could not be read, so what they own would be imported too: ${unread.join(", ")}. Make them readable, or leave them out with --ignore-unreadable.`,
      );
    }
    const owned = new Map<string, string>([...ids].map((id) => [id, "another stack"]));
    for (const id of idsHeldBy(resources)) owned.set(id, "the stack");
    return { config: await stackConfig(stack), resources, owned };
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    throw new PulumiError(
      `${error.message}\nTo import without a stack, with the account of the environment and as if nothing were owned, add --no-stack.`,
    );
  }
}
