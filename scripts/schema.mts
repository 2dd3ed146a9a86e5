// `npm run schema`: writes plugin/schema.json, the package's schema, from TSDoc and the resources' input tables.
// `npm run schema -- --check`: writes nothing, and ends with an error if it is not current.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pc from "picocolors";
import { packageSchema } from "./schema/package.mts";

const file = join(import.meta.dirname, "../plugin/schema.json");
const text = `${JSON.stringify(packageSchema(), null, 2)}\n`;
if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (text !== readFileSync(file, "utf8")) {
  console.error(pc.red("plugin/schema.json is not current"));
  console.error("Run `npm run schema` and commit what it writes.");
  process.exitCode = 1;
}
