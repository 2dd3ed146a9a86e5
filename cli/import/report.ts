import pc from "picocolors";
import { plainJson, plainText } from "../../report/plain-text";
import type { UnreadPart } from "../../report/reading/reader";
import { ALL_KINDS } from "./kinds";
import type { ImportedResource, LeftOut } from "./resource";

/** What an import has found. */
export interface Found {
  readonly imported: readonly ImportedResource[];
  readonly leftOut: readonly LeftOut[];
  readonly unread: readonly UnreadPart[];
}

/** Where it went, and how to tell of it. */
interface ReportOptions {
  readonly out: string;
  readonly code?: string;
  readonly json?: boolean;
}

/** Prints what an import has found and done. */
export function report({ out, code, json }: ReportOptions, { imported, leftOut, unread }: Found): void {
  const counts = Object.fromEntries(
    ALL_KINDS.map((kind) => [kind, imported.filter((one) => one.kind === kind).length] as const).filter(
      ([, count]) => count > 0,
    ),
  );
  const notes = imported.flatMap(({ kind, id, note }) => (note ? [{ kind, id, note }] : []));
  if (json) {
    const files = imported.length > 0 ? { out, ...(code && { code }) } : {};
    const printed = { imported: imported.length, counts, ...files, leftOut, notes, unread };
    console.log(plainJson(printed, 2));
    return;
  }
  for (const { id, reason, isProblem } of leftOut) {
    console.log(`${isProblem ? pc.yellow("not declarable") : "left out"} ${id}: ${plainText(reason)}`);
  }
  for (const { id, note } of notes) console.log(`${pc.yellow("look at")} ${id}: ${plainText(note)}`);
  for (const { part, reason } of unread)
    console.log(`${pc.red("not read")} ${part}: Seam ${plainText(reason)}`);
  if (imported.length === 0) {
    console.log("Nothing is left to import, and no file was written.");
    return;
  }
  const what = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  console.log(`${what.join(", ")} are in ${out}${code ? ` and declared in ${code}` : ""}.`);
  console.log(
    `Next: \`pulumi import --file ${out} --generate-code=false --protect=false --yes\`, delete ${out} (it holds PINs), then \`pulumi up\`.`,
  );
}
