// Plays every kind of fault on every route and looks at what a client sees.
import type { Exchange, Target } from "./drive.mts";

interface Seen {
  status?: number;
  text?: string;
  contentType?: string;
  retryAfter?: string;
  failure?: "reset" | "timeout";
  ms: number;
}

// No answer ever comes to a time-out, so waiting longer proves no more; the others may be slow.
const TIMEOUT_MS = 300;
const PATIENCE_MS = 60_000;

/** A fault's rule and what a client has to see of it. */
const FAULTS: readonly [rule: Record<string, unknown>, isSeen: (seen: Seen) => boolean][] = [
  [{ fault: "rate-limited" }, (seen) => seen.status === 429 && seen.retryAfter === undefined],
  [{ fault: "rate-limited", retryAfterSeconds: 7 }, (seen) => seen.status === 429 && seen.retryAfter === "7"],
  [{ fault: "internal-error" }, (seen) => seen.status === 500 && isJson(seen)],
  [{ fault: "unavailable" }, (seen) => seen.status === 503 && seen.text === ""],
  [{ fault: "bad-gateway" }, (seen) => seen.status === 502 && seen.contentType === "text/html"],
  [{ fault: "answer", status: 418, body: { tea: true } }, (seen) => seen.status === 418 && isJson(seen)],
  [{ fault: "reset-before-work" }, (seen) => seen.failure === "reset"],
  [{ fault: "reset-after-work" }, (seen) => seen.failure === "reset"],
  [{ fault: "timeout-before-work" }, (seen) => seen.failure === "timeout"],
  [{ fault: "timeout-after-work" }, (seen) => seen.failure === "timeout"],
  [{ fault: "slow", ms: 30 }, (seen) => seen.status !== undefined && isJson(seen) && seen.ms >= 29],
  [{ fault: "truncated-json" }, (seen) => seen.status !== undefined && !isJson(seen)],
  [{ fault: "wrong-content-type" }, (seen) => seen.contentType?.startsWith("text/plain") === true],
  [{ fault: "token-bucket", capacity: 0, perSecond: 0 }, (seen) => seen.status === 429],
];

export const FAULT_COUNT = FAULTS.length;

/** For each route, the faults that a client did not see as they are documented. */
export async function playFaults(
  target: Target,
  exchanges: readonly Exchange[],
): Promise<Map<string, string[]>> {
  const first = new Map(exchanges.map((exchange) => [exchange.path, exchange.parameters]));
  const routes = [...first].map(async ([path, parameters]): Promise<[string, string[]]> => {
    const missed: string[] = [];
    for (const [rule, isSeen] of FAULTS) {
      const { id } = await control(target, "POST", "", { route: path, times: 1, ...rule });
      const patience = String(rule["fault"]).startsWith("timeout") ? TIMEOUT_MS : PATIENCE_MS;
      if (!isSeen(await send(target, path, parameters, patience))) missed.push(String(rule["fault"]));
      await control(target, "DELETE", `?id=${id}`);
    }
    return [path, missed];
  });
  return new Map(await Promise.all(routes));
}

async function control(
  { url }: Target,
  method: string,
  query: string,
  rule?: object,
): Promise<{ id: number }> {
  const answer = await fetch(`${url}/_emulator/faults${query}`, {
    method,
    ...(rule && { body: JSON.stringify(rule) }),
  });
  if (!answer.ok) throw new Error(`${method} /_emulator/faults: ${await answer.text()}`);
  return (await answer.json()) as { id: number };
}

async function send(
  { url, apiKey }: Target,
  path: string,
  parameters: object,
  patience: number,
): Promise<Seen> {
  const startedAt = performance.now();
  const took = () => performance.now() - startedAt;
  try {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(parameters),
      signal: AbortSignal.timeout(patience),
    });
    const retryAfter = response.headers.get("retry-after");
    return {
      status: response.status,
      text: await response.text(),
      contentType: response.headers.get("content-type") ?? "",
      ...(retryAfter !== null && { retryAfter }),
      ms: took(),
    };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return { failure: isTimeout ? "timeout" : "reset", ms: took() };
  }
}

function isJson({ text = "" }: Seen): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
