import { isRecord } from "../values/record";
import type { Effect, SeamReply } from "./exchange";

/** How one try ended: an answer, or an error with what is known about the request's fate. */
export type Outcome = { readonly reply: SeamReply } | { readonly fate: "not-sent" | "no-answer" };

/** A reply that says all there is to say. Success without readable JSON is an answer that got lost on its way. */
export function isAnswer(outcome: Outcome): boolean {
  if ("fate" in outcome) return false;
  const { status, json } = outcome.reply;
  return status < 300 ? json !== undefined : status < 400;
}

/** Whether Seam surely did nothing of what was asked: it never came there, or was refused at the door. */
export function wasNotCarriedOut(outcome: Outcome): boolean {
  return "fate" in outcome ? outcome.fate === "not-sent" : outcome.reply.status === 429;
}

/**
 * Whether a request may be sent again after this outcome. A create only where it surely was not executed:
 * Seam has no idempotency keys, so a second one would be a second credential.
 */
export function mayRetry(effect: Effect, outcome: Outcome): boolean {
  if ("fate" in outcome) return outcome.fate === "not-sent" || effect !== "create";
  const { status, json } = outcome.reply;
  if (status === 429) return effect !== "create" || isRecord(json);
  return effect !== "create" && (status >= 500 || status === 408 || status < 300 || isCutOff(outcome.reply));
}

/** JSON that cannot be read: a part of an answer. What is no JSON at all, such as a proxy's page, is somebody else's. */
function isCutOff({ json, excerpt, headers }: SeamReply): boolean {
  const type = headers["content-type"];
  return json === undefined && !!excerpt && String(type).startsWith("application/json");
}

const BASE_MS = 250;
const CAP_MS = 15_000;

/**
 * How long to wait before the next try, in milliseconds. `Retry-After` (seconds or an HTTP date) is
 * authoritative. Without it, a 429 waits in the limiter only, which keeps the pace of the whole process; anything
 * else gets full jitter: a wait between 0 and a limit that doubles with every try.
 *
 * @param failures how many tries have failed, from 1
 * @param random a number from 0 to 1
 */
export function retryDelayMs(failures: number, outcome: Outcome, now: number, random: number): number {
  const asked = "reply" in outcome ? retryAfterMs(outcome.reply.headers["retry-after"], now) : undefined;
  if (asked !== undefined) return asked;
  if ("reply" in outcome && outcome.reply.status === 429) return 0;
  return Math.round(random * Math.min(CAP_MS, BASE_MS * 2 ** (failures - 1)));
}

/** Milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3), or `undefined` if it says nothing readable. */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const at = httpDateMs(text);
  return at === undefined ? undefined : Math.max(0, at - now);
}

/** The moment of an HTTP date such as `Tue, 01 Jan 2030 00:00:20 GMT`, in milliseconds since the epoch. */
export function httpDateMs(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  const ms = text && /^[A-Za-z]{3,9}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
