import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { type Roster, RosterError, type RosterGroup } from "../roster";
import { readCsv } from "./csv";
import type { Path, RosterSource } from "./written";
import { readYaml } from "./yaml";

/**
 * Reads a roster, or the file that a text names.
 * @param groups added to those of the roster; a CSV file has none
 */
export function readSource(
  roster: Roster | string,
  groups: Readonly<Record<string, RosterGroup>> = {},
): RosterSource {
  const source =
    typeof roster === "string" ? readFile(roster) : { value: roster, place: dotted, problems: [] };
  const { value } = source;
  const isRoster = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isRoster || Object.keys(groups).length === 0) return source;
  return { ...source, value: { ...value, groups: { ...groups, ...(value as Partial<Roster>).groups } } };
}

function readFile(file: string): RosterSource {
  const read = { ".yaml": readYaml, ".yml": readYaml, ".json": readYaml, ".csv": readCsv }[
    extname(file).toLowerCase()
  ];
  if (!read) throw new RosterError([`${file}: is none of .yaml, .yml, .json and .csv.`]);
  try {
    return read(file, readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new RosterError([`${file}: cannot be read (${code}). The path is relative to ${process.cwd()}.`]);
  }
}

function dotted(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    "",
  );
}
