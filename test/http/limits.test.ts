import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "../../emulator";
import { createClient } from "../../provider/http/client";
import { RateLimitedError } from "../../provider/http/errors";

const CREATE = "/acs/credentials/create";

let seam: Awaited<ReturnType<typeof start>>;
const start = () => startEmulator();
beforeEach(async () => {
  seam = await start();
});
afterEach(() => seam.close());

/** Processes that create `count` credentials each, under a limit that only says 429. */
async function createUnder(limit: { capacity: number; perSecond: number }, processes: number, count: number) {
  seam.faults.add({ fault: "token-bucket", ...limit });
  seam.faults.add({ fault: "slow", ms: 20 });
  const began = performance.now();
  const codes = await Promise.all(
    Array.from({ length: processes }, async () => {
      const args = [seam.url, seam.apiKey, seam.ids.acsUsers["salto-ks/ada"], String(count)];
      const child = spawn(process.execPath, [join(__dirname, "limited-client.cjs"), ...args], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      return new Promise<number | null>((resolve) => child.once("exit", resolve));
    }),
  );
  const imposedMs = ((processes * count - limit.capacity) / limit.perSecond) * 1000;
  return {
    codes,
    waste: seam.requests.all({ status: 429 }).length / seam.requests.count(),
    time: (performance.now() - began) / imposedMs,
  };
}

describe("under a limit that answers 429 without Retry-After", () => {
  // Loosely, since the machine may be busy; pace.test.ts has the bounds proper in simulated time.
  it("one process creates everything, nothing twice, close to the limit's own pace", async () => {
    const { codes, waste, time } = await createUnder({ capacity: 40, perSecond: 40 }, 1, 200);
    expect(codes).toEqual([0]);
    expect(seam.credentials()).toHaveLength(200);
    expect(waste).toBeLessThan(0.12);
    expect(time).toBeLessThan(3);
  }, 30_000);

  it("eight processes together stay close to it too", async () => {
    const { codes, waste } = await createUnder({ capacity: 100, perSecond: 100 }, 8, 100);
    expect(codes).toEqual(Array(8).fill(0));
    expect(seam.credentials()).toHaveLength(800);
    expect(waste).toBeLessThan(0.15);
  }, 60_000);
});

describe("a Retry-After", () => {
  const list = (client: ReturnType<typeof createClient>, query: object = {}) =>
    client.call({
      path: "/acs/credentials/list",
      body: { ...query },
      effect: "read",
      action: "list acs_credentials",
    });

  it("holds back every request of the process, not only the refused one", async () => {
    const client = createClient({ endpoint: seam.url, token: seam.apiKey });
    seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 2, times: 1 });
    const began = Date.now();
    const refused = list(client);
    await sleep(100);
    const other = list(client, { limit: 7 });
    await sleep(1_500);
    expect(seam.requests.count()).toBe(1);
    await Promise.all([refused, other]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_900);
    expect(seam.requests.count()).toBe(3);
    await client.close();
  });

  it("that is longer than a request may take fails it at once, unsent, with the time in the message", async () => {
    const client = createClient({ endpoint: seam.url, token: seam.apiKey }, { deadlineMs: 5_000 });
    seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 600 });
    await expect(list(client)).rejects.toBeInstanceOf(RateLimitedError);
    const began = Date.now();
    const error = await list(client, { limit: 7 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.message).toMatch(/was not sent: .* before \d{4}-\d\d-\d\dT/);
    expect(Date.now() - began).toBeLessThan(1_000);
    expect(seam.requests.count()).toBe(1);
    await client.close();
  });
});

it("sends nothing that waited for the limit once nobody waits for the answer", async () => {
  const client = createClient(
    { endpoint: seam.url, token: seam.apiKey },
    { maySendAgain: async () => false },
  );
  seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 2, times: 1 });
  const create = () =>
    client.call({ path: CREATE, body: {}, effect: "create", action: "create acs_credential" });
  const refused = create().catch((reason) => reason);
  await sleep(100);
  const held = create().catch((reason) => reason);
  expect(String(await refused)).toMatch(/answered 429/);
  expect(String(await held)).toMatch(/was not sent: .* Pulumi has gone/);
  expect(seam.requests.count()).toBe(1);
  await client.close();
});
