import { z } from "zod";

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

/** Parameters as a query, as Seam's client writes them. */
export function toQuery(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    const values = Array.isArray(value) && value.length > 0 ? value : [value];
    for (const item of values) query.append(name, item === null || Array.isArray(item) ? "" : String(item));
  }
  query.sort();
  return query.toString();
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
