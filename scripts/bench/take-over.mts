import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./command.mts";
import type { Surroundings } from "./cycles.mts";
import { mostRequests, startOffice } from "./office.mts";
import type { TakeOver } from "./results.mts";

const DOORS = 500;

/** `pulumi-seam import` of everything in an office. */
export async function takeOver(
  credentials: number,
  { latencyMs, say }: Pick<Surroundings, "latencyMs" | "say">,
): Promise<TakeOver> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-bench-"));
  const size = { credentials, doors: DOORS };
  const emulator = await startOffice(size);
  try {
    await emulator.set({ latencyMs });
    await emulator.forgetRequests();
    const out = join(folder, "import.json");
    const command = ["import", "--no-stack", "--json", "--out", out, "--code", join(folder, "imported.ts")];
    const { code, printed, seconds, megabytes } = await runCommand(emulator, folder, command);
    if (code !== 0) throw new Error(`pulumi-seam import ended with ${code}`);
    const { imported } = JSON.parse(printed) as { imported: number };
    const requests = await emulator.requestCount();
    const most = mostRequests(size);
    say(
      `import of ${credentials} credentials: ${requests} requests of ${most}, ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`,
    );
    const fileMegabytes = statSync(out).size / 1_000_000;
    return { credentials, imported, requests, most, seconds, megabytes, fileMegabytes };
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
