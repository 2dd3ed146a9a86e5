import { isRecord } from "./record";

/**
 * A given value as it may be shown in a message: as JSON, bounded in length, with characters that nobody sees as
 * escapes. Never use it on secrets.
 */
export function show(value: unknown): string {
  if (value instanceof Date) return "a Date";
  if (isOutput(value)) return "an output";
  const text = (JSON.stringify(value) ?? String(value)).replace(UNSEEN, escapeOf);
  return text.length > 80 ? `${beginning(text, 77)}…` : text;
}

/** The first characters of a text. None is cut in half: gRPC fails on what is left of it. */
export function beginning(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}

/** Whether something is Pulumi's output: its JSON is a text about outputs. */
function isOutput(value: unknown): boolean {
  return isRecord(value) && value["__pulumiOutput"] === true;
}

/** Such as a no-break space or one without width, which come along from web pages and chats. */
const UNSEEN = /(?! )[\p{Cc}\p{Cf}\p{Z}]/gu;

function escapeOf(character: string): string {
  const code = character.codePointAt(0)?.toString(16) ?? "";
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}
