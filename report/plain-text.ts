/** Controls, line breaks, and marks that turn the direction of writing. */
const OBEYED = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const RUNS_OF_OBEYED = new RegExp(`${OBEYED.source}+`, "gu");

/**
 * A text on one line and without what a terminal or a browser would obey. Whatever Seam tells may have been written by
 * anybody at a lock system.
 */
export function plainText(text: string): string {
  return text.replace(RUNS_OF_OBEYED, " ").trim();
}

/** The same for a text of several lines, such as the message of an error. */
export function plainLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(RUNS_OF_OBEYED, " ").trimEnd())
    .join("\n");
}

/** A value as JSON that a terminal shows: the marks are in it as escapes. */
export function plainJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  return json.replace(OBEYED, (mark) =>
    mark === "\n" ? mark : `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
