import schema from "./schema.json";

const { version } = require("pulumi-seam/package.json") as { readonly version: string };

/** The package's schema, as Pulumi's tools read it. It is made by `npm run schema`. */
export function schemaText(): string {
  return JSON.stringify({ ...schema, version });
}

export const VERSION: string = version;

/** Names of all outputs of a resource. */
export function outputNames(token: string): readonly string[] {
  const resources: Readonly<Record<string, { readonly properties: object }>> = schema.resources;
  return Object.keys(resources[token]?.properties ?? {});
}

/** Names of all that a function answers. */
export function functionOutputNames(token: string): readonly string[] {
  const functions: Readonly<Record<string, { readonly outputs: { readonly properties: object } }>> =
    schema.functions;
  return Object.keys(functions[token]?.outputs.properties ?? {});
}
