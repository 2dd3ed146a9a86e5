// `npm run schema`: writes what a registry of Pulumi's shows of the package: plugin/schema.json, from TSDoc and the
// resources' input tables, and its pages in docs/, from README.md and docs/languages.md.
// `npm run schema -- --check`: writes nothing, and ends with an error if something is not current.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pc from "picocolors";
import { packageSchema } from "./schema/package.mts";
import { registryPages } from "./schema/registry-pages.mts";

const root = join(import.meta.dirname, "..");
const schema = packageSchema();
const files = new Map([
  ["plugin/schema.json", `${JSON.stringify(schema, null, 2)}\n`],
  ...registryPages(schema),
]);
if (!process.argv.includes("--check")) {
  for (const [file, text] of files) writeFileSync(join(root, file), text);
} else {
  const stale = [...files].filter(([file, text]) => text !== readFileSync(join(root, file), "utf8"));
  for (const [file] of stale) console.error(pc.red(`${file} is not current`));
  if (stale.length > 0) {
    console.error("Run `npm run schema` and commit what it writes.");
    process.exitCode = 1;
  }
}
