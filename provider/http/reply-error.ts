import { isRecord } from "../values/record";
import { beginning } from "../values/show";
import { camelCase } from "../wire/names";
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  RateLimitedError,
  type SeamError,
  type SeamErrorDetails,
  ServerError,
  UnauthorizedError,
} from "./errors";
import type { SeamReply, SeamRequest } from "./exchange";

const MAX_REASON_CHARACTERS = 2000;

/** The error that a reply of 3xx, 4xx or 5xx means. Everything taken from the reply is masked by `mask`. */
export function replyError(
  request: SeamRequest,
  reply: SeamReply,
  mask: (text: string) => string,
): SeamError {
  const wire = wireError(reply.json);
  const answered = `answered ${reply.status}`;
  const details: Omit<SeamErrorDetails, "advice"> = {
    action: request.action,
    path: request.path,
    status: reply.status,
    type: wire?.type,
    requestId: reply.requestId,
    // gRPC for Node writes no text with half a character in it: it ends the process.
    reason: beginning(
      mask(wire ? `${answered} ${describe(wire)}` : `${answered}${unreadable(reply)}`),
      MAX_REASON_CHARACTERS,
    ),
  };
  const { status } = reply;
  if (status === 401 || status === 403 || wire?.type === "missing_workspace_id") {
    return new UnauthorizedError({
      ...details,
      advice:
        "Check seam:apiKey (or seam:personalAccessToken and seam:workspaceId). After a key was rotated, `pulumi destroy` and `pulumi refresh` still use the one stored by the last `pulumi up`: add --run-program.",
    });
  }
  // An unrouted path answers a bare 404 without JSON: only a typed *_not_found means gone.
  if (wire?.type.endsWith("_not_found")) {
    return new NotFoundError({
      ...details,
      advice:
        "Check the id and that it belongs to this workspace. If it was deleted outside Pulumi, run `pulumi refresh`.",
    });
  }
  if (status === 409) {
    return new ConflictError({
      ...details,
      advice: "Look at what exists already, then change the program or remove it.",
    });
  }
  if (status === 429) {
    return new RateLimitedError({
      ...details,
      advice:
        "Run the command again later, or with a smaller --parallel; what was done so far is in the state.",
    });
  }
  if (status >= 500) {
    return new ServerError({
      ...details,
      advice:
        "Seam is failing. Run the command again; if it keeps failing, give Seam's support the request id.",
    });
  }
  if (wire && status >= 400) {
    return new InvalidInputError({
      ...details,
      advice: "Change the named properties and run the command again.",
    });
  }
  return new ServerError({
    ...details,
    advice:
      "This is not how Seam answers. Check that seam:endpoint is Seam's address and that no proxy stands between.",
  });
}

interface WireError {
  readonly type: string;
  readonly message: string;
  readonly validationErrors: readonly string[];
}

function wireError(json: unknown): WireError | undefined {
  if (!isRecord(json) || !isRecord(json["error"]) || typeof json["error"]["type"] !== "string")
    return undefined;
  const { type, message, validation_errors: validation } = json["error"];
  return {
    type,
    message: typeof message === "string" ? message : "",
    validationErrors: validationErrors(validation),
  };
}

function describe(error: WireError): string {
  const details = error.validationErrors.length > 0 ? `: ${error.validationErrors.join("; ")}` : "";
  return `${error.type} "${error.message}"${details}`;
}

/** Seam's nested `{ _errors: [], property: { _errors: ["Required"] } }` as `property: Required`, in our names. */
function validationErrors(node: unknown, path = ""): string[] {
  if (!isRecord(node)) return [];
  const own = Array.isArray(node["_errors"])
    ? node["_errors"].filter((text) => typeof text === "string")
    : [];
  const here = own.map((text) => (path ? `${path}: ${text}` : text));
  const inside = Object.entries(node)
    .filter(([name]) => name !== "_errors")
    .flatMap(([name, child]) =>
      validationErrors(child, path ? `${path}.${camelCase(name)}` : camelCase(name)),
    );
  return [...here, ...inside];
}

function unreadable(reply: SeamReply): string {
  if (reply.status >= 300 && reply.status < 400) return " (a redirect, which is not followed)";
  if (reply.json !== undefined) return " with JSON that is not an error of Seam's";
  // Nobody knows what a stranger's page holds: a PIN, for one.
  const excerpt = reply.excerpt
    ?.replace(/\d{4,}/g, "[digits]")
    .replace(/\s+/g, " ")
    .trim();
  return excerpt ? ` with a body that is not JSON: ${JSON.stringify(excerpt)}` : " with an empty body";
}
