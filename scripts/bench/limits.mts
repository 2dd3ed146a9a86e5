import type { Surroundings } from "./cycles.mts";
import { BenchEmulator } from "./emulator.mts";
import type { LimitRun } from "./results.mts";
import { BenchStack } from "./stack.mts";

const CAPACITY = 10;
const PER_SECOND = 10;
const CREATE = "/acs/credentials/create";

/** Deploys stacks at the same time while Seam takes 10 requests a second and only says 429 beyond that. */
export async function runUnderLimit(
  stacks: number,
  countEach: number,
  { pulumiBin, latencyMs, say }: Surroundings,
): Promise<LimitRun> {
  const bucket = { capacity: CAPACITY, perSecond: PER_SECOND };
  const emulator = await BenchEmulator.start({ latencyMs, bucket });
  const env = emulator.environment(countEach);
  const running = Array.from(
    { length: stacks },
    () => new BenchStack({ variant: "pulumi-seam", pulumiBin, checkpoints: false, env }),
  );
  try {
    for (const stack of running) await stack.init();
    const results = await Promise.allSettled(running.map((stack) => stack.run("up")));
    const failed = results.reduce(
      (sum, { status }, index) =>
        sum + (status === "fulfilled" ? countEach - (running[index]?.resourceCount() ?? 0) : countEach),
      0,
    );
    const requests = await emulator.requests();
    const first = Date.parse(requests[0]?.at ?? "");
    const acceptedAt = requests
      .filter(({ path, status }) => path === CREATE && status === 200)
      .map(({ at }) => Math.round((Date.parse(at) - first) / 10) / 100);
    const run: LimitRun = {
      stacks,
      countEach,
      capacity: CAPACITY,
      perSecond: PER_SECOND,
      failed,
      requests: requests.length,
      refused: requests.filter(({ status }) => status === 429).length,
      seconds: acceptedAt.at(-1) ?? Number.NaN,
      imposedSeconds: (stacks * countEach - CAPACITY) / PER_SECOND,
      acceptedAt,
    };
    const waste = ((run.refused / run.requests) * 100).toFixed(1);
    say(
      `${stacks} x ${countEach} at ${PER_SECOND}/s: ${failed} failed, ${waste} % refused, ${run.seconds.toFixed(1)} s`,
    );
    return run;
  } finally {
    for (const stack of running) stack.remove();
    await emulator.stop();
  }
}
