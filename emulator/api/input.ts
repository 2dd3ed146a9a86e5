import { z } from "zod";
import { invalidInput, type SeamError, type ValidationErrors } from "../world/errors";

// The same words for the same kinds of parameters on every route. Zod's own uuid() refuses version 0,
// which Seam's sample data sometimes has.
export const id = () => z.guid();
export const ids = () => z.array(id());
export const instant = () => z.iso.datetime({ offset: true });
export const text = () => z.string().min(1);
export const digits = () => z.string().regex(/^\d+$/);
export const email = () => z.email();

/** Parameters of every paginated list. */
export const page = (limit = 500) => ({
  limit: z.number().int().min(0).default(limit),
  page_cursor: z.string().nullish(),
});

/** The parameters, checked; an error in Seam's words when they do not fit. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input, { error: seamWords });
  if (result.success) return result.data;
  throw inputError(result.error.issues);
}

// Seam's API is built with Zod 3: its messages, not those of Zod 4.
function seamWords(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_type")
    return issue.input === undefined
      ? "Required"
      : `Expected ${issue.expected}, received ${kindName(issue.input)}`;
  if (issue.code === "invalid_value")
    return `Invalid enum value. Expected ${issue.values.map((value) => `'${String(value)}'`).join(" | ")}`;
  if (issue.code === "invalid_format") {
    if (issue.format === "guid") return "Invalid uuid";
    if (issue.format === "email") return "Invalid email";
    return issue.format === "datetime" ? "Invalid datetime" : "Invalid";
  }
  if (issue.code === "too_small") return `Must contain at least ${issue.minimum} element(s)`;
  return issue.message ?? "Invalid input";
}

function kindName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function inputError(issues: z.core.$ZodIssue[]): SeamError {
  const sentences = issues.map((issue) => {
    const path = issue.path.join(".");
    if (path === "") return issue.message;
    return issue.message === "Required" ? `${path} is required` : `${issue.message} for "${path}"`;
  });
  const message =
    sentences.length === 1 ? sentences[0] : `${sentences.length} Input Errors: ${sentences.join(", ")}`;
  const nested: ValidationErrors = { _errors: [] };
  for (const issue of issues) {
    let node = nested;
    for (const step of issue.path.map(String)) {
      node[step] ??= { _errors: [] };
      node = node[step] as ValidationErrors;
    }
    node._errors.push(issue.message);
  }
  return invalidInput(message ?? "Invalid input", nested);
}
