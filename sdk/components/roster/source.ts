import { readFileSync } from "node:fs";
import { extname } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { isRecord } from "../../../provider/values/record";
import { type Roster, RosterError } from "../roster";
import { textOf } from "./text";
import type { Path, RosterSource } from "./written";

/** What a program may say of a roster beside it, for files that cannot: a CSV file has people only. */
export type BesideRoster = Pick<Roster, "groups" | "timeZone">;

/** Reads a roster, or the file that a text names. What the roster says goes before what the program says beside it. */
export function readSource(roster: Roster | string, beside: BesideRoster = {}): RosterSource {
  const source = typeof roster === "string" ? readFile(roster) : typed(roster);
  const { value } = source;
  if (!isRecord(value)) return source;
  const own = value["groups"] ?? {};
  const groups = Object.entries(beside.groups ?? {}).filter(
    ([name]) => isRecord(own) && !Object.hasOwn(own, name),
  );
  const timeZone = value["timeZone"] ?? beside.timeZone;
  const isBeside = ([property, name]: Path) =>
    property === "groups"
      ? groups.some(([other]) => other === name)
      : property === "timeZone" && !("timeZone" in value);
  return {
    ...source,
    value: {
      ...value,
      ...(timeZone !== undefined && { timeZone }),
      ...(groups.length > 0 && { groups: { ...Object.fromEntries(groups), ...own } }),
    },
    place: (path) => (isBeside(path) ? dotted(path) : source.place(path)),
  };
}

type Reader = (file: string, text: string) => RosterSource;

/** By the end of the file's name. Each loads what it needs, and only then. */
const READERS: Readonly<Record<string, Reader>> = {
  ".csv": (file, text) => (require("./csv") as typeof import("./csv")).readCsv(file, text),
  ".json": readYaml,
  ".yaml": readYaml,
  ".yml": readYaml,
};

function readYaml(file: string, text: string): RosterSource {
  return (require("./yaml") as typeof import("./yaml")).readYaml(file, text);
}

function readFile(file: string): RosterSource {
  const read = READERS[extname(file).toLowerCase()];
  if (!read) throw new RosterError([`${file}: is none of .yaml, .yml, .json and .csv.`]);
  return read(file, textOf(file, bytesOf(file)));
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RosterError([`${file}: cannot be read (${code}). The path is relative to ${process.cwd()}.`]);
  }
}

/** @param value what a program in JavaScript gives may be missing, or come later */
function typed(value: Roster | undefined): RosterSource {
  const comesLater = pulumi.Output.isInstance(value) || value instanceof Promise;
  const problem = value === undefined ? MISSING : comesLater ? LATER : undefined;
  return {
    value: problem === undefined ? value : undefined,
    place: dotted,
    nameOf: (property) => property,
    mistakes: problem === undefined ? [] : [{ place: dotted([]), text: problem }],
  };
}

const LATER =
  "is an output or a promise, and has to be known when the program runs. Await a promise; of the stack's config take config.requireObject.";

const MISSING = "is missing. Give the people and groups, or the path of a file that has them.";

function dotted(path: Path): string {
  const text = path.reduce<string>(
    (before, part) => (typeof part === "number" ? `${before}[${part}]` : before ? `${before}.${part}` : part),
    "",
  );
  return text || "roster";
}
