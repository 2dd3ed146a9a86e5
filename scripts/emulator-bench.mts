// `npm run emulator:bench`: requests a second of the emulator, empty and with 100,000 credentials.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Pool } from "undici";

const REQUESTS = 5_000;
const CONNECTIONS = 32;
const RUNS = 5;
const HELD = 100_000;
const USERS = 1_000;

const main = new URL("../dist/cli/main.js", import.meta.url).pathname;
const emulator = spawn(process.execPath, [main, "emulator", "--seed", await seedFile()], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [line] = (await once(emulator.stdout, "data")) as [Buffer];
const { url, apiKey } = JSON.parse(line.toString());
const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
const { workspaces } = (await (await fetch(`${url}/_emulator`)).json()) as {
  workspaces: [{ ids: Record<"acsUsers" | "acsEntrances", Record<string, string>> }];
};
const users = Object.values(workspaces[0].ids.acsUsers);
const doors = Object.values(workspaces[0].ids.acsEntrances);
const made: string[] = [];

const routes: [name: string, send: (index: number) => Promise<unknown>][] = [
  ["workspaces/get", () => post("/workspaces/get", {})],
  [
    "credentials/get",
    (index) => post("/acs/credentials/get", { acs_credential_id: made[index % made.length] }),
  ],
  [
    "credentials/list by user",
    (index) => post("/acs/credentials/list", { acs_user_id: users[index % 10], limit: 5 }),
  ],
  ["credentials/create", create],
];

try {
  for (let index = 0; index < 100; index++) await create(index);
  await measure("with few credentials");
  await load(HELD, create);
  await measure(`with ${made.length.toLocaleString("en")} credentials`);
} finally {
  await pool.close();
  emulator.kill();
}

/** The best of several runs: other programs on the machine only ever make a run slower. */
async function measure(when: string): Promise<void> {
  console.log(when);
  for (const [name, send] of routes) {
    let best = 0;
    let leastCpu = Number.POSITIVE_INFINITY;
    for (let run = 0; run < RUNS; run++) {
      const before = cpuMicroseconds();
      best = Math.max(best, await load(REQUESTS, send));
      leastCpu = Math.min(leastCpu, (cpuMicroseconds() - before) / REQUESTS);
    }
    const rate = Math.round(best).toLocaleString("en").padStart(8);
    const cpu = Number.isNaN(leastCpu)
      ? ""
      : `  ${leastCpu.toFixed(0).padStart(4)} µs CPU of the emulator each`;
    console.log(`  ${name.padEnd(26)} ${rate} requests/s${cpu}`);
  }
}

/** What the emulator's process has used, where the system tells (Linux: in ticks of 10 ms). */
function cpuMicroseconds(): number {
  try {
    const fields = readFileSync(`/proc/${emulator.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return Number.NaN;
  }
}

async function load(count: number, send: (index: number) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return count / ((performance.now() - startedAt) / 1000);
}

async function create(index: number): Promise<void> {
  const text = await post("/acs/credentials/create", {
    access_method: "code",
    acs_user_id: users[index % users.length],
    allowed_acs_entrance_ids: [doors[index % doors.length]],
    code: "1234",
  });
  made.push(JSON.parse(text).acs_credential.acs_credential_id);
}

async function post(path: string, body: object): Promise<string> {
  const { statusCode, body: reply } = await pool.request({
    path,
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${text}`);
  return text;
}

async function seedFile(): Promise<string> {
  const { mkdtemp, writeFile } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const { join } = await import("node:path");
  const { generateSeed } = createRequire(import.meta.url)("../dist/emulator/index.js");
  const file = join(await mkdtemp(join(tmpdir(), "emulator-bench-")), "seed.json");
  await writeFile(file, JSON.stringify(generateSeed({ users: USERS, doors: 100 })));
  return file;
}
