import { execFileSync } from "node:child_process";
import * as path from "node:path";

describe("docs/reference", () => {
  it("is what `npm run docs` writes from TSDoc and the input tables", () => {
    const root = path.join(__dirname, "../..");
    // Prints which pages are not current, and fails.
    execFileSync(process.execPath, ["scripts/docs.mts", "--check"], { cwd: root, stdio: "pipe" });
  }, 120_000);
});
