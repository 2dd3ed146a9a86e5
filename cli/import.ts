import { resolve } from "node:path";
import { Command } from "commander";
import pc from "picocolors";
import { Accounts } from "./accounts";
import { type ImportedCredential, type LeftOut, toResource } from "./import/credential";
import { importFile, programText } from "./import/files";
import { namesOf } from "./import/names";
import { readWorkspace, type Selection } from "./import/workspace";
import { writeNewFile } from "./new-file";
import { PulumiError } from "./pulumi";
import { exportStack, idsOfOtherStacks, type StateResource, stackConfig } from "./stack-state";

interface ImportOptions extends Selection {
  readonly out: string;
  readonly code?: string;
  readonly stack?: string | false;
  readonly force?: boolean;
  readonly ignoreUnreadable?: boolean;
  readonly json?: boolean;
}

export function importCommand(): Command {
  return new Command("import")
    .description("Write what `pulumi import` needs to take over credentials that exist in Seam")
    .requiredOption(
      "--out <file>",
      "file to write for `pulumi import --file`; it holds PINs, delete it afterwards",
    )
    .option("--code <file>", "TypeScript file to write that declares the same credentials, without PINs")
    .option("--system <id|name>", "only credentials of this access system")
    .option("--entrance <id|name>", "only credentials that open this entrance")
    .option("--user <id|name|e-mail>", "only credentials of this access-system user")
    .option(
      "-s, --stack <name>",
      "stack whose settings are used and whose credentials are left out (default: the selected one)",
    )
    .option("--no-stack", "use the account of the environment, as if no stack owned anything")
    .option("--ignore-unreadable", "go on although some stack could not be read")
    .option("--force", "replace files that are there")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nNothing is changed in Seam or in the stack. Exit code: 0 fine, 1 error, 2 some credentials cannot be declared.",
    )
    .action(async (options: ImportOptions) => {
      process.exitCode = await run(options);
    });
}

async function run(options: ImportOptions): Promise<number> {
  refuseUnclear(options);
  const { config, resources, owned } = await selectedStack(options);
  const seam = await new Accounts(config, resources).clientOf(undefined);
  const { credentials, entranceNames } = await readWorkspace(seam, options);
  const now = new Date();
  const judged = credentials.map((live) => {
    const id = String(live.wire["acs_credential_id"]);
    const owner = owned.get(id);
    return owner === undefined
      ? toResource(live, now)
      : { id, reason: `${owner} has it already`, isProblem: false };
  });
  const imported = judged
    .filter((one): one is ImportedCredential => "inputs" in one)
    .sort((a, b) => `${a.label} ${a.id}`.localeCompare(`${b.label} ${b.id}`, "en"));
  const leftOut = judged.filter((one): one is LeftOut => "reason" in one);
  const names = namesOf(imported);
  if (imported.length > 0) {
    const { force = false } = options;
    // First the one that may be in the way of something: then nothing with PINs is left behind.
    if (options.code)
      await writeNewFile(options.code, programText(imported, names, entranceNames), { force });
    await writeNewFile(options.out, importFile(imported, names), { isSecret: true, force });
  }
  print(options, imported.length, leftOut);
  return leftOut.some(({ isProblem }) => isProblem) ? 2 : 0;
}

/** An empty text, such as of a variable that is not set, would select everything; one file cannot be both. */
function refuseUnclear(options: ImportOptions): void {
  const empty = (["system", "entrance", "user", "code", "out"] as const).filter(
    (name) => options[name] === "",
  );
  if (options.code !== undefined && resolve(options.code) === resolve(options.out)) {
    throw new Error("--code and --out name the same file. The one is a program, the other holds PINs.");
  }
  if (empty.length === 0 && options.stack !== "") return;
  const flags = [...empty, ...(options.stack === "" ? ["stack"] : [])].map((name) => `--${name}`).join(", ");
  throw new Error(`${flags}: the value is empty. Is a variable not set?`);
}

interface Selected {
  readonly config: ReadonlyMap<string, string>;
  readonly resources: readonly StateResource[];
  /** Who owns what, by id. */
  readonly owned: ReadonlyMap<string, string>;
}

/** The settings of the stack, and what it and the other stacks of the backend own. */
async function selectedStack({ stack, ignoreUnreadable }: ImportOptions): Promise<Selected> {
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
    for (const { id } of resources) if (id) owned.set(id, "the stack");
    return { config: await stackConfig(stack), resources, owned };
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    throw new PulumiError(
      `${error.message}\nTo import without a stack, with the account of the environment and as if nothing were owned, add --no-stack.`,
    );
  }
}

function print(options: ImportOptions, imported: number, leftOut: readonly LeftOut[]): void {
  if (options.json) {
    const { out, code } = options;
    const files = imported > 0 ? { out, ...(code && { code }) } : {};
    console.log(JSON.stringify({ imported, ...files, leftOut }, null, 2));
    return;
  }
  for (const { id, reason, isProblem } of leftOut) {
    console.log(`${isProblem ? pc.yellow("not declarable") : "left out"} ${id}: ${reason}`);
  }
  if (imported === 0) {
    console.log("Nothing is left to import, and no file was written.");
    return;
  }
  console.log(
    `${imported} credentials are in ${options.out}${options.code ? ` and declared in ${options.code}` : ""}.`,
  );
  console.log(
    `Next: \`pulumi import --file ${options.out} --generate-code=false --protect=false --yes\`, delete ${options.out} (it holds PINs), then \`pulumi up\`.`,
  );
}
