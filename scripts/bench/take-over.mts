import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import type { Surroundings } from "./cycles.mts";
import { BenchEmulator, MAIN } from "./emulator.mts";
import type { TakeOver } from "./results.mts";

const DOORS = 500;
const DOORS_A_CREDENTIAL = 3;
const TEAMS = 10;
const DOORS_A_TEAM = 5;
const CREDENTIALS_A_USER = 5;
const USERS_A_PAGE = 500;

/**
 * `pulumi-seam import` of everything: an office with a lobby that opens to everybody, teams with doors of their own, and
 * credentials that open three doors more.
 */
export async function takeOver(
  credentials: number,
  { latencyMs, say }: Pick<Surroundings, "latencyMs" | "say">,
): Promise<TakeOver> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-bench-"));
  const emulator = await BenchEmulator.start({ latencyMs: 0 }, seedFor(credentials / CREDENTIALS_A_USER));
  try {
    await fill(emulator, credentials);
    await emulator.set({ latencyMs });
    await emulator.forgetRequests();
    const out = join(folder, "import.json");
    const { seconds, megabytes, imported } = await runImport(emulator, folder, out);
    const requests = await emulator.requestCount();
    const users = credentials / CREDENTIALS_A_USER;
    const pages = 8 + Math.ceil(users / USERS_A_PAGE) - 1 + Math.ceil(credentials / USERS_A_PAGE) - 1;
    const most = pages + DOORS + 2 * (TEAMS + 1) + 10;
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

async function runImport(emulator: BenchEmulator, folder: string, out: string) {
  const peak = join(folder, "peak");
  const script = join(import.meta.dirname, "peak-memory.cjs");
  const command = ["import", "--no-stack", "--json", "--out", out, "--code", join(folder, "imported.ts")];
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
  let printed = "";
  child.stdout.on("data", (data) => {
    printed += data;
  });
  const [code] = await once(child, "close");
  const seconds = (performance.now() - began) / 1_000;
  if (code !== 0) throw new Error(`pulumi-seam import ended with ${code}`);
  const { imported } = JSON.parse(printed) as { imported: number };
  return { seconds, megabytes: Number(readFileSync(peak, "utf8")) / 1_000, imported };
}

function seedFor(users: number): object {
  const door = (number: number) => `door-${number % DOORS}`;
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  return {
    workspaces: [
      {
        key: "main",
        acs_systems: [
          {
            key: "office",
            kind: "brivo",
            entrances: [{ key: "lobby" }, ...numbers(DOORS - 1).map((number) => ({ key: door(number) }))],
            access_groups: [
              { key: "everybody", entrances: ["lobby"] },
              ...numbers(TEAMS).map((team) => ({
                key: `team-${team}`,
                entrances: numbers(DOORS_A_TEAM).map((number) => door(team * DOORS_A_TEAM + number)),
              })),
            ],
            users: numbers(users).map((number) => ({
              key: `user-${number}`,
              full_name: `Example User ${number}`,
              email_address: `user-${number}@example.com`,
              access_groups: ["everybody", `team-${number % TEAMS}`],
            })),
          },
        ],
      },
    ],
  };
}

async function fill(emulator: BenchEmulator, count: number): Promise<void> {
  const pool = new Pool(emulator.url, { connections: 32 });
  const { users, doors } = emulator;
  let next = 0;
  const work = async () => {
    while (next < count) {
      const number = next++;
      const { statusCode, body } = await pool.request({
        method: "POST",
        path: "/acs/credentials/create",
        headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({
          access_method: "code",
          acs_user_id: users[number % users.length],
          code: String(100_000 + number),
          allowed_acs_entrance_ids: Array.from(
            { length: DOORS_A_CREDENTIAL },
            (_, more) => doors[1 + ((number * DOORS_A_CREDENTIAL + more) % (DOORS - 1))],
          ),
        }),
      });
      await body.dump();
      if (statusCode !== 200) throw new Error(`The emulator answered ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: 32 }, work));
  await pool.close();
}
