import { z } from "zod";
import { canonicalInstant } from "../values/instant";
import { isRecord } from "../values/record";
import { show } from "../values/show";

/**
 * The kinds of values that inputs are made of. Each normalises (equal means equal) and says in its message
 * what is wrong and what to write instead.
 */

/** An id of Seam's. `what` names the object, for example "entrance". */
export function id(what: string) {
  return z
    .guid({
      error: ({ input }) =>
        input === undefined
          ? `is missing. Give the id of the ${what}.`
          : `${show(input)} is not a UUID. Give the id of the ${what} as Seam shows it.`,
    })
    .toLowerCase();
}

/** A set of ids: order and repetition mean nothing. */
export function idSet(what: string) {
  return z
    .array(id(what), { error: ({ input }) => `${show(input)} is not a list. Give a list of ${what} ids.` })
    .transform((ids) => [...new Set(ids)].sort());
}

/**
 * A moment, ISO 8601 with a zone; normalised to UTC with milliseconds.
 * @param advice what is wrong with another text, and what to write
 */
export function instant(advice: (written: unknown) => string = () => WRITE_A_ZONE) {
  const [seconds, minutes] = [
    z.iso.datetime({ offset: true }),
    z.iso.datetime({ offset: true, precision: -1 }),
  ];
  return z
    .union([seconds, minutes], { error: ({ input }) => `${show(input)} ${advice(input)}` })
    .transform(canonicalInstant);
}

/** About a time that is none, or in no zone. */
export const WRITE_A_ZONE =
  'is not an ISO 8601 date and time with a zone. Write for example "2030-06-01T15:00:00Z" or "2030-06-01T17:00:00+02:00".';

/** A text that is not empty. `what` names it, for example "name". */
export function text(what: string) {
  return z
    .string({
      error: ({ input }) =>
        input === undefined
          ? `is missing. Give the ${what}.`
          : `${show(input)} is not a string. Give the ${what} as text.`,
    })
    .min(1, { error: `is empty. Give the ${what}, or leave the property out.` });
}

/** A list of texts in which order and repetition mean nothing. */
export function textSet(what: string) {
  return z
    .array(text(what), { error: ({ input }) => `${show(input)} is not a list. Give a list of ${what}s.` })
    .transform((texts) => [...new Set(texts)].sort());
}

/** An e-mail address, kept as it is written. */
export function email() {
  return z.email({
    error: ({ input }) => `${show(input)} is not an e-mail address. Write for example "ada@example.com".`,
  });
}

/** A phone number, normalised to E.164: only `+` and digits. */
export function phone() {
  return (
    z
      .string({
        error: ({ input }) => `${show(input)} is not a string. Write a phone number like "+15555550100".`,
      })
      // A line break within is none's number: an unclosed quote in a CSV file has taken in the next line.
      .transform((written) => written.trim().replace(/[^\S\r\n]|[().-]/g, ""))
      .pipe(
        z.string().regex(/^\+[1-9]\d{6,14}$/, {
          error: ({ input }) =>
            `${show(input)} is not a phone number with its country code. Write for example "+15555550100".`,
        }),
      )
  );
}

export function flag() {
  return z.boolean({
    error: ({ input }) => `${show(input)} is neither true nor false. Write true or false.`,
  });
}

export function oneOf<const Values extends readonly [string, ...string[]]>(what: string, values: Values) {
  const choices = values.map((value) => `"${value}"`).join(", ");
  return z.enum(values, {
    error: ({ input }) =>
      input === undefined
        ? `is missing. Give the ${what}: one of ${choices}.`
        : `${show(input)} is not a known ${what}. Use one of ${choices}.`,
  });
}

/** Whether, and for how long, an `up` waits for the lock system; see {@link secondsOf}. */
export function waiting() {
  return z.union([z.boolean(), z.strictObject({ timeoutSeconds: z.number().positive().max(3600) })], {
    error: () =>
      "is neither a boolean nor { timeoutSeconds } of 1 to 3600. Write true, false or { timeoutSeconds: 120 }.",
  });
}

const DEFAULT_SECONDS = 300;

/** How long a value of {@link waiting} means. */
export function secondsOf(value: unknown): number {
  if (isRecord(value)) return Number(value["timeoutSeconds"]);
  return value === true ? DEFAULT_SECONDS : 0;
}

/** A PIN. Its value is never part of a message. */
export function pin() {
  return z
    .string({
      error:
        "is not a string. Write the PIN in quotation marks, with digits only: a number would lose leading zeros.",
    })
    .regex(/^\d+$/, { error: "holds something else than digits. Write the PIN as a string of digits only." });
}

/** An object with no other keys than these. Its value is shown in messages: nothing secret may be in it. */
export function group<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? undefined
        : `${show(issue.input)} is not an object. Write { ${Object.keys(shape).join(", ")} } with the keys you need.`,
  });
}
