import { Pool } from "undici";
import type { Surroundings } from "./cycles.mts";
import { BenchEmulator } from "./emulator.mts";
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

async function fill(emulator: BenchEmulator, count: number): Promise<void> {
  const pool = new Pool(emulator.url, { connections: 32 });
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next++;
      const { statusCode, body } = await pool.request({
        method: "POST",
        path: "/acs/credentials/create",
        headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({
          access_method: "code",
          acs_user_id: emulator.users[index % emulator.users.length],
          code: String(100_000 + index),
        }),
      });
      await body.dump();
      if (statusCode !== 200) throw new Error(`The emulator answered ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: 32 }, work));
  await pool.close();
}
