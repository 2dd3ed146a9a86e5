import { isUtf8 } from "node:buffer";
import { RosterError } from "../roster";
import { listed, type Mistake } from "./written";

/**
 * The text of a roster's file, with one kind of line break. Read are UTF-8, and UTF-16 that says so by a mark.
 * @throws RosterError about bytes that are something else, and about letters and lines that another program left broken
 */
export function textOf(file: string, bytes: Buffer): string {
  const place = (line: number) => `${file}:${line}`;
  const text = decoded(bytes);
  if (text === undefined) {
    const lines = linesOf(bytes.toString("latin1"), (line) => !isUtf8(Buffer.from(line, "latin1")));
    throw new RosterError([
      `${place(lines[0] ?? 1)}: is not UTF-8${others(lines)}, so its letters cannot be told. ${saveAsUtf8(file)}`,
    ]);
  }
  const unixText = text.replace(/\r\n?/g, "\n");
  const mistakes = MARKS.flatMap(({ mark, says }): Mistake[] => {
    const lines = linesOf(unixText, (line) => mark.test(line));
    return lines[0] === undefined
      ? []
      : [{ place: place(lines[0]), text: says(others(lines), saveAsUtf8(file)) }];
  });
  if (mistakes.length > 0) throw new RosterError(listed(mistakes));
  return unixText;
}

/** `undefined` for bytes that are no text of a known encoding. */
function decoded(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  // Halves of a character become U+FFFD, which is found later, with its line.
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return isUtf8(bytes) ? new TextDecoder().decode(bytes) : undefined;
}

interface Mark {
  readonly mark: RegExp;
  says(others: string, saveAsUtf8: string): string;
}

/** What no roster holds, and where it comes from. */
const MARKS: readonly Mark[] = [
  {
    mark: /\0/,
    says: (others, saveAsUtf8) =>
      `holds NUL characters${others}: the file is UTF-16 without a mark, or no text at all. ${saveAsUtf8}`,
  },
  {
    mark: /\uFFFD/,
    says: (others) =>
      `holds "\uFFFD"${others}, which stands for a letter that another program could not read. Write the letter again.`,
  },
  {
    // Two bytes of UTF-8 as Windows-1252 has them. A blank, a quotation mark or a dash may stand behind Ä and Å.
    mark: /Ã[\u0080-\u009F¡-¿ŒœŠšŸŽžƒˆ˜\u2013-\u203A€™]|[ÄÅ][\u0080-\u009F¡-ª¬-º¼-¿‚‡›œ™]/,
    says: (others, saveAsUtf8) =>
      `holds letters that were garbled${others}, as "Ã©" for "é": a program has taken UTF-8 for another encoding, and saved that. Write the letters again, or open a copy from before as UTF-8 (in Excel by Data, From Text/CSV). ${saveAsUtf8}`,
  },
  {
    mark: /^(?:[<>|]{7}(?: |$)|={7}$)/,
    says: (others) =>
      `is a mark of git's${others}: two changes of the file were not put together. Keep the lines that are right, and take the marks out.`,
  },
];

/** Numbers of the lines, from 1. */
function linesOf(text: string, isMeant: (line: string) => boolean): number[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => (isMeant(line) ? [index + 1] : []));
}

const MAX_LISTED = 5;

function others([, ...lines]: readonly number[]): string {
  if (lines.length === 0) return "";
  const more = lines.length > MAX_LISTED ? ` and ${lines.length - MAX_LISTED} more` : "";
  return ` (so ${lines.length === 1 ? "is line" : "are lines"} ${lines.slice(0, MAX_LISTED).join(", ")}${more})`;
}

function saveAsUtf8(file: string): string {
  return file.toLowerCase().endsWith(".csv")
    ? 'Save the file as UTF-8: in Excel as "CSV UTF-8 (Comma delimited)", in LibreOffice with the character set "Unicode (UTF-8)".'
    : "Save the file with the encoding UTF-8.";
}
