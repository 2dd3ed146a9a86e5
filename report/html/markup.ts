import { plainText } from "../plain-text";

/** Text that is markup already. Only {@link html} makes it from other texts, and writes those so that they stay text. */
export interface Markup {
  readonly markup: string;
}

type Piece = Markup | readonly Markup[] | string | number | undefined;

/** A template of markup: what is put in is written as text, unless it is markup itself. */
export function html(pieces: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return {
    markup: pieces.reduce((text, piece, at) => text + written(values[at - 1]) + piece),
  };
}

/** Markup from a file of this package, such as the page's script. */
export function trusted(markup: string): Markup {
  return { markup };
}

/** JSON that the parser of HTML takes for text up to the end of its element, whatever is in it. */
export function inertJson(value: unknown): Markup {
  return { markup: JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, asUnicode) };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function written(value: Piece): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string")
    return plainText(value).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
  return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
}

function asUnicode(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
