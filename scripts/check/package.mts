// `npm run check:package`: what is published, as npm packs it: its size, and whether programs of all kinds find it and
// its types.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { overBudget } from "./budgets.mts";

const run = promisify(execFile);
const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
const folder = await mkdtemp(join(tmpdir(), "pulumi-seam-packed-"));
try {
  const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder]);
  const [{ filename, size, unpackedSize }] = JSON.parse(packed.stdout);
  const file = join(folder, filename);
  const problems = [
    ...overBudget("tarball", size),
    ...overBudget("unpacked", unpackedSize),
    ...(await lint(file)),
    ...(await typeProblems(file)),
  ];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true });
}

async function lint(file: string): Promise<string[]> {
  const { buffer } = new Uint8Array(await readFile(file));
  const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
  return messages.map((message) => formatMessage(message, manifest) ?? message.code);
}

/** Are the types wrong? */
async function typeProblems(file: string): Promise<string[]> {
  try {
    await run("attw", [file, "--no-emoji", "--no-color"]);
    return [];
  } catch (error) {
    return [String((error as { stdout?: string }).stdout || error)];
  }
}
