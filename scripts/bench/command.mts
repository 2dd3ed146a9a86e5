import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BenchEmulator, MAIN } from "./emulator.mts";

/** What a command of pulumi-seam cost. */
export interface CommandRun {
  readonly code: number;
  readonly printed: string;
  readonly seconds: number;
  /** The most that the process had. */
  readonly megabytes: number;
}

/** Runs `pulumi-seam` in a folder, with the emulator's account in the environment. */
export async function runCommand(
  emulator: BenchEmulator,
  folder: string,
  command: readonly string[],
): Promise<CommandRun> {
  const peak = join(folder, "peak");
  const script = join(import.meta.dirname, "peak-memory.cjs");
  const began = performance.now();
  const child = spawn(process.execPath, ["--require", script, MAIN, ...command], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      SEAM_API_KEY: emulator.apiKey,
      SEAM_ENDPOINT: emulator.url,
      BENCH_PEAK_MEMORY: peak,
    },
  });
  const printed: Buffer[] = [];
  child.stdout.on("data", (data) => printed.push(data));
  const [code] = await once(child, "close");
  const seconds = (performance.now() - began) / 1_000;
  return {
    code,
    printed: Buffer.concat(printed).toString(),
    seconds,
    megabytes: Number(readFileSync(peak, "utf8")) / 1_000,
  };
}
