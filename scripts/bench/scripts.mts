import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Surroundings } from "./cycles.mts";
import { BenchEmulator } from "./emulator.mts";
import type { ScriptRun } from "./results.mts";

/** What a script with the official client takes to create as many credentials. */
export async function runScript(
  count: number,
  inFlight: number,
  { latencyMs, say }: Surroundings,
): Promise<ScriptRun> {
  const emulator = await BenchEmulator.start({ latencyMs });
  try {
    const began = performance.now();
    const script = join(import.meta.dirname, "official-client.mts");
    const child = spawn(process.execPath, [script, String(inFlight)], {
      env: { PATH: process.env["PATH"], ...emulator.environment(count) },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = await once(child, "exit");
    const seconds = (performance.now() - began) / 1000;
    const created = await emulator.credentialCount();
    if (code !== 0 || created !== count)
      throw new Error(`The script ended with ${code} and ${created} credentials`);
    say(`${count} credentials, script with ${inFlight} in flight: ${seconds.toFixed(1)} s`);
    return { count, inFlight, seconds };
  } finally {
    await emulator.stop();
  }
}
