import { type DefaultKeys, type Emulator, type FaultRule, startEmulator } from "../../emulator/index";
import { post } from "./api";

let seam: Emulator<DefaultKeys>;
beforeEach(async () => {
  seam = await startEmulator();
});
afterEach(() => seam.close());

const ROUTE = "/acs/credentials/create";
const send = (signal?: AbortSignal) =>
  fetch(seam.url + ROUTE, {
    method: "POST",
    headers: { authorization: `Bearer ${seam.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ access_method: "code", acs_user_id: seam.ids.acsUsers["salto-ks/ada"] }),
    ...(signal && { signal }),
  }).then(
    (response) => response.status,
    () => undefined,
  );
const create = () => send();

/** Gives up as soon as the emulator has decided that no answer will come. */
async function giveUp(): Promise<void> {
  const client = new AbortController();
  const answer = send(client.signal);
  while (seam.requests.at(0)?.fault === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  client.abort();
  await answer;
}

it.each<[FaultRule["fault"], object, number]>([
  ["rate-limited", {}, 0],
  ["internal-error", {}, 0],
  ["internal-error", { workIsDone: true }, 1],
  ["unavailable", { workIsDone: true }, 1],
  ["reset-before-work", {}, 0],
  ["reset-after-work", {}, 1],
  ["timeout-before-work", {}, 0],
  ["timeout-after-work", {}, 1],
  ["truncated-json", {}, 1],
  ["wrong-content-type", {}, 1],
  ["slow", { ms: 5 }, 1],
])("has done the work or not as the fault %s %j says", async (fault, more, credentials) => {
  seam.faults.add({ route: ROUTE, fault, ...more } as FaultRule);
  await (fault.startsWith("timeout") ? giveUp() : create());
  expect(seam.credentials()).toHaveLength(credentials);
});

it("meets only the calls that the rule names", async () => {
  seam.faults.add({ route: ROUTE, call: [2, 4], fault: "unavailable" });
  const statuses: unknown[] = [];
  for (let call = 1; call <= 5; call++) statuses.push(await create());
  expect(statuses).toEqual([200, 503, 200, 503, 200]);
});

it("meets no more calls than it is told to", async () => {
  seam.faults.add({ route: "/acs/credentials/*", times: 2, fault: "unavailable" });
  expect([await create(), await create(), await create()]).toEqual([503, 503, 200]);
});

it("rests while it is suspended, as if no request came, and goes on where it was", async () => {
  seam.faults.add({ route: ROUTE, call: [1, 2], fault: "unavailable" });
  expect(await create()).toBe(503);
  const resume = [seam.faults.suspend(), seam.faults.suspend()];
  expect(await create()).toBe(200);
  for (const once of [resume[0], resume[0]]) once?.();
  expect(await create()).toBe(200);
  resume[1]?.();
  expect([await create(), await create()]).toEqual([503, 200]);
});

it("draws the same calls for the same seed and others for another", async () => {
  const series = async (seed: number) => {
    seam.faults.clear();
    seam.faults.add({ route: ROUTE, probability: 0.5, seed, fault: "unavailable" });
    const statuses: unknown[] = [];
    for (let call = 0; call < 12; call++) statuses.push(await create());
    return statuses.join();
  };
  const first = await series(7);
  expect(first).toContain("503");
  expect(first).toContain("200");
  expect(await series(7)).toBe(first);
  expect(await series(8)).not.toBe(first);
});

it("refuses requests beyond the bucket and lets them in again when it has filled", async () => {
  seam.faults.add({ route: ROUTE, fault: "token-bucket", capacity: 2, perSecond: 0.8, retryAfterSeconds: 1 });
  expect([await create(), await create(), await create()]).toEqual([200, 200, 429]);
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect([await create(), await create()]).toEqual([200, 429]);
});

it("takes one workspace out and leaves the other", async () => {
  const two = await startEmulator({
    seed: { workspaces: [{ key: "north" }, { key: "south" }] },
  });
  try {
    const south = two.workspaces.get("south");
    if (!south) throw new Error("no south");
    two.faults.add({ fault: "unavailable", workspaceId: two.workspaceId });
    expect((await post(two, "/workspaces/get")).status).toBe(503);
    const other = await post({ url: two.url, apiKey: south.apiKey }, "/workspaces/get");
    expect(other.body.workspace.workspace_id).toBe(south.workspaceId);
    expect(south.workspaceId).not.toBe(two.workspaceId);
  } finally {
    await two.close();
  }
});

it("refuses a rule that no request could ever meet", () => {
  expect(() => seam.faults.add({ fault: "rate-limitd" } as never)).toThrow(/fault/);
  expect(() => seam.faults.add({ fault: "unavailable", probability: 2 })).toThrow(/probability/);
  expect(() => seam.faults.add({ fault: "unavailable", route: [] })).toThrow(/route/);
});

it("refuses a rule for routes and workspaces that there are not, and says all that is wrong with it", () => {
  const rule = {
    fault: "unavailable",
    route: ["/acs/credential/create", "/acs/credentials/*", "/acs/doors/*"],
    workspaceId: "nowhere",
    times: 0,
    chance: 1,
  } as const;
  expect(() => seam.faults.add(rule as never)).toThrow(
    /times: .*chance.*route: .*"\/acs\/credential\/create"; route: .*"\/acs\/doors\/\*"; workspaceId: .*nowhere/s,
  );
  expect(seam.faults.list()).toEqual([]);
});
