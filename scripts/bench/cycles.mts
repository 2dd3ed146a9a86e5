import { loadavg } from "node:os";
import { BenchEmulator } from "./emulator.mts";
import type { Cycle } from "./results.mts";
import { BenchStack, type Command, type Variant } from "./stack.mts";

/** Cycles that are run in turns: one round of every variant, then the next round. */
export interface CyclePlan {
  count: number;
  checkpoints: boolean;
  rounds: number;
  variants: readonly Variant[];
  commands: readonly Command[];
}

export interface Surroundings {
  pulumiBin: string;
  latencyMs: number;
  say: (line: string) => void;
}

/** Runs the cycles of a plan; `done` is called after each. */
export async function runCycles(
  plan: CyclePlan,
  surroundings: Surroundings,
  done: (cycle: Cycle) => void,
): Promise<void> {
  for (let round = 1; round <= plan.rounds; round++) {
    // Who begins changes, so that a drift of the machine meets all alike.
    const shift = (round - 1) % plan.variants.length;
    for (const variant of [...plan.variants.slice(shift), ...plan.variants.slice(0, shift)]) {
      done(await runCycle(plan, variant, round, surroundings));
    }
  }
}

async function runCycle(
  { count, checkpoints, commands }: CyclePlan,
  variant: Variant,
  round: number,
  { pulumiBin, latencyMs, say }: Surroundings,
): Promise<Cycle> {
  const emulator = await BenchEmulator.start({ latencyMs });
  const stack = new BenchStack({ variant, pulumiBin, checkpoints, env: emulator.environment(count) });
  const cycle: Cycle = {
    variant,
    count,
    checkpoints,
    round,
    costs: {},
    requests: {},
    stateBytes: 0,
    load: loadavg()[0] ?? 0,
  };
  try {
    await stack.init();
    for (const command of commands) {
      await emulator.forgetRequests();
      cycle.costs[command] = await stack.run(command);
      cycle.requests[command] = await emulator.requestCount();
      if (command === "up") Object.assign(cycle, stack.size());
      const expected = command === "destroy" ? 0 : count;
      if (stack.resourceCount() !== expected)
        throw new Error(`${variant}: ${stack.resourceCount()} resources after ${command}, not ${expected}`);
    }
  } finally {
    stack.remove();
    await emulator.stop();
  }
  const seconds = commands.map((command) => `${command} ${cycle.costs[command]?.seconds.toFixed(1)} s`);
  const mode = checkpoints ? "default checkpoints" : "skipped checkpoints";
  say(`${count} credentials, ${mode}, round ${round}, ${variant}: ${seconds.join(", ")}`);
  return cycle;
}
