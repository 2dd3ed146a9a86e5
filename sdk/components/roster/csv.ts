import type { RosterSource } from "./written";

const LISTS = new Set(["groups", "doors"]);

/** Reads people from CSV (RFC 4180) with a header line; `groups` and `doors` are separated by semicolons. */
export function readCsv(file: string, text: string): RosterSource {
  const { records, problem } = parse(text);
  const [header, ...rows] = records.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const names = header?.cells ?? [];
  const problems = problem ? [`${file}:${problem.line}: ${problem.text}`] : [];
  const people = rows.map(({ line, cells }) => {
    if (cells.length > names.length) {
      problems.push(
        `${file}:${line}: has ${cells.length} values, but the header names ${names.length} columns. Put a value with a comma in double quotes.`,
      );
    }
    return Object.fromEntries(
      names
        .map((name, column) => [name, cells[column] ?? ""] as const)
        .filter(([, cell]) => cell !== "")
        .map(([name, cell]) => [name, LISTS.has(name) ? listOf(cell) : cell]),
    );
  });
  return {
    value: { people },
    place: ([, row]) => `${file}:${(typeof row === "number" ? rows[row]?.line : header?.line) ?? 1}`,
    problems,
  };
}

interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: string[];
}

function parse(text: string): { records: CsvRecord[]; problem?: { line: number; text: string } } {
  const records: CsvRecord[] = [];
  let line = 1;
  let record: CsvRecord = { line, cells: [] };
  // One cell and what ends it at a time; a quoted one may hold commas, line breaks and doubled quotes.
  const cell = /\s*"((?:[^"]|"")*)"[^\S\r\n]*(,|\r?\n|$)|([^",\r\n]*)(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found)
      return {
        records,
        problem: { line, text: "a double quote is not closed, or not at the edge of a value." },
      };
    const [whole, quoted, quotedEnd, plain, plainEnd] = found;
    record.cells.push((quoted?.replaceAll('""', '"') ?? plain ?? "").trim());
    line += whole.split("\n").length - 1;
    if ((quotedEnd ?? plainEnd) !== ",") {
      records.push(record);
      record = { line, cells: [] };
    }
  }
  if (record.cells.length > 0) records.push({ ...record, cells: [...record.cells, ""] });
  return { records };
}

function listOf(cell: string): string[] {
  return cell
    .split(";")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
