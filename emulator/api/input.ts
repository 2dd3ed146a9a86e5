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

/**
 * A query as parameters: repeated keys are lists, `true` and `false` booleans, `k=` null or an empty list,
 * as Seam's client writes them.
 */
export function fromQuery(query: URLSearchParams, kinds: ReadonlyMap<string, ParameterKind>): unknown {
  const input: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    if (name === "_strict") continue;
    input[name] = fromStrings(query.getAll(name), kinds.get(name) ?? "string");
  }
  return input;
}

export type ParameterKind = "string" | "nullable" | "number" | "boolean" | "list";

/** What each parameter of an object schema is, so that a query can be read. */
export function parameterKinds(schema: z.ZodType): Map<string, ParameterKind> {
  const kinds = new Map<string, ParameterKind>();
  if (schema instanceof z.ZodObject)
    for (const [name, parameter] of Object.entries(schema.shape)) kinds.set(name, kindOf(parameter));
  return kinds;
}

function kindOf(schema: unknown): ParameterKind {
  if (schema instanceof z.ZodNullable) {
    const inner = kindOf(schema.unwrap());
    return inner === "string" ? "nullable" : inner;
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return kindOf(schema.unwrap());
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "boolean";
  if (schema instanceof z.ZodArray) return "list";
  return "string";
}

function fromStrings(values: string[], kind: ParameterKind): unknown {
  const [value = ""] = values;
  if (kind === "list") return values.length === 1 && value === "" ? [] : values;
  if (values.length > 1) return values;
  if (kind === "number") return value === "" ? null : Number(value);
  if (kind === "boolean") return value === "true" ? true : value === "false" ? false : value;
  if (kind === "nullable") return value === "" ? null : value;
  return value;
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
