import { Command, Option } from "commander";
import type { AccessRow, WrittenDocument } from "../report/document";
import { renderHtml } from "../report/html/render-html";
import { renderCsv } from "../report/render/csv";
import { renderJson } from "../report/render/json";
import { renderMarkdown } from "../report/render/markdown";
import { renderTable } from "../report/render/table";
import { rowsOf } from "../report/rows";
import { missing } from "./access/missing";
import { addReadingOptions, duration, filled, moment, type ReadingOptions, readFor } from "./access/reading";
import { printPieces } from "./pieces";

interface AccessOptions extends ReadingOptions {
  readonly door?: string;
  readonly person?: string;
  readonly system?: string;
  readonly at?: Date | "any";
  readonly expiring?: number;
  readonly undeclared?: boolean;
  readonly thorough?: boolean;
  readonly format: keyof typeof FORMATS;
  readonly json?: boolean;
}

const FORMATS: Readonly<
  Record<"table" | "json" | "csv" | "markdown" | "html", (document: WrittenDocument) => Iterable<string>>
> = {
  table: ({ rows }) => {
    const all = [...rows];
    return [all.length > 0 ? renderTable(all, process.stdout.columns) : "Nobody, as far as Seam tells.\n"];
  },
  json: renderJson,
  csv: renderCsv,
  markdown: ({ rows, ...frame }) => [renderMarkdown({ ...frame, rows: [...rows] })],
  html: ({ rows, ...frame }) => [renderHtml({ ...frame, rows: [...rows] })],
};

export function accessCommand(): Command {
  const command = new Command("access")
    .description("Show who can open what in Seam, and what of it a stack declares")
    .option("--door <id|name>", "only this entrance", filled)
    .option("--person <id|name|e-mail>", "only this person, in all access systems", filled)
    .option("--system <id|name>", "only this access system", filled)
    .option("--at <instant|any>", "what opens at this time (default: now), or at any time", moment)
    .option("--expiring <14d|48h>", "only what ends within this time", duration)
    .option("--undeclared", "only what no stack declares")
    .option("--thorough", "read the whole workspace even for one door, not only what ten requests can tell")
    .addOption(
      new Option("--format <format>", "how to print it").choices(Object.keys(FORMATS)).default("table"),
    )
    .option("--json", "the same as --format json");
  return addReadingOptions(command)
    .addHelpText(
      "after",
      "\nNothing is changed. Exit code: 0 fine, 1 error or not everything could be read, 2 rows of --undeclared or --expiring.",
    )
    .action(async (options: AccessOptions) => {
      process.exitCode = await run(options);
    });
}

async function run(options: AccessOptions): Promise<number> {
  const { door, person, system, at, expiring, undeclared = false } = options;
  const filters = {
    ...(door !== undefined && { door }),
    ...(person !== undefined && { person }),
    ...(system !== undefined && { system }),
    ...(at !== undefined && { at }),
    ...(expiring !== undefined && { expiringMs: expiring }),
    undeclared,
  };
  const access = await readFor(options, filters, options.thorough === true);
  const frame = access.frame();
  let count = 0;
  function* rows(): Generator<AccessRow> {
    for (const row of rowsOf(access.facts, access.owners, filters, access.ways)) {
      count++;
      yield row;
    }
  }
  const format = options.json ? "json" : options.format;
  await printPieces(FORMATS[format]({ ...frame, rows: rows() }));
  // The other formats have it in themselves, or no room for it: whoever watches must not take a part for the whole.
  if (format === "table") await printPieces(missing(access));
  else if (!frame.complete) process.stderr.write(missing(access).join("").trimStart());
  if (!frame.complete) return 1;
  return count > 0 && (undeclared || expiring !== undefined) ? 2 : 0;
}
