// `npm run check`: runs every script of package.json whose name begins with `check:`, and shows what fails.
import { exec } from "node:child_process";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import pc from "picocolors";

const run = promisify(exec);
const { scripts } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const waiting = Object.keys(scripts).filter((name) => name.startsWith("check:"));
const startedAt = performance.now();

async function worker(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await check(name);
}

async function check(name: string): Promise<void> {
  const from = performance.now();
  try {
    await run(`npm run --silent ${name}`, { env: { ...process.env, FORCE_COLOR: "0" }, maxBuffer: 2 ** 26 });
    console.log(`${pc.green("ok")}      ${name} ${pc.dim(secondsSince(from))}`);
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    console.error(`${pc.red("failed")}  ${name} ${pc.dim(secondsSince(from))}\n${stdout}${stderr}`);
    process.exitCode = 1;
  }
}

function secondsSince(from: number): string {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
console.log(`npm run check: ${secondsSince(startedAt)}`);
