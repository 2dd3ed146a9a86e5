import { isRecord, type Properties } from "../../provider/values/record";
import { plainJson, plainText } from "../../report/plain-text";

/** How the texts among the values of a program are written. */
export interface Words {
  /** What says it in its place, such as `lobbyEntrance.acsEntranceId`. */
  reference(text: string): string | undefined;
  /** What people call what an id names: a comment beside it. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Lines are no longer, where that can be had. */
const WIDTH = 100;

/**
 * A value as TypeScript, on one line where it fits.
 * @param column where it begins
 */
export function literal(value: unknown, words: Words, column: number, indent = ""): string {
  const line = onOneLine(value, words);
  if (line !== undefined && column + line.length < WIDTH) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const lines = value.map((element) => inner + withComment(element, words, inner.length, inner));
    return `[\n${lines.join("\n")}\n${indent}]`;
  }
  return isRecord(value) ? objectLiteral(value, words, indent) : textOf(value, words);
}

/** An object as TypeScript, with a line for each property. */
export function objectLiteral(object: Properties, words: Words, indent = ""): string {
  const inner = `${indent}  `;
  const lines = Object.entries(object).map(([name, child]) => {
    const start = `${inner}${name}: `;
    return start + withComment(child, words, start.length, inner);
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

function withComment(value: unknown, words: Words, column: number, indent: string): string {
  const title = titleOf(value, words);
  return `${literal(value, words, column, indent)},${title ? ` // ${title}` : ""}`;
}

/** `undefined` where a comment has to stand inside. */
function onOneLine(value: unknown, words: Words): string | undefined {
  const part = (child: unknown) => (titleOf(child, words) ? undefined : onOneLine(child, words));
  if (Array.isArray(value)) {
    const parts = value.map(part);
    return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
  }
  if (!isRecord(value)) return textOf(value, words);
  const parts = Object.entries(value).map(([name, child]) => [name, part(child)] as const);
  if (parts.some(([, text]) => text === undefined)) return undefined;
  return `{ ${parts.map(([name, text]) => `${name}: ${text}`).join(", ")} }`;
}

function textOf(value: unknown, { reference }: Words): string {
  return (typeof value === "string" ? reference(value) : undefined) ?? plainJson(value);
}

function titleOf(value: unknown, { reference, titles }: Words): string | undefined {
  const title = typeof value === "string" && reference(value) === undefined ? titles.get(value) : undefined;
  // A line break would end the comment, and a mark of direction make the program look like another one.
  return (title && plainText(title)) || undefined;
}
