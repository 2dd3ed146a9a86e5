import { beginning } from "../values/show";
import { ConnectError, errorCode } from "./connect-error";
import { MAX_REPLY_BYTES, openPool } from "./connections";
import { NoAnswerError, NotSentError } from "./errors";
import type { SeamReply, SeamRequest, Send } from "./exchange";

export interface TransportOptions {
  /** How long one try may take until its whole answer is there. Seam's own limit is 30 s. */
  readonly tryTimeoutMs?: number;
  /** How long a connection may take to open. */
  readonly connectTimeoutMs?: number;
  /** A longer answer is cut off. */
  readonly maxReplyBytes?: number;
}

const EXCERPT_CHARACTERS = 200;

/** Sends requests to an endpoint. Redirects are replies, never followed: the key stays here. */
export function createTransport(
  endpoint: string,
  options: TransportOptions = {},
): Send & { close(): Promise<void> } {
  const tryTimeoutMs = options.tryTimeoutMs ?? 35_000;
  const base = new URL(endpoint);
  const maxReplyBytes = options.maxReplyBytes ?? MAX_REPLY_BYTES;
  const pool = openPool(base, options.connectTimeoutMs ?? 10_000, maxReplyBytes);
  const prefix = base.pathname.replace(/\/$/, "");
  const send = async (request: SeamRequest): Promise<SeamReply> => {
    // One clock for the whole try: headers and body time-outs of undici would start anew with every chunk.
    const timeLeft = request.deadline?.at === undefined ? tryTimeoutMs : request.deadline.at - Date.now();
    const timeoutMs = Math.max(1, Math.min(tryTimeoutMs, timeLeft));
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const reply = await pool.request({
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
      throw transportError(request, error, {
        timedOutMs: timeout.aborted ? timeoutMs : undefined,
        maxReplyBytes,
      });
    }
  };
  return Object.assign(send, { close: () => pool.destroy() });
}

function readBody(text: string): Pick<SeamReply, "json" | "excerpt"> {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { excerpt: beginning(text, EXCERPT_CHARACTERS) };
  }
}

function transportError(
  request: SeamRequest,
  error: unknown,
  { timedOutMs, maxReplyBytes }: { timedOutMs: number | undefined; maxReplyBytes: number },
) {
  const details = { action: request.action, path: request.path, cause: error };
  if (error instanceof ConnectError) {
    return new NotSentError({ ...details, reason: error.reason, advice: error.advice });
  }
  const code = errorCode(error);
  const reason =
    timedOutMs !== undefined
      ? `got no answer within ${Math.round(timedOutMs / 100) / 10} s`
      : code === "UND_ERR_RES_EXCEEDED_MAX_SIZE"
        ? `got an answer of more than ${maxReplyBytes} bytes`
        : `lost the connection before the answer was whole (${code ?? "connection closed"})`;
  return new NoAnswerError({
    ...details,
    reason,
    advice:
      "It may have been carried out. Run `pulumi refresh` to see what Seam holds, then the command again.",
  });
}
