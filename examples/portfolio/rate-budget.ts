import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** An address on this machine that passes requests on to Seam, all stacks' together at most so many a second. */
export async function startRateBudget(target: string, perSecond: number) {
  let nextAt = 0;
  const turn = async () => {
    const at = Math.max(Date.now(), nextAt);
    nextAt = at + 1000 / perSecond;
    await sleep(at - Date.now());
  };
  const server = createServer(async (request, response) => {
    try {
      const body = await bodyOf(request);
      await turn();
      const {
        authorization = "",
        "content-type": type = "application/json",
        "seam-workspace": workspace,
      } = request.headers;
      const reply = await fetch(new URL(request.url ?? "/", target), {
        method: request.method ?? "POST",
        headers: {
          authorization,
          "content-type": type,
          ...(workspace && { "seam-workspace": String(workspace) }),
        },
        redirect: "manual",
        ...(body.length > 0 && { body: new Uint8Array(body) }),
      });
      const passed = ["content-type", "date", "retry-after", "seam-request-id"].flatMap((name) => {
        const value = reply.headers.get(name);
        return value === null ? [] : [[name, value] as const];
      });
      response.writeHead(reply.status, Object.fromEntries(passed));
      response.end(Buffer.from(await reply.arrayBuffer()));
    } catch {
      // As if there were nothing between: the provider finds out what became of the request.
      request.socket.destroy();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
