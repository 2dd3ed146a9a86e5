import { isRecord } from "../values/record";
import { isSecretName } from "../wire/secrets";

const MASK = "[secret]";

/**
 * What is never a secret, although a short PIN may stand inside: ids and times. To mask it there would make them
 * unreadable, and tell the PIN.
 */
const PLAIN =
  /([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?)/;

/** A function that takes the given objects' secrets, and the token, out of any text: Seam may echo what it was sent. */
export function maskSecrets(source: unknown, ...more: readonly string[]): (text: string) => string {
  // Made with the first text only: hardly any object ever has one to mask.
  let secrets: RegExp | undefined;
  let isMade = false;
  return (text) => {
    if (!isMade) secrets = patternOf([...secretValues(source), ...more]);
    isMade = true;
    return secrets ? text.replace(secrets, (_, plain: string | undefined) => plain ?? MASK) : text;
  };
}

/**
 * Any of the secrets, the longest first, so that no part of it is left over; a number only as a whole. In its group is
 * what is plain. A secret that holds such a thing, as a link may hold an id, goes before.
 */
function patternOf(all: readonly string[]): RegExp | undefined {
  const secrets = [...new Set(all)].filter(Boolean).sort((a, b) => b.length - a.length);
  if (secrets.length === 0) return undefined;
  const patternsOf = (some: readonly string[]) =>
    some.map((secret) => {
      const text = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return /^\d+$/.test(secret) ? `(?<!\\d)${text}(?!\\d)` : text;
    });
  const holdsPlain = (secret: string) => PLAIN.test(secret);
  const [long, short] = [secrets.filter(holdsPlain), secrets.filter((secret) => !holdsPlain(secret))];
  return new RegExp([...patternsOf(long), PLAIN.source, ...patternsOf(short)].join("|"), "g");
}

/** The texts that stand under a secret name, anywhere in a value. */
export function secretValues(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretValues);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    isSecretName(key) && typeof child === "string" ? [child] : secretValues(child),
  );
}
