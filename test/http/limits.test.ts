import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "../../emulator";
import { type ClientOptions, createClient, type SeamClient } from "../../provider/http/client";
import { RateLimitedError } from "../../provider/http/errors";

jest.setTimeout(20_000);

const CREATE = "/acs/credentials/create";

let seam: Awaited<ReturnType<typeof start>>;
let clients: SeamClient[];
const start = () => startEmulator();
beforeEach(async () => {
  clients = [];
  seam = await start();
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await seam.close();
});

function connect(options: ClientOptions = {}): SeamClient {
  const client = createClient({ endpoint: seam.url, token: seam.apiKey }, options);
  clients.push(client);
  return client;
}

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
  const list = (client: SeamClient, query: object = {}) =>
    client.call({
      path: "/acs/credentials/list",
      body: { ...query },
      effect: "read",
      action: "list acs_credentials",
    });

  it("holds back every request of the process, not only the refused one", async () => {
    const client = connect();
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
  });

  it("that is longer than a request may take fails it at once, unsent, with the time in the message", async () => {
    const client = connect({ deadlineMs: 5_000 });
    seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 600 });
    await expect(list(client)).rejects.toBeInstanceOf(RateLimitedError);
    const began = Date.now();
    const error = await list(client, { limit: 7 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.message).toMatch(/was not sent: .* before \d{4}-\d\d-\d\dT/);
    expect(Date.now() - began).toBeLessThan(1_000);
    expect(seam.requests.count()).toBe(1);
  });
});

describe("many requests at once", () => {
  const creates = (client: SeamClient, count: number) => {
    const body = { access_method: "code", acs_user_id: seam.ids.acsUsers["salto-ks/ada"] };
    const action = "create acs_credential";
    return Array.from({ length: count }, () => client.call({ path: CREATE, body, effect: "create", action }));
  };

  it("all get through, also when they wait for each other longer than one of them may take", async () => {
    const client = connect({ deadlineMs: 1_500 });
    seam.faults.add({ fault: "token-bucket", capacity: 40, perSecond: 40 });
    const began = Date.now();
    await Promise.all(creates(client, 200));
    expect(Date.now() - began).toBeGreaterThan(3_000);
    expect(seam.credentials()).toHaveLength(200);
  });

  it("all end with one clear error when Seam lets none through for as long as one may take", async () => {
    const client = connect({ deadlineMs: 2_500 });
    seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 1 });
    const began = Date.now();
    const errors = await Promise.all(creates(client, 50).map((create) => create.catch((reason) => reason)));
    // One that starts just before the others are given up has its own time then.
    expect(Date.now() - began).toBeLessThan(2 * 2_500 + 1_000);
    for (const error of errors) {
      expect(error).toBeInstanceOf(RateLimitedError);
      expect(error.message).toMatch(
        /answered 429|Seam has let no request through for 3 s|Seam has refused it for 3 s|none may be sent/,
      );
    }
    expect(seam.requests.count()).toBeLessThan(10);
  });

  it("end when their time is over, not when the pace would have let them try once more", async () => {
    const client = connect({ deadlineMs: 1_500 });
    seam.faults.add({ fault: "rate-limited" });
    const began = Date.now();
    const [error] = await Promise.all(creates(client, 1).map((create) => create.catch((reason) => reason)));
    // Refused at once and after 0.75 s at least, it would be sent a third time after 2.25 s at least.
    expect(Date.now() - began).toBeLessThan(2_200);
    expect(error.message).toMatch(/was not sent: Seam has refused it for 2 s\. Run the command again later/);
  });

  it("do not wait for the first when it hangs", async () => {
    const client = connect();
    seam.faults.add({ fault: "slow", ms: 4_000, times: 1 });
    let ended = 0;
    const [first, ...others] = creates(client, 100).map((create) => create.finally(() => ended++));
    await Promise.all(others);
    expect(ended).toBe(99);
    await first;
  });
});

it("sends nothing that waited for the limit once nobody waits for the answer", async () => {
  const client = connect({ maySendAgain: async () => false });
  seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 2, times: 1 });
  const create = () =>
    client.call({ path: CREATE, body: {}, effect: "create", action: "create acs_credential" });
  const refused = create().catch((reason) => reason);
  await sleep(100);
  const held = create().catch((reason) => reason);
  expect(String(await refused)).toMatch(/answered 429/);
  expect(String(await held)).toMatch(/was not sent: .* Pulumi has gone/);
  expect(seam.requests.count()).toBe(1);
});

it("cuts off an answer that is longer than its client takes", async () => {
  const request = { path: "/acs/users/list", body: {}, effect: "read", action: "list users" } as const;
  await expect(connect({ maxReplyBytes: 1_000, maxTries: 1 }).call(request)).rejects.toThrow(
    "got an answer of more than 1000 bytes",
  );
  await expect(connect().call(request)).resolves.toMatchObject({ status: 200 });
});
