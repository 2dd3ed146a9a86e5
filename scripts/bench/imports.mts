import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { ImportTime } from "./results.mts";

const PROGRAM = `
  const began = performance.now();
  require("@pulumi/pulumi");
  const pulumi = performance.now();
  require("pulumi-seam");
  const seam = performance.now();
  const unwanted = ["zod", "undici", "commander"].filter((name) =>
    Object.keys(require.cache).some((file) => file.includes("/node_modules/" + name + "/")));
  console.log(JSON.stringify({ pulumiMs: pulumi - began, seamMs: seam - pulumi, unwanted }));
`;

/** What a program pays for importing pulumi-seam, after @pulumi/pulumi, in a fresh process. */
export function importTime(): ImportTime {
  const root = join(import.meta.dirname, "..", "..");
  return JSON.parse(execFileSync(process.execPath, ["-e", PROGRAM], { cwd: root, encoding: "utf8" }));
}
