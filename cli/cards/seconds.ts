import { InvalidArgumentError } from "commander";

/** A number of seconds from the command line. */
export function secondsFlag(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 3_600))
    throw new InvalidArgumentError("Give a number of seconds up to 3600.");
  return number;
}
