import { SeamError } from "../provider/http/errors";
import type { SeamSettings } from "../provider/http/settings";
import { RefusedError } from "../provider/lifecycle/errors";
import type { Properties } from "../provider/values/record";
import { hasUnknown } from "../provider/values/unknown";
import type { Answers, LookUp } from "../sdk/lookups/answer";
import { notKnownYet } from "./preview";
import { unknownToken } from "./resources";
import { functionOutputNames } from "./schema";

const PREFIX = "seam:index:";

/** What a look-up has found. */
export interface Found {
  readonly result: Properties;
  /** Why it has found nothing: sentences. */
  readonly failures: readonly string[];
}

/**
 * Answers the functions of the package, which are the look-ups that Node programs call.
 * @param answers what this run has asked so far
 */
export async function invoke(
  token: string,
  args: Properties,
  settings: SeamSettings,
  answers: Answers,
): Promise<Found> {
  // They load Pulumi's SDK, which nothing else here needs.
  const { answer } = require("../sdk/lookups/answer") as typeof import("../sdk/lookups/answer");
  const { EVERY_LOOK_UP } = require("../sdk/lookups/every") as typeof import("../sdk/lookups/every");
  const lookUps: readonly LookUp<never, unknown>[] = EVERY_LOOK_UP;
  const lookUp = lookUps.find(({ name }) => PREFIX + name === token);
  if (!lookUp)
    throw unknownToken(
      "function",
      token,
      lookUps.map(({ name }) => PREFIX + name),
    );
  // Where an argument is not known yet, in a preview, nor is the answer.
  if (hasUnknown(args)) return { result: notKnownYet(functionOutputNames(token)), failures: [] };
  // What is null counts as left out, as it does for resources.
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
  try {
    const found = await answer(lookUp, given as never, settings, answers);
    const result = lookUp.listProperty === undefined ? found : { [lookUp.listProperty]: found };
    return { result: result as Properties, failures: [] };
  } catch (error) {
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    return { result: {}, failures: [error.message] };
  }
}

/** Nothing there, or Seam does not tell: the sentence says it all. */
function isExpected(error: Error): boolean {
  return error instanceof SeamError || error instanceof RefusedError || error.name === "LookUpError";
}
