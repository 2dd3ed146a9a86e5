import { chmod, writeFile } from "node:fs/promises";
import { Command } from "commander";
import pc from "picocolors";
import { Accounts } from "./accounts";
import { type ImportedCredential, type LeftOut, toResource } from "./import/credential";
import { importFile, programText } from "./import/files";
import { namesOf } from "./import/names";
import { readWorkspace, type Selection } from "./import/workspace";
import { PulumiError } from "./pulumi";
import { idsOfStack, stackConfig } from "./stack-state";

interface ImportOptions extends Selection {
  readonly out: string;
  readonly code?: string;
  readonly stack?: string;
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
  const { config, owned } = await selectedStack(options.stack);
  const seam = new Accounts(config, []).clientOf(undefined);
  const { credentials, entranceNames } = await readWorkspace(seam, options);
  const now = new Date();
  const judged = credentials.map((live) => {
    const id = String(live.wire["acs_credential_id"]);
    return owned.has(id)
      ? { id, reason: "the stack has it already", isProblem: false }
      : toResource(live, now);
  });
  const imported = judged
    .filter((one): one is ImportedCredential => "inputs" in one)
    .sort((a, b) => `${a.label} ${a.id}`.localeCompare(`${b.label} ${b.id}`, "en"));
  const leftOut = judged.filter((one): one is LeftOut => "reason" in one);
  const names = namesOf(imported);
  await writeFile(options.out, importFile(imported, names), { mode: 0o600 });
  await chmod(options.out, 0o600);
  if (options.code) await writeFile(options.code, programText(imported, names, entranceNames));
  print(options, imported.length, leftOut);
  return leftOut.some(({ isProblem }) => isProblem) ? 2 : 0;
}

/** The settings and credentials of the stack; without one, only the environment says which account it is. */
async function selectedStack(
  stack: string | undefined,
): Promise<{ config: ReadonlyMap<string, string>; owned: ReadonlySet<string> }> {
  try {
    return { config: await stackConfig(stack), owned: await idsOfStack(stack) };
  } catch (error) {
    if (stack !== undefined || !(error instanceof PulumiError)) throw error;
    return { config: new Map(), owned: new Set() };
  }
}

function print(options: ImportOptions, imported: number, leftOut: readonly LeftOut[]): void {
  if (options.json) {
    const { out, code } = options;
    console.log(JSON.stringify({ imported, out, ...(code && { code }), leftOut }, null, 2));
    return;
  }
  for (const { id, reason, isProblem } of leftOut) {
    console.log(`${isProblem ? pc.yellow("not declarable") : "left out"} ${id}: ${reason}`);
  }
  console.log(
    `${imported} credentials are in ${options.out}${options.code ? ` and declared in ${options.code}` : ""}.`,
  );
  if (imported === 0) return;
  console.log(
    `Next: \`pulumi import --file ${options.out} --generate-code=false --protect=false --yes\`, delete ${options.out} (it holds PINs), then \`pulumi up\`.`,
  );
}
