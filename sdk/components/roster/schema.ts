import { z } from "zod";
import { email, id, instant, oneOf, phone, WRITE_A_ZONE } from "../../../provider/inputs/types";
import { show } from "../../../provider/values/show";
import { type Edge, isLocal, timeZoneProblem, toInstant } from "../zoned-time";

/** What stands at the top of a roster. */
export const rosterSchema = z.object({
  timeZone: z
    .string({
      error: ({ input }) => `${show(input)} is not a text. Give a time zone such as "Europe/Berlin".`,
    })
    .superRefine((timeZone, context) => {
      const message = timeZoneProblem(timeZone);
      if (message) context.addIssue({ code: "custom", message });
    })
    .optional(),
  method: method(),
  groups: z
    .record(z.string(), z.unknown(), {
      error: ({ input }) =>
        `${show(input)} is not a list of groups. Write each as its name with what it may open.`,
    })
    .optional(),
  people: z.array(z.unknown(), {
    error: ({ input }) =>
      input === undefined
        ? "is missing. Give the list of people, [] for nobody."
        : `${show(input)} is not a list. Give a list of people.`,
  }),
});

/** @param timeZone the zone of times that name none */
export function groupSchema(timeZone: string | undefined) {
  return z.object({
    accessGroups: names("access group").optional(),
    doors: names("entrance").optional(),
    ...access(timeZone),
  });
}

/** @param timeZone the zone of times that name none */
export function personSchema(timeZone: string | undefined) {
  return z.object({
    key: text("person's key, such as a staff number").regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
      error: ({ input }) =>
        `${show(input)} cannot be a part of a resource name. Use letters, digits, dots, hyphens and underscores.`,
    }),
    name: oneLine("person's full name")
      // As #N/A, in German #NV; #REF!; #NAME?: nothing else in a line would be refused for it.
      .regex(/^(?!#(?:N\/A|NV|[\p{L}\d/]+[!?])$)/u, {
        error: ({ input }) => `${show(input)} is an error of a spreadsheet. Correct the cell there.`,
      }),
    email: email().optional(),
    phone: phone().optional(),
    groups: z.array(text("name of the group"), notAList).optional(),
    doors: names("entrance").optional(),
    ...access(timeZone),
    suspended: yesOrNo().optional(),
    acsUserId: id("person's user in the access system").optional(),
  });
}

export type Group = Partial<z.output<ReturnType<typeof groupSchema>>>;
export type Person = Partial<z.output<ReturnType<typeof personSchema>>>;

function access(timeZone: string | undefined) {
  return {
    method: method(),
    startsAt: time("begin", timeZone).optional(),
    endsAt: time("end", timeZone).optional(),
  };
}

function method() {
  return oneOf("access method", ["code", "card", "mobile_key", "cloud_key"]).optional();
}

function text(what: string) {
  return z
    .string({
      error: ({ input }) =>
        input === undefined
          ? `is missing. Give the ${what}.`
          : `${show(input)} is not a text. Give the ${what}.`,
    })
    .trim()
    .min(1, { error: `is empty. Give the ${what}.` });
}

/** Of a quote that is closed lines later a spreadsheet's reader makes one long cell: people would vanish in it. */
function oneLine(what: string) {
  return text(what).regex(/^\P{Cc}*$/u, {
    error: ({ input }) =>
      `${show(input)} holds a line break or a control character. Is a quote missing or too many?`,
  });
}

function names(what: string) {
  return z.array(oneLine(`name of the ${what}`), notAList);
}

const notAList = {
  error: ({ input }: { readonly input?: unknown }) =>
    `${show(input)} is not a list. Give a list of names, even of one.`,
};

const WORDS: ReadonlyMap<unknown, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["false", false],
  ["no", false],
]);

/** A boolean, which a file can only write as a word. */
function yesOrNo() {
  const told = (written: unknown) =>
    typeof written === "string" ? (WORDS.get(written.toLowerCase()) ?? written) : written;
  return z.preprocess(
    told,
    z.boolean({
      error: ({ input }) => `${show(input)} is neither true nor false. Write true or false (or yes or no).`,
    }),
  );
}

/** A moment, normalised to UTC with milliseconds. */
function time(edge: Edge, timeZone: string | undefined) {
  const zoned = (written: unknown) =>
    timeZone !== undefined && typeof written === "string" ? toInstant(written, timeZone, edge) : written;
  return z.preprocess(
    zoned,
    instant((written) => timeAdvice(written, timeZone)),
  );
}

function timeAdvice(written: unknown, timeZone: string | undefined): string {
  if (timeZone !== undefined) {
    return 'is neither a date nor an ISO 8601 date and time. Write for example "2030-06-01", "2030-06-01T15:00" or "2030-06-01T15:00:00Z".';
  }
  const orZone =
    typeof written === "string" && isLocal(written)
      ? ' Or give the roster a timeZone, such as "Europe/Berlin".'
      : "";
  return WRITE_A_ZONE + orZone;
}
