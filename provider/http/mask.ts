import { isRecord } from "../values/record";
import { isSecretName } from "../wire/secrets";

const MASK = "[secret]";

/**
 * What is never a secret, although a short PIN may stand inside: ids and times. To mask it there would make them
 * unreadable, and tell the PIN.
 */
const PLAIN =
  /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?)/i;

/** A function that takes the given objects' secrets, and the token, out of any text: Seam may echo what it was sent. */
export function maskSecrets(source: unknown, ...more: readonly string[]): (text: string) => string {
  // Made with the first text only: hardly any object ever has one to mask.
  let secrets: RegExp | undefined;
  let isMade = false;
  return (text) => {
    if (!isMade) secrets = patternOf([...secretValues(source), ...more]);
    isMade = true;
    if (!secrets) return text;
    const parts = text.split(PLAIN);
    return parts
      .map((part, index) => (index % 2 === 1 ? part : part.replace(secrets as RegExp, MASK)))
      .join("");
  };
}

/** Any of the secrets, the longest first, so that no part of it is left over; a number only as a whole. */
function patternOf(secrets: readonly string[]): RegExp | undefined {
  const patterns = [...new Set(secrets)]
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
    .map((secret) => {
      const text = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return /^\d+$/.test(secret) ? `(?<!\\d)${text}(?!\\d)` : text;
    });
  return patterns.length > 0 ? new RegExp(patterns.join("|"), "g") : undefined;
}

function secretValues(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretValues);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    isSecretName(key) && typeof child === "string" ? [child] : secretValues(child),
  );
}
