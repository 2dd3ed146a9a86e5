import type * as Undici from "undici";
import { NoAnswerError, NotSentError } from "./errors";
import type { SeamReply, SeamRequest, Send } from "./exchange";

export interface TransportOptions {
  /** How long one try may take until its whole answer is there. Seam's own limit is 30 s. */
  readonly tryTimeoutMs?: number;
  /** How long a connection may take to open. */
  readonly connectTimeoutMs?: number;
}

/** No reply of Seam comes near this; beyond it, it is not Seam that answers. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;
const EXCERPT_CHARACTERS = 200;

/** One pool of kept-alive connections to an endpoint. Redirects are replies, never followed: the key stays here. */
export function createTransport(
  endpoint: string,
  options: TransportOptions = {},
): Send & { close(): Promise<void> } {
  const tryTimeoutMs = options.tryTimeoutMs ?? 35_000;
  const base = new URL(endpoint);
  const { Pool, request: sendOver } = loadUndici();
  const pool = new Pool(base.origin, {
    connections: 32,
    keepAliveTimeout: 30_000,
    connect: { timeout: options.connectTimeoutMs ?? 10_000 },
    maxResponseSize: MAX_REPLY_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const prefix = base.pathname.replace(/\/$/, "");
  const send = async (request: SeamRequest): Promise<SeamReply> => {
    // One clock for the whole try: headers and body time-outs of undici would start anew with every chunk.
    const timeLeft = request.deadlineAt === undefined ? tryTimeoutMs : request.deadlineAt - Date.now();
    const timeout = AbortSignal.timeout(Math.max(1, Math.min(tryTimeoutMs, timeLeft)));
    try {
      const reply = await sendOver.call(pool, {
        method: "POST",
        path: `${prefix}${request.path}`,
        headers: { "content-type": "application/json", accept: "application/json", ...request.headers },
        body: JSON.stringify(request.body),
        signal: timeout,
      });
      const text = await reply.body.text();
      const requestId = reply.headers["seam-request-id"];
      return {
        status: reply.statusCode,
        headers: reply.headers,
        requestId: typeof requestId === "string" ? requestId.slice(0, 100) : undefined,
        ...readBody(text),
      };
    } catch (error) {
      throw transportError(request, error, timeout.aborted, tryTimeoutMs);
    }
  };
  return Object.assign(send, { close: () => pool.destroy() });
}

/**
 * The parts of undici that are used, with the first request: a preview without changes sends none. The whole package
 * takes another 16 MB and 0.1 s in the process of every run. `package.json` pins undici, so its files stay in place.
 */
function loadUndici(): { readonly Pool: typeof Undici.Pool; readonly request: Undici.Dispatcher["request"] } {
  return {
    Pool: require("undici/lib/dispatcher/pool.js"),
    request: require("undici/lib/api/api-request.js"),
  };
}

function readBody(text: string): Pick<SeamReply, "json" | "excerpt"> {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { excerpt: text.slice(0, EXCERPT_CHARACTERS) };
  }
}

/** Node and undici codes that mean no byte of the request reached a server. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

function transportError(request: SeamRequest, error: unknown, timedOut: boolean, tryTimeoutMs: number) {
  const details = { action: request.action, path: request.path, cause: error };
  const code = errorCode(error);
  if (!timedOut && code !== undefined && NOT_SENT.has(code)) {
    return new NotSentError({
      ...details,
      reason: `could not reach the server (${code})`,
      advice: "Nothing was sent. Check seam:endpoint and the network, then run the command again.",
    });
  }
  const reason = timedOut
    ? `got no answer within ${Math.round(tryTimeoutMs / 1000)} s`
    : code === "UND_ERR_RES_EXCEEDED_MAX_SIZE"
      ? `got an answer of more than ${MAX_REPLY_BYTES} bytes`
      : `lost the connection before the answer was whole (${code ?? "connection closed"})`;
  return new NoAnswerError({
    ...details,
    reason,
    advice:
      "It may have been carried out. Run `pulumi refresh` to see what Seam holds, then the command again.",
  });
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return "cause" in error ? errorCode(error.cause) : undefined;
}
