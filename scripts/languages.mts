// `npm run languages`: prints where the tools for other languages are, as JSON, after it has built them if need be.
// `npm run languages -- FOLDER`: writes the SDKs of Python, Node and Go into the folder, too.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureLanguageTools } from "./setup/language-tools.mts";

const root = join(import.meta.dirname, "..");
const tools = await ensureLanguageTools((line) => console.error(line));
const [folder] = process.argv.slice(2);
if (folder !== undefined) writeSdks(folder);
console.log(JSON.stringify(tools));

function writeSdks(target: string): void {
  const json = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
  const temporary = mkdtempSync(join(tmpdir(), "pulumi-seam-schema-"));
  try {
    const schema = join(temporary, "schema.json");
    const { version } = json("package.json");
    writeFileSync(schema, JSON.stringify({ ...json("plugin/schema.json"), version }));
    execFileSync(tools.sdks, [schema, target], { stdio: "inherit" });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
