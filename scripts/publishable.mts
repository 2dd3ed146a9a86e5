// Before `npm publish`: ends with an error while something about the package is only true of an unpublished one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { obstacles } from "./release/obstacles.mts";

const read = (name: string) => readFileSync(join(import.meta.dirname, "..", name), "utf8");

const found = obstacles({
  manifest: JSON.parse(read("package.json")),
  readme: read("README.md"),
  changelog: read("CHANGELOG.md"),
});
if (found.length > 0) {
  console.error(`This package cannot be published yet:\n${found.map((one) => `  - ${one}`).join("\n")}`);
  process.exitCode = 1;
}
