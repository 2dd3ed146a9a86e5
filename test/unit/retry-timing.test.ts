import type { Effect, SeamReply } from "../../provider/http/exchange";
import { mayRetry, type Outcome, retryAfterMs, retryDelayMs } from "../../provider/http/retry-timing";

jest.setTimeout(20_000);

const NOW = Date.parse("2030-01-01T00:00:00Z");
const SEAM_429 = { error: { type: "rate_limited", message: "Too many requests" }, ok: false };

function reply(status: number, json?: unknown, headers: SeamReply["headers"] = {}): Outcome {
  return { reply: { status, json, headers } };
}

/** A 404 whose body cannot be read. */
function cutOff(type: string): Outcome {
  return { reply: { status: 404, excerpt: '{"error":{"type":"acs_us', headers: { "content-type": type } } };
}

describe("what may be sent again", () => {
  const outcomes: [string, Outcome, boolean, boolean][] = [
    // outcome, repeatable, create
    ["a connection refused", { fate: "not-sent" }, true, true],
    ["a connection lost", { fate: "no-answer" }, true, false],
    ["429 as JSON", reply(429, SEAM_429), true, true],
    ["429 from somebody else", reply(429), true, false],
    ["500", reply(500, { error: { type: "internal_server_error" } }), true, false],
    ["503 with empty body", reply(503), true, false],
    ["408", reply(408), true, false],
    ["404 cut off in the middle", cutOff("application/json; charset=utf-8"), true, false],
    ["404 as a page of somebody else's", cutOff("text/html"), false, false],
    ["200 cut off in the middle", reply(200), true, false],
    ["400", reply(400, { error: { type: "invalid_input" } }), false, false],
    ["401", reply(401, { error: { type: "unauthorized" } }), false, false],
    ["404", reply(404, { error: { type: "acs_credential_not_found" } }), false, false],
  ];
  it.each(outcomes)("after %s", (_, outcome, repeatable, create) => {
    for (const effect of ["read", "update", "delete"] satisfies Effect[])
      expect(mayRetry(effect, outcome)).toBe(repeatable);
    expect(mayRetry("create", outcome)).toBe(create);
  });
});

describe("the wait before sending again", () => {
  it.each([
    ["3", 3000],
    ["0", 0],
    ["1.5", 1500],
    ["Tue, 01 Jan 2030 00:00:20 GMT", 20_000],
    ["Mon, 31 Dec 2029 23:00:00 GMT", 0],
  ])("obeys Retry-After: %s", (header, ms) => {
    expect(retryDelayMs(1, reply(429, SEAM_429, { "retry-after": header }), NOW, 0.9)).toBe(ms);
  });

  it.each([undefined, "", "soon", "-3"])("takes Retry-After %p for not given", (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  });

  it.each([
    [1, 250],
    [2, 500],
    [3, 1000],
    [7, 15_000],
    [50, 15_000],
  ])("is anything up to a limit that doubles, after failure %d up to %d ms", (failures, limit) => {
    expect(retryDelayMs(failures, reply(500), NOW, 0)).toBe(0);
    expect(retryDelayMs(failures, reply(500), NOW, 1)).toBe(limit);
  });
});
