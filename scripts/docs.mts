// `npm run docs`: writes docs/reference from the TSDoc of sdk/ and the resources' input tables.
// `npm run docs -- --check`: writes nothing, and ends with an error if it is not current.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pc from "picocolors";
import { referencePages } from "./docs/pages.mts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../docs/reference");
const pages = await referencePages();
const written = readPages();
const names = [...new Set([...pages.keys(), ...written.keys()])].sort();
const stale = names.filter((name) => pages.get(name) !== written.get(name));

if (process.argv.includes("--check")) {
  for (const name of stale) console.error(pc.red(`docs/reference/${name} is not current`));
  if (stale.length > 0) console.error("Run `npm run docs` and commit what it writes.");
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(folder, { recursive: true });
  for (const name of stale) {
    const page = pages.get(name);
    if (page === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), page);
  }
  console.log(`docs/reference: ${pages.size} pages, ${stale.length} changed`);
}

function readPages(): Map<string, string> {
  try {
    return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  } catch {
    return new Map();
  }
}
