import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, type FaultRule, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import { RefusedError } from "../../provider/lifecycle/errors";
import { Run } from "../../provider/lifecycle/run";
import { acsCredential } from "../../provider/resources/acs-credential";

const CREATE = "/acs/credentials/create";
const LIST = "/acs/credentials/list";

let seam: Emulator;
let client: SeamClient;

beforeEach(async () => {
  seam = (await startEmulator()) as unknown as Emulator;
  client = createClient(
    { endpoint: seam.url, token: seam.apiKey },
    { tryTimeoutMs: 1_000, deadlineMs: 20_000 },
  );
});
afterEach(async () => {
  await client.close();
  await seam.close();
});

const inputs = (more: Record<string, unknown> = {}) => ({
  accessMethod: "code",
  acsUserId: seam.ids.acsUsers["salto-ks/ada"],
  ...more,
});
const create = (more?: Record<string, unknown>) => acsCredential.create(client, inputs(more), new Run());
/** Creates a credential of the same user past this process's provider; returns its id. */
async function createElsewhere(more: Record<string, unknown>): Promise<string> {
  const response = await fetch(`${seam.url}${CREATE}`, {
    method: "POST",
    headers: { authorization: `Bearer ${seam.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ access_method: "code", acs_user_id: seam.ids.acsUsers["salto-ks/ada"], ...more }),
  });
  return ((await response.json()) as { acs_credential: { acs_credential_id: string } }).acs_credential
    .acs_credential_id;
}

const liveIds = () => seam.credentials().map(({ acs_credential_id: id }) => id);

const AFTER_COMMIT: FaultRule["fault"][] = ["reset-after-work", "timeout-after-work", "truncated-json"];
const AFTER_COMMIT_RULES: FaultRule[] = [
  ...AFTER_COMMIT.map((fault) => ({ fault }) as FaultRule),
  { fault: "internal-error", workIsDone: true },
  { fault: "unavailable", workIsDone: true },
  { fault: "bad-gateway", workIsDone: true },
];

const BEFORE_COMMIT_RULES: FaultRule[] = [
  { fault: "reset-before-work" },
  { fault: "timeout-before-work" },
  { fault: "internal-error" },
  { fault: "unavailable" },
  { fault: "bad-gateway" },
];

describe("a create whose answer is lost", () => {
  it.each(AFTER_COMMIT_RULES)("is found and adopted when it was done: %p", async (rule) => {
    seam.faults.add({ ...rule, route: CREATE, times: 1 });
    const { id, outputs } = await create({ code: "1234" });
    expect(liveIds()).toEqual([id]);
    expect(outputs).toMatchObject({ code: "1234", errors: [] });
    expect(seam.requests.count(CREATE)).toBe(1);
  });

  it.each(BEFORE_COMMIT_RULES)("is sent again, once, when it was not done: %p", async (rule) => {
    seam.faults.add({ ...rule, route: CREATE, times: 1 });
    const { id } = await create({ code: "1234" });
    expect(liveIds()).toEqual([id]);
    expect(seam.requests.count(CREATE)).toBe(2);
  });

  it("fails when it is lost before it was done a second time, and leaves nothing", async () => {
    seam.faults.add({ fault: "reset-before-work", route: CREATE, times: 2 });
    const { message } = await create().catch((reason) => reason);
    expect(message).toContain("lost the connection before the answer was whole");
    expect(message).toContain("does not show it so far. Before you run `pulumi up` again");
    expect(liveIds()).toEqual([]);
    expect(seam.requests.count(CREATE)).toBe(2);
  });

  it("is found after the second sending too", async () => {
    seam.faults.add({ fault: "reset-before-work", route: CREATE, call: 1 });
    seam.faults.add({ fault: "reset-after-work", route: CREATE, call: 2 });
    const { id } = await create();
    expect(liveIds()).toEqual([id]);
  });

  it("never takes a like credential that was there before", async () => {
    // By another process, whose creates this one knows nothing of.
    const earlier = await createElsewhere({});
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    seam.faults.add({ fault: "reset-before-work", route: CREATE, times: 1 });
    const { id } = await create();
    expect(id).not.toBe(earlier);
    expect(liveIds()).toHaveLength(2);
  });

  it("never takes another one's credential, whoever is created at the same time", async () => {
    // Equal in all that Seam shows: only the order of events can tell them apart.
    seam.faults.add({ fault: "reset-after-work", route: CREATE, call: [2, 5, 6] });
    seam.faults.add({ fault: "reset-before-work", route: CREATE, call: [3] });
    const created = await Promise.all(Array.from({ length: 8 }, () => create()));
    expect(created.map(({ id }) => id).sort()).toEqual(liveIds().sort());
    expect(new Set(liveIds()).size).toBe(8);
  });

  it("is refused when it could be another lost one's that opens other doors", async () => {
    seam.faults.add({ fault: "reset-after-work", route: CREATE, call: 1 });
    seam.faults.add({ fault: "reset-before-work", route: CREATE, call: 2 });
    const doors = [seam.ids.acsEntrances["salto-ks/garage"], seam.ids.acsEntrances["salto-ks/office"]];
    const results = await Promise.allSettled(doors.map((door) => create({ allowedAcsEntranceIds: [door] })));
    expect(results[0]).toMatchObject({ status: "rejected", reason: { name: "RefusedError" } });
    expect(liveIds().length).toBeLessThanOrEqual(2);
  });

  it("is refused with the ids when several could be it", async () => {
    seam.faults.add({ fault: "timeout-after-work", route: CREATE, call: 1 });
    const creating = create({ code: "777777" }).catch((reason) => reason);
    while (seam.requests.count(CREATE) === 0) await sleep(10);
    // Somebody else makes the same one while the answer is awaited.
    await createElsewhere({ code: "777777" });
    const error = await creating;
    expect(error).toBeInstanceOf(RefusedError);
    for (const id of liveIds()) expect(error.message).toContain(id);
    expect(error.message).not.toContain("777777");
    expect(seam.requests.count(CREATE)).toBe(2);
  });

  it("says so when Seam cannot be asked either", async () => {
    seam.faults.add({ fault: "reset-after-work", route: CREATE });
    seam.faults.add({
      fault: "answer",
      status: 401,
      route: LIST,
      body: { error: { type: "unauthorized", message: "No." }, ok: false },
    });
    const { message } = await create().catch((reason) => reason);
    expect(message).toMatch(/whether it exists could not be found out either: POST \S+list answered 401/);
    expect(message).toContain("Before you run `pulumi up` again");
    // A refresh knows nothing of what is not in the state.
    expect(message).not.toContain("pulumi refresh");
  });

  it("is looked for on every page of the user's credentials", async () => {
    for (let made = 0; made < 520; made += 40) {
      await Promise.all(Array.from({ length: 40 }, () => createElsewhere({})));
    }
    seam.faults.add({ fault: "reset-after-work", route: CREATE, times: 1 });
    const { id } = await create({ code: "4242" });
    expect(
      seam
        .credentials()
        .filter(({ code }) => code === "4242")
        .map((c) => c.acs_credential_id),
    ).toEqual([id]);
    expect(seam.requests.count(LIST)).toBe(2);
  });

  it("loses and doubles nothing in 200 creates with 20 % of the answers lost after the work", async () => {
    seam.faults.add({ fault: "reset-after-work", route: CREATE, probability: 0.1, seed: 7 });
    seam.faults.add({ fault: "internal-error", workIsDone: true, route: CREATE, probability: 0.1, seed: 8 });
    const users = ["ada", "ben", "cleo", "dan", "eve", "finn"].map(
      (person) => seam.ids.acsUsers[`salto-ks/${person}`],
    );
    const created = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        create({ acsUserId: users[n % users.length], code: String(1000 + n) }),
      ),
    );
    expect(created.map(({ id }) => id).sort()).toEqual(liveIds().sort());
    expect(new Set(liveIds()).size).toBe(200);
    const lost = seam.requests.all({ path: CREATE }).filter(({ fault }) => fault !== undefined).length;
    expect(lost).toBeGreaterThan(20);
  });
});
