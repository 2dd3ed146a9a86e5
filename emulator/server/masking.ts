/** Parameters and fields that hold a PIN, a card's number or a key. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  "api_key",
  "card_number",
  "client_session_token",
  "code",
  "instant_key_url",
  "new_code",
  "original_code",
  "password",
  "token",
]);

const MASK = "***";

/** A copy without secrets: what may be recorded. */
export function masked(value: unknown, name = ""): unknown {
  if (value === undefined || value === null) return value;
  if (SECRET_NAMES.has(name)) return MASK;
  // A list's `search` also looks in PINs and card numbers.
  if (name === "search" && /\d/.test(String(value))) return MASK;
  if (Array.isArray(value)) return value.map((item) => masked(item, name));
  if (typeof value !== "object") return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) copy[key] = masked(item, key);
  return copy;
}
