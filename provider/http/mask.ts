import { isRecord } from "../unknown";
import { camelCase } from "../wire-names";

/** Keys whose values open doors or accounts, in Seam's names and in ours. */
const SECRET_KEYS = new Set(
  ["code", "card_number", "original_code", "new_code", "client_session_token", "instant_key_url"].flatMap(
    (name) => [name, camelCase(name)],
  ),
);

const MASK = "[secret]";

/** A function that takes the given objects' secrets, and the token, out of any text: Seam may echo what it was sent. */
export function maskSecrets(source: unknown, ...more: readonly string[]): (text: string) => string {
  const secrets = [...new Set([...secretValues(source), ...more])].filter(Boolean);
  // The longest first, so that no part of a longer one is left over.
  secrets.sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

function secretValues(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretValues);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    SECRET_KEYS.has(key) && typeof child === "string" ? [child] : secretValues(child),
  );
}
