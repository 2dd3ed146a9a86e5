import { Command } from "commander";
import { plainJson } from "../report/plain-text";
import { diagnose } from "./doctor/diagnose";
import type { Problem } from "./doctor/diagnosis";
import { screenOf } from "./doctor/screen";

interface DoctorOptions {
  readonly stack?: string | false;
  readonly json?: boolean;
}

export function doctorCommand(): Command {
  return new Command("doctor")
    .description(
      "Show which account is used, where each setting comes from, the state of the access systems, and what is wrong",
    )
    .option("-s, --stack <name>", "stack whose settings are checked (default: the selected one)")
    .option("--no-stack", "check only the settings of the environment")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nNothing is changed, and no secret is shown. Exit code: 0 fine, 1 an error or a check could not be made, 2 something needs attention.",
    )
    .action(async ({ stack, json }: DoctorOptions) => {
      const diagnosis = await diagnose(stack);
      process.stdout.write(json ? `${plainJson(diagnosis, 2)}\n` : screenOf(diagnosis));
      process.exitCode = exitCodeOf(diagnosis.problems);
    });
}

function exitCodeOf(problems: readonly Problem[]): number {
  if (problems.some(({ severity }) => severity === "error")) return 1;
  return problems.length > 0 ? 2 : 0;
}
