import { camelCase } from "./names";

/** Seam's fields that open doors or accounts, wherever they stand: the one list of what is secret. */
const SECRET_FIELDS = [
  "code",
  "card_number",
  "original_code",
  "new_code",
  "client_session_token",
  "instant_key_url",
] as const;

const NAMES: ReadonlySet<string> = new Set(SECRET_FIELDS.flatMap((name) => [name, camelCase(name)]));

/** Whether a field or property of this name, Seam's or ours, is secret. */
export function isSecretName(name: string): boolean {
  return NAMES.has(name);
}

const CONTACTS: ReadonlySet<string> = new Set(["emailAddress", "phoneNumber"]);

/** Whether a property of this name reaches a person: nobody else's is shown in a message. */
export function isContact(name: string): boolean {
  return CONTACTS.has(name);
}
