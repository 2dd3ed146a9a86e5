import { NoAnswerError, NotSentError, RateLimitedError } from "../../provider/http/errors";
import type { Effect, SeamReply } from "../../provider/http/exchange";
import { retry } from "../../provider/http/retry";

jest.setTimeout(20_000);

const DETAILS = { action: "do it", path: "/do", reason: "failed", advice: "Wait." };
const lost = new NoAnswerError(DETAILS);
const unsent = new NotSentError(DETAILS);
const heldBack = new RateLimitedError(DETAILS);
const reply = (status: number): SeamReply => ({ status, headers: {}, json: {} });
const refused = reply(429);

/** How a request ends whose tries end like this, the last one for ever. */
async function ends(effect: Effect, ...tries: readonly (Error | SeamReply)[]): Promise<unknown> {
  const left = [...tries];
  const send = retry({ maxTries: 3 })(async () => {
    const next = left.length > 1 ? left.shift() : left[0];
    if (next instanceof Error) throw next;
    return next as SeamReply;
  });
  const deadline = { limitMs: 1_000, askedAt: Date.now(), at: Date.now() + 1_000 };
  return send({ path: "/do", body: {}, effect, action: "do it", deadline }).catch((error) => error);
}

describe("a change that one try may have carried out", () => {
  it.each(["update", "delete"] as const)("is never reported as not sent: %s", async (effect) => {
    expect(await ends(effect, lost, unsent)).toBe(lost);
    expect(await ends(effect, lost, heldBack)).toBe(lost);
    const failed = reply(500);
    expect(await ends(effect, failed, unsent)).toBe(failed);
    expect(await ends(effect, failed, refused)).toBe(failed);
  });

  it("ends with what Seam says in the end, when it says something", async () => {
    const [gone, done] = [reply(404), reply(200)];
    expect(await ends("delete", lost, gone)).toBe(gone);
    expect(await ends("update", lost, unsent, done)).toBe(done);
  });

  it("is reported as not sent when no try was", async () => {
    expect(await ends("update", unsent)).toBe(unsent);
    expect(await ends("create", unsent, refused, heldBack)).toBe(heldBack);
  });
});

it("a read ends with what came last, since it changes nothing", async () => {
  expect(await ends("read", lost, unsent)).toBe(unsent);
});
