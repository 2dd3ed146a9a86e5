import { resolve } from "node:path";
import { Command, Option } from "commander";
import pc from "picocolors";
import type { ReviewDocument } from "../report/document";
import { renderHtml } from "../report/html/render-html";
import { plainText } from "../report/plain-text";
import { renderCsv } from "../report/render/csv";
import { renderJson } from "../report/render/json";
import { renderMarkdown } from "../report/render/markdown";
import { missing } from "./access/missing";
import { addReadingOptions, duration, filled, type ReadingOptions, readFor } from "./access/reading";
import { assertWritable, writeNewFile } from "./new-file";

/** What a file can be, and how it is made. */
const FILES: Readonly<
  Record<"json" | "csv" | "markdown" | "html", (review: ReviewDocument) => string | Iterable<string>>
> = {
  json: renderJson,
  csv: renderCsv,
  markdown: (review) => renderMarkdown(review),
  html: renderHtml,
};

type FileKind = keyof typeof FILES;

interface ReviewOptions extends ReadingOptions, Partial<Record<FileKind, string>> {
  readonly system?: string;
  readonly expiring: number;
  readonly force?: boolean;
}

const EXPIRING_MS = 14 * 86_400_000;

export function reviewCommand(): Command {
  const command = new Command("review")
    .description("Write who can open what to files, with findings, for an access review")
    .option("--json <file>", "file to write as JSON", filled)
    .option(
      "--csv <file>",
      "file to write as CSV, with empty columns for the reviewer and the decision",
      filled,
    )
    .option("--html <file>", "file to write as one HTML page, which opens without a network", filled)
    .option("--markdown <file>", "file to write as Markdown, cut to the size of a job summary", filled)
    .option("--system <id|name>", "only this access system", filled)
    .addOption(
      new Option("--expiring <14d|48h>", "what ends within this time is a finding")
        .argParser(duration)
        .default(EXPIRING_MS, "14d"),
    )
    .option("--force", "replace existing files");
  return addReadingOptions(command)
    .addHelpText(
      "after",
      "\nNothing is changed in Seam or in a stack. Only you can read the files. Exit code: 0 fine, 1 error or not everything could be read (the files are written anyway), 2 findings.",
    )
    .action(async (options: ReviewOptions) => {
      process.exitCode = await run(options);
    });
}

async function run(options: ReviewOptions): Promise<number> {
  const files = filesOf(options);
  const { system, force = false } = options;
  // Before minutes of reading.
  await assertWritable(
    files.map(([, file]) => file),
    { force },
  );
  const access = await readFor(options, { at: "any", ...(system !== undefined && { system }) }, true);
  const review = access.review(options.expiring);
  for (const [kind, file] of files) {
    await writeNewFile(file, FILES[kind](review), { isSecret: true, force });
  }
  print(review);
  if (files.length > 0) console.log(`Written: ${files.map(([, file]) => file).join(", ")}.`);
  process.stdout.write(missing(access).join(""));
  if (!review.complete) return 1;
  return review.findings.length > 0 ? 2 : 0;
}

/** @throws Error where two files are one */
function filesOf(options: ReviewOptions): (readonly [FileKind, string])[] {
  const kinds = Object.keys(FILES) as FileKind[];
  const files = kinds.flatMap((kind) => {
    const file = options[kind];
    return file === undefined ? [] : [[kind, file] as const];
  });
  const places = new Set(files.map(([, file]) => resolve(file)));
  if (places.size < files.length)
    throw new Error("Two of the options name the same file. Give each its own.");
  return files;
}

function print({ findings, rows }: ReviewDocument): void {
  for (const { kind, text } of findings) {
    console.log(`${pc.yellow(kind.replaceAll("_", " "))}: ${plainText(text)}`);
  }
  console.log(`${rows.length} rows, ${findings.length} findings.`);
}
