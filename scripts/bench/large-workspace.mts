import type { Surroundings } from "./cycles.mts";
import { BenchEmulator } from "./emulator.mts";
import { fill } from "./fill.mts";
import type { Results } from "./results.mts";
import { BenchStack } from "./stack.mts";

/** What a refresh of one credential costs in an access system that holds many others. */
export async function refreshInLargeWorkspace(
  credentials: number,
  { pulumiBin, latencyMs, say }: Surroundings,
): Promise<NonNullable<Results["largeWorkspace"]>> {
  const emulator = await BenchEmulator.start({ latencyMs: 0 });
  const env = emulator.environment(1);
  const stack = new BenchStack({ variant: "pulumi-seam", pulumiBin, checkpoints: false, env });
  try {
    await fill(emulator, credentials - 1);
    await emulator.set({ latencyMs });
    await stack.init();
    await stack.run("up");
    await emulator.forgetRequests();
    const { seconds } = await stack.run("refresh");
    const requests = await emulator.requestCount();
    say(`1 of ${credentials} credentials: refresh with ${requests} requests, ${seconds.toFixed(1)} s`);
    return { credentials, requests, seconds };
  } finally {
    stack.remove();
    await emulator.stop();
  }
}
