import { Command } from "commander";
import { plainJson } from "../report/plain-text";
import { tableOf } from "../report/render/table";
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
    .option("-s, --stack <name>", "stack whose Seam account is used (default: the selected one)")
    .option("--json", "print one JSON object")
    .action(async ({ stack, json }: EncodersOptions) => {
      const { deployment } = await exportStack(stack);
      const accounts = new Accounts(await stackConfig(stack), deployment.resources ?? []);
      const encoders = await encodersOf(await accounts.clientOf(undefined));
      process.stdout.write(json ? `${plainJson({ encoders }, 2)}\n` : table(encoders));
    });
}

function table(encoders: readonly Encoder[]): string {
  if (encoders.length === 0) return "The workspace has no encoders.\n";
  return tableOf(
    ["ENCODER", "SYSTEM", "ID", "STATUS"],
    encoders.map(({ acsEncoderId, name, system, errors }) => [
      name,
      system,
      acsEncoderId,
      errors.join(", ") || "ready",
    ]),
  );
}
