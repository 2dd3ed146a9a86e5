import { Command } from "commander";
import pc from "picocolors";
import { plainJson, plainText } from "../report/plain-text";
import { attempted } from "./cards/action-attempt";
import { type CardOptions, findCard } from "./cards/card";
import { secondsFlag } from "./cards/seconds";

interface AssignOptions extends CardOptions {
  readonly timeout: number;
  readonly json?: boolean;
}

const TIMEOUT_SECONDS = 60;

export function assignCommand(): Command {
  return new Command("assign")
    .description("Assign an existing card to an access grant, on access systems that do not write cards")
    .argument("<resource>", "name or URN of the access grant or stay")
    .option("-m, --method <id>", "access method, if the grant has several cards")
    .option("-s, --stack <name>", "stack with the resource (default: the selected one)")
    .option("--timeout <seconds>", "how long to wait for the access system", secondsFlag, TIMEOUT_SECONDS)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nPass the card's number on standard input, so that it does not end up in your shell history. Exit code: 0 the card is assigned, 1 error, 2 Seam cannot say yet.",
    )
    .action(async (resource: string, options: AssignOptions) => {
      process.exitCode = await assign(resource, options);
    });
}

async function assign(resource: string, options: AssignOptions): Promise<number> {
  const card = await findCard(resource, options);
  if (card.kind !== "access_method") {
    throw new Error(
      `${card.what} is no access grant: only the card of a grant can be assigned. See \`pulumi-seam encode\`.`,
    );
  }
  const card_number = await cardNumber();
  const body = { access_method_id: card.id, card_number };
  const request = { path: "/access_methods/assign_card", body, action: `assign a card to ${card.what}` };
  const outcome = await attempted(card.seam, request, options.timeout * 1_000);
  if (options.json) console.log(plainJson({ resource, access_method_id: card.id, ...outcome }, 2));
  else if (outcome.status === "success") {
    console.log(plainText(`${card.what} has the card. \`pulumi up --refresh\` takes that into the state.`));
  } else if (outcome.status === "pending") {
    const { actionAttemptId: attempt, problem } = outcome;
    const reason = problem
      ? `It is not known whether ${card.what} has the card: Seam ${problem}`
      : `The access system has not answered for ${options.timeout} s`;
    console.error(pc.red(plainText(`${reason} (action attempt ${attempt}).`)));
  } else {
    const { type, message } = outcome;
    console.error(pc.red(plainText(`${card.what} has no card: Seam says ${type} "${message}".`)));
  }
  return outcome.status === "success" ? 0 : outcome.status === "pending" ? 2 : 1;
}

/** @throws Error if there is none */
async function cardNumber(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Number of the card: ");
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  const number = text.split("\n")[0]?.trim();
  if (!number) throw new Error("No card number came on standard input. Nothing was sent.");
  return number;
}
