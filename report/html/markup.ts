import { gzipSync } from "node:zlib";
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

/** A value as JSON, packed: a large workspace repeats itself a lot. Letters and digits are no markup, whatever is in it. */
export function packed(value: unknown): Markup {
  return { markup: gzipSync(JSON.stringify(value)).toString("base64") };
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
