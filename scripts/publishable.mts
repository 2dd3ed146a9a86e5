// Before `npm publish`: ends with an error while something about the package is only true of an unpublished one.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { obstacles } from "./release/obstacles.mts";

const ROOT = join(import.meta.dirname, "..");
const read = (name: string) => readFileSync(join(ROOT, name), "utf8");
const manifest = JSON.parse(read("package.json"));

const found = obstacles({
  manifest,
  readme: read("README.md"),
  changelog: read("CHANGELOG.md"),
  schema: read("plugin/schema.json"),
  isStateRecorded: existsSync(join(ROOT, "test/upgrade", manifest.version, "state.json")),
});
if (found.length > 0) {
  console.error(`This package cannot be published yet:\n${found.map((one) => `  - ${one}`).join("\n")}`);
  process.exitCode = 1;
}
