import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The program that docs/languages.md shows for a language, or another part of one that it marks by name. */
export function documentedProgram(name: "yaml" | "python" | "go" | "runtime" | "back"): string {
  const page = readFileSync(join(__dirname, "../../docs/languages.md"), "utf8");
  const program = new RegExp(`<!-- program: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (program === undefined) throw new Error(`docs/languages.md shows no program "${name}"`);
  return program;
}
