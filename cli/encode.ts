import { Command } from "commander";
import pc from "picocolors";
import { plainJson, plainText } from "../report/plain-text";
import { attempted, type Outcome } from "./cards/action-attempt";
import { type CardOptions, findCard } from "./cards/card";
import { type Encoder, findEncoder } from "./cards/encoder";
import { secondsFlag } from "./cards/seconds";

interface EncodeOptions extends CardOptions {
  readonly encoder: string;
  readonly timeout: number;
  readonly json?: boolean;
}

/** Longer than an encoder waits for a card. */
const TIMEOUT_SECONDS = 120;

export function encodeCommand(): Command {
  return new Command("encode")
    .description("Write a declared credential to the card that somebody puts on an encoder")
    .argument("<resource>", "name or URN of the credential, access grant or stay")
    .requiredOption("-e, --encoder <name|id>", "the encoder; `pulumi-seam encoders` lists them")
    .option("-m, --method <id>", "access method, if the grant has several cards")
    .option("-s, --stack <name>", "stack with the resource (default: the selected one)")
    .option("--timeout <seconds>", "how long to wait for a card", secondsFlag, TIMEOUT_SECONDS)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExit code: 0 the card is written, 1 error, 2 nobody has put a card on the encoder, or Seam cannot say yet.",
    )
    .action(async (resource: string, options: EncodeOptions) => {
      process.exitCode = await encode(resource, options);
    });
}

async function encode(resource: string, options: EncodeOptions): Promise<number> {
  const card = await findCard(resource, options);
  const encoder = await findEncoder(card.seam, options.encoder, card.acsSystemIds);
  if (process.stderr.isTTY) console.error(plainText(`Put a card on ${encoder.name} (${encoder.system}) …`));
  const path = card.kind === "access_method" ? "/access_methods/encode" : "/acs/encoders/encode_credential";
  const body = { acs_encoder_id: encoder.acsEncoderId, [`${card.kind}_id`]: card.id };
  const action = `write ${card.what} onto a card`;
  const outcome = await attempted(card.seam, { path, body, action }, options.timeout * 1_000);
  if (options.json) {
    const { acsEncoderId } = encoder;
    console.log(plainJson({ resource, [`${card.kind}_id`]: card.id, acsEncoderId, ...outcome }, 2));
  } else {
    const sentence = plainText(sentenceOf(outcome, card.what, encoder, options.timeout));
    if (outcome.status === "success") console.log(sentence);
    else console.error(pc.red(sentence));
  }
  if (outcome.status === "success") return 0;
  return outcome.status === "pending" || outcome.type === NO_CARD ? 2 : 1;
}

const NO_CARD = "no_credential_on_encoder";

/** What to do about it, by Seam's types of errors; for others what Seam says has to do. */
const ADVICE: Readonly<Record<string, string>> = {
  [NO_CARD]: "Nobody has put a card on it in time. Run the command again, and put the card on it.",
  encoding_interrupted:
    "The card was taken away too soon. Run the command again, and leave the card until it is done.",
  action_attempt_expired: "It took too long. Run the command again.",
  incompatible_card_format: "Take a card of the format that the access system uses.",
  credential_deleted: "Run `pulumi up --refresh` to create it again, then this command.",
  credential_cannot_be_reissued:
    "It is on a card already. For another card, replace the resource (`pulumi up --replace <urn>`); that makes the first one invalid.",
};

function sentenceOf(outcome: Outcome, what: string, { name }: Encoder, timeout: number): string {
  if (outcome.status === "success")
    return `${what} is on the card. \`pulumi up --refresh\` takes that into the state.`;
  if (outcome.status === "pending" && outcome.problem) {
    return `It is not known whether ${what} is on a card: Seam ${outcome.problem} (action attempt ${outcome.actionAttemptId}). Look at the encoder before you run the command again.`;
  }
  if (outcome.status === "pending") {
    return `${name} has not answered for ${timeout} s, and may still wait for a card (action attempt ${outcome.actionAttemptId}).`;
  }
  const { type, message } = outcome;
  return `${what} is not on a card: ${name} says ${type} "${message}". ${ADVICE[type] ?? "Look at the encoder, and run the command again."}`;
}
