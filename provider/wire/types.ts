import { z } from "zod";
import { beginning } from "../values/show";

/**
 * The kinds of fields that Seam's objects are read by. Only what the provider uses is read; other fields, and new
 * enum values, may be there.
 */

/** An object's own id. Longer ones than Seam's are somebody else's answer. */
export const objectId = z.string().min(1).max(100);

/** A value that decides over drift or existence: it must be readable. */
export const decisive = z.string().max(1_000).nullish();
export const decisiveFlag = z.boolean().nullish();

/** A value that is shown if it can be read, and left out if not. */
export const shown = z.string().nullish().catch(undefined);
export const shownFlag = z.boolean().nullish().catch(undefined);
export const shownObject = z.record(z.string(), z.unknown()).nullish().catch(undefined);
export const shownIds = z.array(z.string()).nullish().catch(undefined);

const MAX_MESSAGE_CHARACTERS = 1_000;

/** An object's list of errors or warnings; a list, whatever came. */
const report = <Code extends string>(code: Code) =>
  z
    .array(
      z.looseObject({
        [code]: z.string().catch("unknown"),
        message: z
          .string()
          .catch("")
          .transform((text) => beginning(text, MAX_MESSAGE_CHARACTERS)),
        created_at: shown,
      }),
    )
    .nullish()
    .catch(undefined)
    .transform((list) => list ?? []);

/** What every object of Seam's has besides its own fields. */
export const reported = {
  created_at: shown,
  display_name: shown,
  errors: report("error_code"),
  warnings: report("warning_code"),
  workspace_id: shown,
};

/** The fields of `reported`, as they are once read. */
export interface Reported {
  readonly created_at?: string | null | undefined;
  readonly errors: readonly Record<string, unknown>[];
  readonly warnings: readonly Record<string, unknown>[];
}
