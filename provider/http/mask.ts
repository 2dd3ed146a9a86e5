import { isRecord } from "../values/record";
import { camelCase } from "../wire/names";

/** Keys whose values open doors or accounts, in Seam's names and in ours. */
const SECRET_KEYS = new Set(
  ["code", "card_number", "original_code", "new_code", "client_session_token", "instant_key_url"].flatMap(
    (name) => [name, camelCase(name)],
  ),
);

const MASK = "[secret]";

/** A function that takes the given objects' secrets, and the token, out of any text: Seam may echo what it was sent. */
export function maskSecrets(source: unknown, ...more: readonly string[]): (text: string) => string {
  // Collected with the first text only: hardly any object ever has one to mask.
  let secrets: string[] | undefined;
  return (text) => {
    secrets ??= longestFirst([...secretValues(source), ...more]);
    return secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
  };
}

/** So that no part of a longer secret is left over. */
function longestFirst(secrets: readonly string[]): string[] {
  return [...new Set(secrets)].filter(Boolean).sort((a, b) => b.length - a.length);
}

function secretValues(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretValues);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    SECRET_KEYS.has(key) && typeof child === "string" ? [child] : secretValues(child),
  );
}
