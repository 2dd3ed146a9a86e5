import { plainText } from "./plain-text";

const MARKUP = /[&<>\\`*_{}[\]|~$@#]|^[-+=]|(?<=^\d+)[.)]|:(?=\/\/)|(?<=www)\./gi;

/**
 * A text as Markdown that shows it and does nothing: no markup, no list, no end of a table's cell, no link, and nobody is
 * mentioned.
 */
export function markdownText(text: string): string {
  return plainText(text).replace(MARKUP, (mark) =>
    // GitHub makes links of these after Markdown is done, entity or not; a comment in between stops it.
    mark === "@" || mark === "#" ? `${mark}<!-- -->` : `&#${mark.charCodeAt(0)};`,
  );
}
