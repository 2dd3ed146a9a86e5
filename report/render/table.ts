import type { AccessRow } from "../document";
import { personName } from "../findings";
import { plainText } from "../plain-text";
import { howText, instantText, ownerText, statusText } from "./words";

interface Column {
  readonly title: string;
  readonly of: (row: AccessRow) => string;
  /** Given up first where there is not enough room. */
  readonly shrinks: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: "PERSON", of: ({ person }) => personName(person), shrinks: true },
  { title: "DOOR", of: ({ door }) => door.name || door.acsEntranceId, shrinks: true },
  { title: "SYSTEM", of: ({ system }) => system.name || system.acsSystemId, shrinks: true },
  { title: "FROM", of: ({ startsAt }) => instantText(startsAt), shrinks: false },
  { title: "UNTIL", of: ({ endsAt }) => instantText(endsAt), shrinks: false },
  { title: "HOW", of: howText, shrinks: true },
  { title: "STATUS", of: ({ status }) => statusText(status), shrinks: false },
  { title: "OWNER", of: ({ owner }) => ownerText(owner), shrinks: true },
];

const GAP = "  ";
const NARROWEST = 4;

/**
 * Rows as a table for a terminal. Names are cut to its width, times never; without a width nothing is.
 * @param width characters in a line
 */
export function renderTable(rows: readonly AccessRow[], width?: number): string {
  return tableOf(
    COLUMNS.map(({ title }) => title),
    rows.map((row) => COLUMNS.map(({ of }) => of(row))),
    (widths) => (width === undefined ? widths : shrunk(widths, width)),
  );
}

/** Lines of cells under their titles, each column as wide as its widest cell unless `widthsOf` says otherwise. */
export function tableOf(
  titles: readonly string[],
  lines: readonly (readonly string[])[],
  widthsOf: (widths: readonly number[]) => readonly number[] = (widths) => widths,
): string {
  const cells = lines.map((line) => line.map(plainText));
  const widths = titles.map((title, at) =>
    cells.reduce((widest, line) => Math.max(widest, displayWidth(line[at] ?? "")), title.length),
  );
  const fitted = widthsOf(widths);
  const lineOf = (texts: readonly string[]) =>
    texts
      .map((text, at) => padded(text, fitted[at] ?? 0))
      .join(GAP)
      .trimEnd();
  return [titles, ...cells].map((line) => `${lineOf(line)}\n`).join("");
}

/** Takes what is too much from the widest of the columns that may shrink. */
function shrunk(widths: readonly number[], width: number): readonly number[] {
  const fitted = [...widths];
  const total = () => fitted.reduce((sum, one) => sum + one, GAP.length * (fitted.length - 1));
  for (let excess = total() - width; excess > 0; excess--) {
    const widest = Math.max(...fitted.filter((_, at) => COLUMNS[at]?.shrinks));
    if (widest <= NARROWEST) break;
    fitted[fitted.findIndex((one, at) => one === widest && COLUMNS[at]?.shrinks)] = widest - 1;
  }
  return fitted;
}

function padded(text: string, width: number): string {
  const own = displayWidth(text);
  if (own <= width) return text + " ".repeat(width - own);
  let cut = "";
  for (const character of text) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…${" ".repeat(Math.max(0, width - displayWidth(cut) - 1))}`;
}

/** Columns that a text takes: East Asian letters and emoji take two, marks on other letters none. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width +=
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
