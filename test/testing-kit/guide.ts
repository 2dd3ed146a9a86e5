import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What docs/testing.md tells the writer of a test. */
const GUIDE = readFileSync(join(__dirname, "../../docs/testing.md"), "utf8");

export const BLOCKS = [...GUIDE.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language, text = ""]) => ({
  language,
  text,
}));

/** The block that begins with this file's name. */
export function named(file: string): [file: string, text: string] {
  return [file, BLOCKS.find(({ text }) => text.startsWith(`// ${file}\n`))?.text ?? ""];
}

/** The complete test, as it is for a runner other than node:test. @param module where the runner's functions are from */
export function completeTestFor(module: "@jest/globals" | "vitest"): string {
  const [, example] = named("guests.test.mts");
  const [, firstImport = ""] = new RegExp(`\`(import [^\`]* from "${module}";)\``).exec(GUIDE) ?? [];
  return example.replace(/^import .* from "node:test";$/m, firstImport);
}
