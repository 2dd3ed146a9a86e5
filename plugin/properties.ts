import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { holdsSecret } from "../provider/engine/secret-values";
import { maskSecrets, secretValues } from "../provider/http/mask";
import { isRecord, type Properties } from "../provider/values/record";
import { SECRET, SIGNATURE } from "../provider/values/secret-mark";
import { UNKNOWN } from "../provider/values/unknown";
import { isSecretName } from "../provider/wire/secrets";

/** A resource's properties as the engine sends them, without its marks. */
export interface Received {
  readonly properties: Properties;
  /** Properties that are, or anywhere inside hold, what the program or the state has marked as secret. */
  readonly secrets: ReadonlySet<string>;
  /** The texts and numbers in what was marked: no message may show them. */
  readonly secretTexts: readonly string[];
}

/** A value that is not known yet is one of these, by its type (Pulumi SDK, `plugin.Unknown…Value`). */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Reads the properties of a message; one that is left out has none. */
export function received(struct: Struct | undefined): Received {
  const secretTexts: string[] = [];
  const secrets = new Set<string>();
  const properties: Properties = {};
  for (const [name, sent] of Object.entries(struct?.toJavaScript() ?? {})) {
    let isSecret = false;
    properties[name] = unmarked(sent, false, (texts) => {
      isSecret = true;
      // Seam shows a name without the blanks around it.
      secretTexts.push(...texts.map((text) => text.trim()));
    });
    if (isSecret) secrets.add(name);
  }
  return { properties, secrets, secretTexts };
}

/**
 * Properties as the engine keeps them. A property with a secret inside is marked as a whole.
 * @param secrets what is to be marked besides what is secret by itself
 */
export function sent(properties: Properties, secrets: ReadonlySet<string>): Struct {
  const marked = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, isSecret(name, value) ? { [SIGNATURE]: SECRET, value } : value]);
  // A Struct holds JSON, in which there is no `undefined`, and the engine refuses half a character.
  const json = JSON.stringify(Object.fromEntries(marked));
  return Struct.fromJavaScript(
    JSON.parse(json, (_, value) => (typeof value === "string" ? value.toWellFormed() : value)),
  );

  function isSecret(name: string, value: unknown): boolean {
    return secrets.has(name) || isSecretName(name) || holdsSecret(value);
  }
}

/**
 * Outputs as the engine keeps them: what is a secret among the properties of the messages is one among the outputs, and
 * so is each in which Seam shows it again, such as the `displayName` of a user whose name is marked, or an error about it.
 */
export function sentOutputs(outputs: Properties, ...told: readonly Received[]): Struct {
  const mask = maskOf(...told);
  const shows = (value: unknown): boolean => {
    if (typeof value === "string") return mask(value) !== value;
    return typeof value === "object" && value !== null && Object.values(value).some(shows);
  };
  const again = Object.keys(outputs).filter((name) => shows(outputs[name]));
  return sent(outputs, new Set([...told.flatMap(({ secrets }) => [...secrets]), ...again]));
}

/** Takes out of a text what the program has marked as secret, wherever it stood. */
export function maskOf(...told: readonly Received[]): (text: string) => string {
  return maskSecrets(undefined, ...told.flatMap(({ secretTexts }) => secretTexts));
}

function unmarked(value: unknown, isInSecret: boolean, told: (texts: readonly string[]) => void): unknown {
  if (UNKNOWNS.has(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map((element) => unmarked(element, isInSecret, told));
  if (isRecord(value)) {
    if (value[SIGNATURE] === SECRET) {
      // What holds a PIN is marked as a whole; the words beside it, such as its `mode`, are none.
      const named = secretValues(value["value"]);
      told(named);
      return unmarked(value["value"] ?? null, named.length === 0, told);
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [name, unmarked(child, isInSecret, told)]),
    );
  }
  if (isInSecret && value !== null && typeof value !== "boolean") told([String(value)]);
  return value;
}
