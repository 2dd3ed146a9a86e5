import { type Emulator, type FaultRule, startEmulator } from "../../emulator";
import { createClient, type SeamClient } from "../../provider/http/client";
import * as errors from "../../provider/http/errors";

jest.setTimeout(20_000);

const LIST = "/acs/credentials/list";
const CREATE = "/acs/credentials/create";

let seam: Emulator;
let client: SeamClient;

beforeEach(async () => {
  seam = (await startEmulator()) as unknown as Emulator;
  client = createClient({ endpoint: seam.url, token: seam.apiKey }, { tryTimeoutMs: 500, deadlineMs: 8_000 });
});
afterEach(async () => {
  await client.close();
  await seam.close();
});

const read = () => client.call({ path: LIST, body: {}, effect: "read", action: "list acs_credentials" });
const create = (more: Record<string, unknown> = {}) =>
  client.call({
    path: CREATE,
    body: { access_method: "code", acs_user_id: seam.ids.acsUsers["salto-ks/ada"], ...more },
    effect: "create",
    action: "create acs_credential",
  });

const PASSING: [string, FaultRule][] = [
  ["429 with Retry-After", { fault: "rate-limited", retryAfterSeconds: 1, times: 1 }],
  ["429 without Retry-After", { fault: "rate-limited", times: 1 }],
  ["500", { fault: "internal-error", times: 2 }],
  ["503 with empty body", { fault: "unavailable", times: 2 }],
  ["502 from a proxy", { fault: "bad-gateway", times: 2 }],
  ["a lost connection", { fault: "reset-before-work", times: 2 }],
  ["no answer in time", { fault: "timeout-before-work", times: 1 }],
];

describe("the client", () => {
  it.each(PASSING)("gets over %s when it reads", async (_, rule) => {
    seam.faults.add(rule);
    await expect(read()).resolves.toMatchObject({ json: { ok: true } });
    expect(seam.requests.count(LIST)).toBe(1 + (rule.times ?? 0));
  });

  it.each(PASSING.filter(([, { fault }]) => fault === "rate-limited"))(
    "sends a create again after %s",
    async (_, rule) => {
      seam.faults.add(rule);
      await create();
      expect(seam.credentials()).toHaveLength(1);
    },
  );

  it.each(PASSING.filter(([, { fault }]) => fault !== "rate-limited"))(
    "never sends a create again after %s",
    async (_, rule) => {
      seam.faults.add(rule);
      await expect(create()).rejects.toBeInstanceOf(errors.SeamError);
      expect(seam.requests.count(CREATE)).toBe(1);
    },
  );

  it("waits as long as Retry-After says", async () => {
    seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 2, times: 1 });
    const began = Date.now();
    await read();
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_900);
  });

  it("gives up on a rate limit that lasts beyond the deadline, and says so", async () => {
    seam.faults.add({ fault: "rate-limited", retryAfterSeconds: 60 });
    const error = await read().catch((reason) => reason);
    expect(error).toBeInstanceOf(errors.RateLimitedError);
    expect(seam.requests.count(LIST)).toBe(1);
  });

  it("sends equal reads that are under way together once", async () => {
    seam.faults.add({ fault: "slow", ms: 50 });
    await Promise.all(Array.from({ length: 20 }, read));
    expect(seam.requests.count(LIST)).toBe(1);
    await read();
    expect(seam.requests.count(LIST)).toBe(2);
  });

  it("keeps at most 16 requests under way", async () => {
    seam.faults.add({ fault: "slow", ms: 30 });
    await Promise.all(Array.from({ length: 100 }, () => create()));
    expect(seam.requests.maxInFlight).toBeLessThanOrEqual(16);
    expect(seam.requests.maxInFlight).toBeGreaterThan(8);
  });

  it("follows no redirect, so that the key goes nowhere else", async () => {
    seam.faults.add({ fault: "answer", status: 307, headers: { location: `${seam.url}/elsewhere` } });
    await expect(read()).rejects.toThrow(/a redirect, which is not followed/);
    expect(seam.requests.count("/elsewhere")).toBe(0);
  });

  it("tells a refused connection from a lost answer", async () => {
    await seam.close();
    const error = await create().catch((reason) => reason);
    expect(error).toBeInstanceOf(errors.NotSentError);
    expect(error.message).toContain("Nothing was sent");
  });
});

describe("an error of Seam's", () => {
  const answer = (status: number, body?: unknown): FaultRule => ({
    fault: "answer",
    status,
    ...(body === undefined ? {} : { body }),
  });
  const seamError = (type: string, more: object = {}) => ({
    error: { type, message: "Because.", ...more },
    ok: false,
  });
  it.each([
    ["InvalidInputError", answer(400, seamError("invalid_input"))],
    ["UnauthorizedError", answer(401, seamError("unauthorized"))],
    ["UnauthorizedError", answer(400, seamError("missing_workspace_id"))],
    ["NotFoundError", answer(404, seamError("acs_credential_not_found"))],
    ["ConflictError", answer(409, seamError("conflict"))],
    ["ServerError", answer(404, "404")],
    ["ServerError", answer(404)],
    ["ServerError", answer(418, { teapot: true })],
    ["UnreadableReplyError", answer(200, "<html>")],
    ["UnreadableReplyError", answer(200, [1, 2])],
  ])("becomes a %s: %p", async (name, rule) => {
    seam.faults.add(rule);
    const error = await create().catch((reason) => reason);
    expect(error.name).toBe(name);
    expect(error).toBeInstanceOf(errors.SeamError);
  });

  it("says what failed, where, Seam's reason, each property, the request, and what to do", async () => {
    const validation = {
      _errors: [],
      ends_at: { _errors: ["Required"] },
      visionline_metadata: { card_format: { _errors: ["Bad"] } },
    };
    seam.faults.add(answer(400, seamError("invalid_input", { validation_errors: validation })));
    const { message } = await create().catch((reason) => reason);
    expect(message).toMatch(
      /^Cannot create acs_credential: POST \/acs\/credentials\/create answered 400 invalid_input "Because\.": endsAt: Required; visionlineMetadata\.cardFormat: Bad \(request \S+\)\. Change the named properties and run the command again\.$/,
    );
  });

  it("never holds the PIN or the key, even where Seam echoes them", async () => {
    seam.faults.add(
      answer(400, seamError("invalid_input", { message: `code 975310 of ${seam.apiKey} is taken` })),
    );
    const { message } = await create({ code: "975310" }).catch((reason) => reason);
    expect(message).toContain("code [secret] of [secret] is taken");
  });

  it("never holds a secret link, also where an id or a date stands in it", async () => {
    const id = "53f39f90-5113-4bdd-8432-acf328ce508c";
    for (const link of [`https://ik.example.com/${id}?x`, `${id}.2030-01-01`]) {
      seam.faults.add(
        answer(400, seamError("invalid_input", { message: `${link} of ${id} at 2030-01-01, code 2030` })),
      );
      const { message } = await create({ instant_key_url: link, code: "2030" }).catch((reason) => reason);
      expect(message).toContain(`"[secret] of ${id} at 2030-01-01, code [secret]"`);
      seam.faults.clear();
    }
  });

  it("is cut within no character", async () => {
    for (const before of ["", "x"]) {
      seam.faults.add(answer(400, seamError("invalid_input", { message: before + "😀".repeat(1200) })));
      const { message } = await create().catch((reason) => reason);
      expect(message.isWellFormed()).toBe(true);
      seam.faults.clear();
    }
  });

  it("stays short for a huge body that is not Seam's", async () => {
    seam.faults.add(answer(500, "x".repeat(1_000_000)));
    const { message } = await create().catch((reason) => reason);
    expect(message.length).toBeLessThan(3_000);
  });
});
