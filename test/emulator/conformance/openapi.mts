// Seam's own OpenAPI as a judge of requests and replies.
import { createRequire } from "node:module";
import { openapi } from "@seamapi/types/connect";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Schema = Record<string, unknown>;

interface Operation {
  requestBody?: { content: { "application/json": { schema: Schema } } };
  responses: { 200: { content: { "application/json": { schema: Schema } } } };
}

const document = openapi as unknown as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** What only the official client knows, which is newer; `newer-than-openapi.json`. */
interface Newer {
  routes: { route: string; parameters: Schema }[];
  fields: { schema: string; field: string; type: Schema }[];
  values: { schema: string; field: string; values: string[] }[];
  issues: { schema: string; list: "errors" | "warnings"; code: string; details: Schema }[];
}

const newer: Newer = createRequire(import.meta.url)("../newer-than-openapi.json");
for (const { route, parameters } of newer.routes) document.paths[route] = { post: operationOf(parameters) };
for (const { schema, field, type } of newer.fields) propertiesOf(schema)[field] = type;
for (const { schema, field, values } of newer.values) {
  const property = propertiesOf(schema)[field];
  if (property) property["enum"] = [...(property["enum"] as string[]), ...values];
}
for (const { schema, list, code, details } of newer.issues) {
  const items = propertiesOf(schema)[list]?.["items"] as { oneOf: Schema[] };
  const codeName = list === "errors" ? "error_code" : "warning_code";
  const properties = {
    [codeName]: { type: "string", enum: [code] },
    message: { type: "string" },
    created_at: { type: "string", format: "date-time" },
    ...details,
  };
  items.oneOf.push({ type: "object", properties, required: Object.keys(properties) });
}

function propertiesOf(schema: string): Record<string, Schema> {
  const found = document.components.schemas[schema]?.["properties"];
  if (!found) throw new Error(`Seam's OpenAPI has no schema ${schema}`);
  return found as Record<string, Schema>;
}

function operationOf(properties: Schema): Operation {
  const json = (schema: Schema) => ({ content: { "application/json": { schema } } });
  const reply = { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] };
  return { requestBody: json({ type: "object", properties }), responses: { 200: json(reply) } };
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const compiled = new Map<string, ValidateFunction>();

/** What of a reply the OpenAPI does not allow, fields that it does not know included; empty when it is valid. */
export function replyProblems(path: string, reply: unknown): string[] {
  const schema = operation(path).responses[200].content["application/json"].schema;
  return problems(`${path} reply`, () => convert(schema, true), reply);
}

/** What of the parameters the OpenAPI does not allow. */
export function requestProblems(path: string, parameters: unknown): string[] {
  const schema = operation(path).requestBody?.content["application/json"].schema;
  return schema ? problems(`${path} request`, () => convert(schema, false), parameters) : [];
}

/** The names of a route's parameters. */
export function parameterNames(path: string): string[] {
  const schema = operation(path).requestBody?.content["application/json"].schema;
  return schema ? [...new Set(namesOf(schema))].sort() : [];
}

function operation(path: string): Operation {
  const found = document.paths[path]?.["post"];
  if (!found) throw new Error(`Seam's OpenAPI has no POST ${path}`);
  return found;
}

function problems(name: string, schema: () => Schema, value: unknown): string[] {
  let validate = compiled.get(name);
  if (!validate) {
    validate = ajv.compile(schema());
    compiled.set(name, validate);
  }
  return validate(value) ? [] : [...new Set((validate.errors ?? []).map(describe))].sort();
}

function describe(error: ErrorObject): string {
  const at = error.instancePath.replace(/\/\d+/g, "[]") || "/";
  const extra = error.params as { additionalProperty?: string };
  return extra.additionalProperty
    ? `${at}: unknown field ${extra.additionalProperty}`
    : `${at}: ${error.message}`;
}

function namesOf(schema: Schema): string[] {
  const parts = ["oneOf", "anyOf", "allOf"].flatMap((key) => (schema[key] as Schema[] | undefined) ?? []);
  return [...Object.keys((schema["properties"] as Schema | undefined) ?? {}), ...parts.flatMap(namesOf)];
}

/**
 * OpenAPI 3.0 as JSON Schema: `nullable` becomes a choice, references are resolved, and, for replies, objects
 * have no other fields than those they name.
 */
function convert(schema: Schema, isClosed: boolean): Schema {
  if (typeof schema["$ref"] === "string") {
    const name = schema["$ref"].split("/").at(-1) ?? "";
    return convert(document.components.schemas[name] ?? {}, isClosed);
  }
  const { nullable, discriminator: _, ...rest } = schema;
  const converted: Schema = { ...rest };
  // Draft 4's way: the bound itself is in `minimum`.
  if (rest["exclusiveMinimum"] === true) {
    converted["exclusiveMinimum"] = rest["minimum"];
    delete converted["minimum"];
  }
  if (rest["properties"]) {
    const properties = Object.entries(rest["properties"] as Record<string, Schema>);
    converted["properties"] = Object.fromEntries(
      properties.map(([key, part]) => [key, convert(part, isClosed)]),
    );
    if (isClosed) converted["additionalProperties"] = false;
  }
  if (rest["items"]) converted["items"] = convert(rest["items"] as Schema, isClosed);
  for (const key of ["oneOf", "anyOf", "allOf"])
    if (rest[key])
      // Several branches may fit, since the emulator's parameters leave out what tells them apart.
      converted[key] = (rest[key] as Schema[]).map((part) => convert(part, isClosed && key !== "allOf"));
  return nullable ? { anyOf: [converted, { type: "null" }] } : converted;
}
