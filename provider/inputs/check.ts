import { z } from "zod";
import { FAILED } from "../values/failed";
import { nearNames } from "../values/near-names";
import { isRecord, type Properties } from "../values/record";
import { hasUnknown, UNKNOWN } from "../values/unknown";
import { type Checked, type Problem, problem } from "./problem";

/** What a resource's own rules see: values that are known and valid on their own, and which names were declared. */
export interface Declaration<T> {
  readonly known: Partial<T>;
  /** True when the program gives the property, even if its value is not known yet. */
  has(property: keyof T & string): boolean;
}

/**
 * Judges the inputs of one resource: every property by `schema`, then what several properties must fulfil
 * together by `rules`. All problems are reported at once. Values not known yet (in a preview) are never a
 * problem, and what is null counts as left out.
 */
export function checkInputs<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  news: Properties,
  rules: (declaration: Declaration<z.output<z.ZodObject<Shape>>>) => readonly Problem[],
): Checked {
  const given = Object.fromEntries(
    Object.entries(news).filter(
      ([name, value]) => value !== null && value !== undefined && name !== "__provider",
    ),
  );
  const problems: Problem[] = [];
  const inputs: Properties = {};
  for (const [property, value] of Object.entries(given)) {
    // What every object has, such as `constructor`, is no property of these inputs.
    const propertySchema = Object.hasOwn(schema.shape, property) ? schema.shape[property] : undefined;
    if (!propertySchema) {
      problems.push(unknownName(property, Object.keys(schema.shape)));
      continue;
    }
    const isJudged = value !== UNKNOWN && value !== FAILED;
    const parsed = isJudged ? z.safeParse(propertySchema, value) : undefined;
    const issues = parsed?.error?.issues.filter((issue) => isAboutKnown(issue, value)) ?? [];
    problems.push(...issues.flatMap((issue) => toProblems(propertySchema, property, issue)));
    if (issues.length === 0) inputs[property] = !isJudged || hasUnknown(value) ? value : parsed?.data;
  }
  for (const [property, propertySchema] of Object.entries(schema.shape)) {
    if (property in given) continue;
    const parsed = z.safeParse(propertySchema, undefined);
    if (!parsed.success) {
      problems.push(...parsed.error.issues.flatMap((issue) => toProblems(propertySchema, property, issue)));
    }
  }
  const known = Object.fromEntries(
    Object.entries(inputs).filter(([, value]) => value !== FAILED && !hasUnknown(value)),
  );
  const declaration = {
    known: known as Partial<z.output<z.ZodObject<Shape>>>,
    has: (property: string) => property in given,
  };
  return { inputs, problems: [...problems, ...rules(declaration)] };
}

/** Where a value, or a part of it, is not known yet, there is nothing to judge but the names of its keys. */
function isAboutKnown(issue: z.core.$ZodIssue, value: unknown): boolean {
  if (issue.code === "unrecognized_keys") return true;
  const at = issue.path.reduce<unknown>(
    (part, key) => (typeof part === "object" && part !== null ? part[key as keyof typeof part] : undefined),
    value,
  );
  return !hasUnknown(at);
}

function toProblems(schema: z.core.$ZodType, property: string, issue: z.core.$ZodIssue): Problem[] {
  const path = [property, ...issue.path].reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part),
    "",
  );
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownName(`${path}.${key}`, objectKeys(schema)));
  }
  return [problem(path, issue.message)];
}

function unknownName(path: string, names: readonly string[]): Problem {
  const near = nearNames(path.split(".").at(-1) ?? path, names);
  // The value is not shown: a PIN under a mistyped name is still a PIN.
  const advice =
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Remove it, or use one of ${names.join(", ")}.`;
  return problem(path, `there is no such property. ${advice}`);
}

function objectKeys(schema: z.core.$ZodType): string[] {
  const definition = schema._zod.def as Partial<Record<"innerType" | "element" | "in", z.core.$ZodType>> & {
    shape?: unknown;
  };
  const inner = definition.innerType ?? definition.element ?? definition.in;
  if (inner) return objectKeys(inner);
  return isRecord(definition.shape) ? Object.keys(definition.shape) : [];
}
