import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./command.mts";
import type { Surroundings } from "./cycles.mts";
import type { BenchEmulator } from "./emulator.mts";
import { mostRequests, startOffice, type WorkspaceSize } from "./office.mts";
import type { ReportRun } from "./results.mts";

const FILES = ["json", "csv", "html", "markdown"] as const;

/**
 * `pulumi-seam access` and `review` of everything in an office, of which a stack declares every other credential.
 * @param rounds how often each
 */
export async function reports(
  size: WorkspaceSize,
  rounds: number,
  { latencyMs, say }: Pick<Surroundings, "latencyMs" | "say">,
): Promise<ReportRun[]> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-bench-"));
  const emulator = await startOffice(size);
  try {
    await writeState(emulator, join(folder, "state.json"));
    await emulator.set({ latencyMs });
    const runs: ReportRun[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const command of ["access", "review"] as const) {
        const run = await measured(command, size, emulator, folder);
        runs.push(run);
        say(
          `${command} of ${size.credentials} credentials at ${size.doors} doors: ${run.requests} requests of ${run.most}, ${run.seconds.toFixed(1)} s, ${run.megabytes.toFixed(0)} MB`,
        );
      }
    }
    return runs;
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(
  command: ReportRun["command"],
  size: WorkspaceSize,
  emulator: BenchEmulator,
  folder: string,
): Promise<ReportRun> {
  const file = (kind: string) => join(folder, `review.${kind}`);
  const written = command === "review" ? FILES : [];
  const options =
    command === "review"
      ? ["--force", ...FILES.flatMap((kind) => [`--${kind}`, file(kind)])]
      : ["--at", "any", "--format", "json"];
  await emulator.forgetRequests();
  const run = await runCommand(emulator, folder, [command, "--state", "state.json", ...options]);
  if (run.code !== (command === "review" ? 2 : 0)) throw new Error(`${command} ended with ${run.code}`);
  const text = command === "review" ? readFileSync(file("json"), "utf8") : run.printed;
  const { rows, findings } = JSON.parse(text) as { rows: unknown[]; findings?: unknown[] };
  return {
    ...size,
    command,
    rows: rows.length,
    findings: findings?.length ?? 0,
    requests: await emulator.requestCount(),
    most: mostRequests(size),
    seconds: run.seconds,
    megabytes: run.megabytes,
    fileMegabytes: Object.fromEntries(written.map((kind) => [kind, statSync(file(kind)).size / 1_000_000])),
  };
}

/** As `pulumi stack export` writes it, with the properties that a credential of a roster has. */
async function writeState(emulator: BenchEmulator, file: string): Promise<void> {
  const type = "pulumi-nodejs:dynamic/seam:AcsCredential";
  const resources = (await emulator.credentials())
    .filter((_, number) => number % 2 === 0)
    .map(({ acs_credential_id, acs_user_id, acs_system_id, workspace_id, allowed_acs_entrance_ids }) => ({
      urn: `urn:pulumi:prod::office::${type}::pin-${acs_credential_id}`,
      type,
      id: acs_credential_id,
      outputs: {
        accessMethod: "code",
        acsCredentialId: acs_credential_id,
        acsSystemId: acs_system_id,
        acsUserId: acs_user_id,
        allowedAcsEntranceIds: allowed_acs_entrance_ids,
        workspaceId: workspace_id,
      },
    }));
  writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
}
