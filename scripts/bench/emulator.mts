import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The command line of the built package. */
export const MAIN = join(import.meta.dirname, "..", "..", "dist", "cli", "main.js");
const USERS = 100;
const DOORS = 20;

export interface EmulatorSettings {
  /** How long each answer takes. */
  latencyMs: number;
  /** A limit that only says 429. */
  bucket?: { capacity: number; perSecond: number };
}

export interface SeenRequest {
  path: string;
  status: number | undefined;
  /** ISO 8601, the emulator's clock. */
  at: string;
}

/** A Seam in a process of its own, with one access system, its users and its doors. */
export class BenchEmulator {
  readonly url: string;
  readonly apiKey: string;
  readonly users: string[];
  readonly doors: string[];
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string, ready: { url: string; apiKey: string }, ids: Ids) {
    this.#child = child;
    this.#folder = folder;
    this.url = ready.url;
    this.apiKey = ready.apiKey;
    this.users = Object.values(ids.acsUsers);
    this.doors = Object.values(ids.acsEntrances);
  }

  static async start(settings: EmulatorSettings, seed: object = SEED): Promise<BenchEmulator> {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-bench-"));
    const file = join(folder, "seed.json");
    writeFileSync(file, JSON.stringify(seed));
    const child = spawn(process.execPath, [MAIN, "emulator", "--seed", file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      once(child, "exit").then(([code]) => {
        throw new Error(`The emulator ended with ${code} before it was ready`);
      }),
    ]);
    const ready = JSON.parse(line) as { url: string; apiKey: string };
    const description = (await (await fetch(`${ready.url}/_emulator`)).json()) as {
      workspaces: { ids: Ids }[];
    };
    const ids = description.workspaces[0]?.ids;
    if (ids === undefined) throw new Error("The emulator has no workspace");
    const emulator = new BenchEmulator(child, folder, ready, ids);
    await emulator.set(settings);
    return emulator;
  }

  /** Other latency and limit from now on. */
  async set({ latencyMs, bucket }: EmulatorSettings): Promise<void> {
    await this.#control("faults", "DELETE");
    if (bucket) await this.#control("faults", "POST", { fault: "token-bucket", ...bucket });
    if (latencyMs > 0) await this.#control("faults", "POST", { fault: "slow", ms: latencyMs });
  }

  forgetRequests(): Promise<unknown> {
    return this.#control("requests", "DELETE");
  }

  async requestCount(): Promise<number> {
    const { counts } = (await this.#control("requests/counts")) as { counts: Record<string, number> };
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  async requests(): Promise<SeenRequest[]> {
    return ((await this.#control("requests")) as { requests: SeenRequest[] }).requests;
  }

  async credentialCount(): Promise<number> {
    return (await this.credentials()).length;
  }

  async credentials(): Promise<Record<string, unknown>[]> {
    const snapshot = (await this.#control("snapshot")) as { acs_credentials: Record<string, unknown>[] };
    return snapshot.acs_credentials;
  }

  /** What programs need to know. */
  environment(count: number): Record<string, string> {
    return {
      SEAM_API_KEY: this.apiKey,
      SEAM_ENDPOINT: this.url,
      BENCH_COUNT: String(count),
      BENCH_FIXTURE: JSON.stringify({ users: this.users, doors: this.doors }),
    };
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #control(path: string, method = "GET", body?: unknown): Promise<unknown> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const reply = await fetch(`${this.url}/_emulator/${path}`, init);
    if (!reply.ok) throw new Error(`The emulator answered ${reply.status}: ${await reply.text()}`);
    return reply.json();
  }
}

interface Ids {
  acsUsers: Record<string, string>;
  acsEntrances: Record<string, string>;
}

const SEED = {
  workspaces: [
    {
      key: "main",
      acs_systems: [
        {
          key: "campus",
          kind: "brivo",
          entrances: Array.from({ length: DOORS }, (_, index) => ({ key: `door-${index}` })),
          users: Array.from({ length: USERS }, (_, index) => ({
            key: `user-${index}`,
            full_name: `Example User ${index}`,
            email_address: `user-${index}@example.com`,
          })),
        },
      ],
    },
  ],
};
