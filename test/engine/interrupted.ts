import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type DefaultKeys, type Emulator, type TestStack, withStack } from "pulumi-seam/testing";
import { pulumiSeam, start } from "./commands";

/** A stack whose first `up` was killed when so many creates had been sent: some are done, others under way. */
export async function interrupted(
  emulator: Emulator<DefaultKeys>,
  { count, killAt }: { count: number; killAt: number },
  test: (stack: TestStack) => Promise<void>,
): Promise<void> {
  const { acsUsers } = emulator.ids;
  const people = ["ada", "ben", "cleo", "dan", "eve"] as const;
  await withStack(
    {
      emulator,
      workDir: join(__dirname, "recover"),
      config: {
        "recover:acsUserIds": JSON.stringify(people.map((person) => acsUsers[`salto-ks/${person}`])),
        "recover:count": String(count),
      },
      // Interrupted operations are only recorded with checkpoints.
      env: { PULUMI_SKIP_CHECKPOINTS: "false" },
    },
    async (stack) => {
      const slow = emulator.faults.add({ fault: "slow", ms: 1500, route: "/acs/credentials/create" });
      const running = start(stack, "pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"]);
      while (emulator.requests.count("/acs/credentials/create") < killAt) {
        if (running.child.exitCode !== null) throw new Error((await running.ended).stdout);
        await sleep(20);
      }
      running.child.kill("SIGKILL");
      await running.ended;
      // What the kill may have left half written: the command says so.
      await rm(`${stack.stateFile}.attrs`, { force: true });
      emulator.faults.remove(slow);
      await test(stack);
    },
  );
}

/** With a short wait: the emulator has carried out what it was sent long before its slow answers. */
export function recover(stack: TestStack, ...args: readonly string[]) {
  return pulumiSeam(stack, "recover", "--wait", "4", ...args);
}
