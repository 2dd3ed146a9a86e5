import { CsvError, parse } from "csv-parse/sync";
import { show } from "../../../provider/values/show";
import { type Column, knownColumns, readHeader } from "./columns";
import type { Mistake, RosterSource } from "./written";

const LISTS: ReadonlySet<string> = new Set(["groups", "doors"]);
const SEPARATORS = { ",": "comma", ";": "semicolon", "\t": "tab" } as const;

type Separator = keyof typeof SEPARATORS;

/** A line of a table, or several where a value has line breaks. */
interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Something wrong on a line. */
interface WrongLine {
  readonly line: number;
  readonly text: string;
}

/**
 * Reads people from CSV (RFC 4180) with a header line. Values are separated by commas, semicolons or tabs, whichever
 * the header has; names within `groups` and `doors` by semicolons.
 */
export function readCsv(file: string, text: string): RosterSource {
  // Excel writes and reads such a line before the header.
  const table = text.replace(/^sep=.(?=\n|$)/i, "");
  const separator = separatorOf(table);
  const { records, broken } = recordsOf(table, separator);
  const [header = { line: 1, cells: [] }, ...rows] = records.filter(({ cells }) => cells.some(Boolean));
  const { columns, isUsable, mistakes } = readHeader(header.cells);
  const place = (line: number) => `${file}:${line}`;
  const uneven = isUsable ? rows.flatMap((row) => widthProblem(row, columns, separator) ?? []) : [];
  const whole = rows.filter((row) => !widthProblem(row, columns, separator));
  return {
    value: isUsable && !broken ? { people: whole.map(({ cells }) => personOf(cells, columns)) } : undefined,
    place: ([, row]) => place((typeof row === "number" ? whole[row]?.line : undefined) ?? header.line),
    nameOf: (property) => columns.find((column) => column.property === property)?.name ?? property,
    mistakes: [
      ...mistakes.map((text): WrongLine => ({ line: header.line, text })),
      ...uneven,
      ...(broken ? [broken] : []),
    ].map(({ line, text }): Mistake => ({ place: place(line), text })),
  };
}

/** The separator with which the header names the most columns of a roster. */
function separatorOf(table: string): Separator {
  const header = table.trimStart();
  const scored = (Object.keys(SEPARATORS) as Separator[]).map((separator) => {
    const [first] = recordsOf(header, separator, 1).records;
    return { separator, score: knownColumns(first?.cells ?? []) };
  });
  return scored.reduce((best, other) => (other.score > best.score ? other : best)).separator;
}

function recordsOf(
  table: string,
  separator: Separator,
  most?: number,
): { records: CsvRecord[]; broken?: WrongLine } {
  const records: CsvRecord[] = [];
  let line = 1;
  try {
    parse(table, {
      delimiter: separator,
      record_delimiter: "\n",
      relax_column_count: true,
      // Blanks around a quoted value are no part of it.
      trim: true,
      ...(most && { to: most }),
      on_record: (cells: string[], { lines }) => {
        records.push({ line, cells: cells.map((cell) => cell.trim()) });
        line = lines + 1;
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, broken: quoteProblem(error, line) };
  }
}

/** @param begin the line on which the record with the quote begins */
function quoteProblem(error: CsvError, begin: number): WrongLine {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") {
    return { line: begin, text: "a double quote that begins a value here is not closed." };
  }
  const line = Number(error["lines"]);
  const since = line > begin ? `, or that of line ${begin} is not closed where it should be` : "";
  return {
    line,
    text: `a double quote is not at the edge of a value${since}. Put the value in double quotes, and write "" for each one in it.`,
  };
}

function widthProblem(
  { line, cells }: CsvRecord,
  columns: readonly Column[],
  separator: Separator,
): WrongLine | undefined {
  const width = columns.findLastIndex(({ name }) => name !== "") + 1;
  const stray = cells.findIndex((cell, index) => cell !== "" && !columns[index]?.name);
  if (stray < 0 && cells.length >= width) return undefined;
  const has = `has ${stray < 0 ? cells.length : cells.findLastIndex(Boolean) + 1} values, but the header names ${width} columns.`;
  if (stray < 0) {
    return {
      line,
      text: `${has} Write the separators of empty values, too. Excel leaves them out where the last columns are empty for many lines: move a column that is never empty, such as key, to the end.`,
    };
  }
  const text =
    stray < width
      ? `has a value in column ${stray + 1}, which the header does not name: ${show(cells[stray])}.`
      : `${has} Put a value with a ${SEPARATORS[separator]} in double quotes.`;
  return { line, text };
}

function personOf(cells: readonly string[], columns: readonly Column[]): Record<string, unknown> {
  return Object.fromEntries(
    columns.flatMap(({ property }, index) => {
      const cell = cells[index] ?? "";
      return property === undefined || cell === ""
        ? []
        : [[property, LISTS.has(property) ? namesIn(cell) : cell]];
    }),
  );
}

function namesIn(cell: string): string[] {
  return cell
    .split(";")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
