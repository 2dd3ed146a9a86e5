import { Command } from "commander";
import { plainJson, plainText } from "../report/plain-text";
import { Accounts } from "./accounts";
import { type Encoder, encodersOf } from "./cards/encoder";
import { exportStack, stackConfig } from "./stack-state";

interface EncodersOptions {
  readonly stack?: string;
  readonly json?: boolean;
}

export function encodersCommand(): Command {
  return new Command("encoders")
    .description("List the devices that write cards")
    .option("-s, --stack <name>", "stack whose Seam account is asked (default: the selected one)")
    .option("--json", "print one JSON object")
    .action(async ({ stack, json }: EncodersOptions) => {
      const { deployment } = await exportStack(stack);
      const accounts = new Accounts(await stackConfig(stack), deployment.resources ?? []);
      const encoders = await encodersOf(await accounts.clientOf(undefined));
      console.log(json ? plainJson({ encoders }, 2) : table(encoders));
    });
}

function table(encoders: readonly Encoder[]): string {
  if (encoders.length === 0) return "The workspace has no encoders.";
  const rows = encoders.map(({ acsEncoderId, name, system, errors }) =>
    [name, system, acsEncoderId, errors.join(", ") || "ready"].map(plainText),
  );
  const all = [["encoder", "access system", "id", "status"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).join("\n");
}
