import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The program that docs/languages.md shows for a language. */
export function documentedProgram(language: "yaml" | "python" | "go"): string {
  const page = readFileSync(join(__dirname, "../../docs/languages.md"), "utf8");
  const program = new RegExp(`<!-- program: ${language} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (program === undefined) throw new Error(`docs/languages.md shows no program in ${language}`);
  return program;
}
