import type { IncomingMessage } from "node:http";
import { fromQuery } from "../api/query";
import type { Route } from "../api/route";
import { invalidInput, SeamError } from "../world/errors";

/** The parameters of the query and of the body; the body's win. */
export function parametersOf(route: Route, request: IncomingMessage, text: string): Record<string, unknown> {
  const query = request.url?.split("?", 2)[1];
  const fromUrl = query ? (fromQuery(new URLSearchParams(query), route.queryKinds) as object) : {};
  return { ...fromUrl, ...bodyOf(request, text) };
}

/** Only no body at all is an empty one: a body that cannot be read must not become "list everything". */
function bodyOf(request: IncomingMessage, text: string): object {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") throw invalidInput(`The request's body is compressed (${encoding})`);
  if (text === "") return {};
  if (!request.headers["content-type"]?.includes("application/json"))
    throw new SeamError(
      400,
      "invalid_content_type",
      `${request.method} requests must have Content-Type header with "application/json"`,
    );
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalidInput("The request's body is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw invalidInput("The request's body is not a JSON object");
  return body;
}

export function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => resolve(text));
    request.on("error", reject);
  });
}
