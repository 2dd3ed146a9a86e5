import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "./cycles.mts";
import { BenchEmulator } from "./emulator.mts";
import { summaries } from "./profile-summary.mts";
import { BenchStack, type Variant } from "./stack.mts";

/**
 * Runs `up`, `preview`, `refresh` and `destroy` with the CPU profiler on and leaves the profiles of the program's and
 * the provider's process in a folder, to be opened in a browser's developer tools. Prints where the time went.
 */
export async function profile(
  count: number,
  variants: readonly Variant[],
  folder: string,
  { pulumiBin, latencyMs, say }: Surroundings,
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  for (const variant of variants) {
    const emulator = await BenchEmulator.start({ latencyMs });
    const env = emulator.environment(count);
    const stack = new BenchStack({ variant, pulumiBin, checkpoints: false, env });
    const preload = `--require ${join(import.meta.dirname, "profiler.cjs")}`;
    try {
      await stack.init();
      for (const command of ["up", "preview", "refresh", "destroy"] as const) {
        const profiles = join(folder, variant, command);
        mkdirSync(profiles, { recursive: true });
        const profiled = { NODE_OPTIONS: preload, BENCH_PROFILES: profiles };
        const { seconds } = await stack.run(command, profiled);
        say(
          `${variant}, ${command} of ${count}: ${seconds.toFixed(1)} s, ${readdirSync(profiles).join(", ")}`,
        );
        for (const line of summaries(profiles)) say(line);
      }
    } finally {
      stack.remove();
      await emulator.stop();
    }
  }
}
