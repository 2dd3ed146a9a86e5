import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { parseInput } from "../api/input";
import type { Route } from "../api/route";
import { ROUTES } from "../api/routes";
import type { Clock } from "../world/clock";
import type { Context } from "../world/context";
import { SeamError } from "../world/errors";
import type { Workspace } from "../world/store";
import type { Authorization } from "./authorization";
import type { Fault } from "./fault-rules";
import type { Faults } from "./faults";
import { parametersOf, readText } from "./parameters";
import type { RequestLog, RequestRecord } from "./request-log";

export interface ServerParts {
  clock: Clock;
  faults: Faults;
  requests: RequestLog;
  authorization: Authorization;
  contextOf(workspace: Workspace): Context;
  /** Answers `/_emulator/…`; what it throws is the client's mistake. */
  control(method: string, url: URL, body: unknown): unknown;
}

/** What is sent; `body` is JSON unless it is a string already. */
interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export function createEmulatorServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    const path = pathOf(request);
    const answered = path.startsWith("/_emulator")
      ? answerControl(parts, request, response)
      : answerSeam(parts, path, request, response);
    // Only a connection that broke while the request was read comes here.
    answered.catch(() => request.destroy());
  });
  // Clients under test keep connections for as long as they like.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  // Connections of clients keep nobody's process alive; whether the listening does, is `Emulator.ref`.
  server.on("connection", (socket) => socket.unref());
  return server;
}

async function answerSeam(
  parts: ServerParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const record = parts.requests.begin({
    at: parts.clock.now(),
    method: request.method ?? "",
    path,
    requestId: randomUUID(),
  });
  response.once("close", () => parts.requests.end());
  const text = await readText(request);
  const route = ROUTES.get(path);
  if (!route) return send(record, response, { status: 404, body: "404" });

  response.setHeader("seam-request-id", record.requestId);
  // Else Node writes the real time, and the emulator would stamp its objects by another clock than it tells.
  response.setHeader("date", new Date(parts.clock.nowMs()).toUTCString());
  let work: () => Answer;
  try {
    const admitted = parts.authorization.admit(request.headers, route);
    record.workspaceId = admitted.workspaceId;
    const raw = parametersOf(route, request, text);
    parts.requests.setBody(record, raw);
    const context = { ...parts.contextOf(admitted.workspace), visibleWorkspaces: admitted.visible, raw };
    work = () => answerRoute(route, context, record.method);
  } catch (error) {
    const refusal = errorAnswer(asSeamError(error));
    work = () => refusal;
  }
  const fault = parts.faults.next(path, record.workspaceId);
  record.fault = fault?.fault;
  if (fault) await play(fault, work, record, request, response);
  else send(record, response, work());
}

function answerRoute(route: Route, context: Context, method: string): Answer {
  try {
    if (!route.methods.has(method)) throw new SeamError(405, "method_not_allowed", "Method not allowed");
    const input = parseInput(route.input, context.raw);
    return { status: 200, body: { ...route.handle(context, input), ok: true } };
  } catch (error) {
    return errorAnswer(asSeamError(error));
  }
}

async function play(
  fault: Fault,
  work: () => Answer,
  record: RequestRecord,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if ("workIsDone" in fault && fault.workIsDone) work();
  switch (fault.fault) {
    case "rate-limited":
    case "token-bucket":
      return send(record, response, {
        ...errorAnswer(new SeamError(429, "rate_limit_exceeded", "Too many requests")),
        ...(fault.retryAfterSeconds !== undefined && {
          headers: { "retry-after": String(fault.retryAfterSeconds) },
        }),
      });
    case "internal-error":
      return send(
        record,
        response,
        errorAnswer(new SeamError(500, "internal_server_error", "Internal server error")),
      );
    case "unavailable":
      return send(record, response, { status: 503, body: "" });
    case "bad-gateway":
      return send(record, response, {
        status: 502,
        body: "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>",
        headers: { "content-type": "text/html" },
      });
    case "answer":
      return send(record, response, {
        status: fault.status,
        body: fault.body ?? "",
        headers: fault.headers ?? {},
      });
    case "reset-before-work":
      return reset(request);
    case "reset-after-work":
      work();
      return reset(request);
    case "timeout-before-work":
      return;
    case "timeout-after-work":
      work();
      return;
    case "slow": {
      const answer = work();
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return send(record, response, answer);
    }
    case "truncated-json": {
      const { status, body } = work();
      const text = JSON.stringify(body);
      return send(record, response, {
        status,
        body: text.slice(0, Math.ceil(text.length / 2)),
        headers: { "content-type": JSON_TYPE },
      });
    }
    case "wrong-content-type": {
      const answer = work();
      return send(record, response, { ...answer, headers: { "content-type": "text/plain" } });
    }
  }
}

async function answerControl(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const text = await readText(request);
  let answer: Answer;
  try {
    const body = text === "" ? {} : JSON.parse(text);
    answer = { status: 200, body: parts.control(request.method ?? "GET", url, body) ?? { ok: true } };
  } catch (error) {
    answer = { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
  response.writeHead(answer.status, { "content-type": JSON_TYPE }).end(JSON.stringify(answer.body));
}

const JSON_TYPE = "application/json; charset=utf-8";

function send(record: RequestRecord, response: ServerResponse, answer: Answer): void {
  record.status = answer.status;
  const isText = typeof answer.body === "string";
  const text = isText ? (answer.body as string) : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    "content-type": isText ? "text/plain; charset=utf-8" : JSON_TYPE,
    "content-length": Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}

function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

function errorAnswer(error: SeamError): Answer {
  const { type, message, validationErrors } = error;
  const details = { type, message, ...(validationErrors && { validation_errors: validationErrors }) };
  return { status: error.status, body: { error: details, ok: false } };
}

function asSeamError(error: unknown): SeamError {
  if (error instanceof SeamError) return error;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new SeamError(500, "internal_server_error", `The emulator failed: ${message}`);
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}
