import type { Properties } from "../../provider/values/record";
import { isSecretName } from "../../provider/wire/secrets";
import { asSecret } from "../stack-state";
import type { ImportedCredential } from "./credential";

const TYPE = "pulumi-nodejs:dynamic/seam:AcsCredential";
const PROVIDER = 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential';

/** The file for `pulumi import --file`: the whole state of each resource, so that nothing has to be read again. */
export function importFile(
  credentials: readonly ImportedCredential[],
  names: ReadonlyMap<string, string>,
): string {
  const resources = credentials.map(({ id, inputs, outputs }) => ({
    type: TYPE,
    name: names.get(id),
    id,
    inputs: { ...inputs, __provider: PROVIDER },
    outputs: { ...secretly(outputs), __provider: PROVIDER },
  }));
  return `${JSON.stringify({ resources }, null, 2)}\n`;
}

/** A TypeScript program that declares exactly these resources. It holds no PIN. */
export function programText(
  credentials: readonly ImportedCredential[],
  names: ReadonlyMap<string, string>,
  entranceNames: ReadonlyMap<string, string>,
): string {
  const comments = new Map(entranceNames);
  for (const { inputs, userName } of credentials) {
    if (userName) comments.set(String(inputs["acsUserId"]), userName);
  }
  const declarations = credentials.map(
    ({ id, inputs }) =>
      `new seam.AcsCredential(${JSON.stringify(names.get(id))}, ${literal(inputs, comments, "")});\n`,
  );
  return [
    'import * as seam from "pulumi-seam";\n',
    "// PINs are not declared: Seam keeps the ones that there are. To set one, add",
    '//   code: new pulumi.Config().requireSecret("…")\n',
    ...declarations,
  ].join("\n");
}

function secretly(outputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, isSecretName(name) ? asSecret(value) : value]),
  );
}

/** A value as TypeScript, with a comment beside each id that has a name. */
function literal(value: unknown, comments: ReadonlyMap<string, string>, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const lines = value.map((element) => inner + withComment(element, comments, inner));
    return `[\n${lines.join("\n")}\n${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const lines = Object.entries(value).map(
      ([name, child]) => `${inner}${name}: ${withComment(child, comments, inner)}`,
    );
    return `{\n${lines.join("\n")}\n${indent}}`;
  }
  return JSON.stringify(value);
}

function withComment(value: unknown, comments: ReadonlyMap<string, string>, indent: string): string {
  const comment = typeof value === "string" ? comments.get(value) : undefined;
  // A name with a line break in it would end the comment.
  return `${literal(value, comments, indent)},${comment ? ` // ${comment.replace(/[\r\n\u2028\u2029]+/g, " ")}` : ""}`;
}
