import * as http from "node:http";
import * as https from "node:https";
import { isIP, type Socket } from "node:net";
import type * as Undici from "undici";
import { ConnectError, cannotPassProxy, cannotReachServer, TunnelRefusedError } from "./connect-error";
import { type HttpProxy, proxyFor } from "./proxy";

/** No reply about a few objects comes near this; beyond it, it is not Seam that answers. */
export const MAX_REPLY_BYTES = 32 * 1024 * 1024;
/** Lists without pages can be large: a lobby that opens to 50,000 credentials is one reply of 40 MB. */
export const MAX_LIST_BYTES = 256 * 1024 * 1024;

/**
 * One pool of kept-alive connections to an endpoint, direct or through the proxy that the environment names. A request
 * fails with a `ConnectError` when there was no connection for it, and only then.
 */
export function openPool(endpoint: URL, connectTimeoutMs: number, maxReplyBytes: number): Undici.Pool {
  const { Pool, buildConnector } = loadUndici();
  const proxy = proxyFor(endpoint);
  const toServer = buildConnector({ timeout: connectTimeoutMs });
  const connect = proxy ? throughTunnel(proxy, endpoint, connectTimeoutMs, toServer) : toServer;
  return new Pool(endpoint.origin, {
    connections: 32,
    keepAliveTimeout: 30_000,
    maxResponseSize: maxReplyBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (target, callback) =>
      connect(target, (...[error, socket]) => {
        if (!error) return callback(null, socket);
        callback(error instanceof ConnectError ? error : cannotReachServer(error), null);
      }),
  });
}

/** With the first request, since a preview without changes sends none: it takes 7 MB and up to 0.1 s. */
function loadUndici(): typeof Undici {
  return require("undici");
}

/** Has the proxy open a way to the endpoint (CONNECT), then speaks TLS with the endpoint on it. */
function throughTunnel(
  proxy: HttpProxy,
  endpoint: URL,
  timeoutMs: number,
  toServer: Undici.buildConnector.connector,
): Undici.buildConnector.connector {
  const target = `${endpoint.hostname}:${endpoint.port || 443}`;
  return (options, callback) => {
    openTunnel(proxy, target, timeoutMs).then(
      (httpSocket) => toServer({ ...options, httpSocket }, callback),
      (error) => callback(cannotPassProxy(error, proxy.address), null),
    );
  };
}

function openTunnel(proxy: HttpProxy, target: string, timeoutMs: number): Promise<Socket> {
  const { protocol, hostname } = new URL(proxy.address);
  const { request } = protocol === "https:" ? https : http;
  const authorization = proxy.authorization && { "proxy-authorization": proxy.authorization };
  return new Promise<Socket>((resolve, reject) => {
    const connect = request(proxy.address, {
      method: "CONNECT",
      path: target,
      headers: { host: target, ...authorization },
      // Else the target's name, which stands in the headers, would be looked for in the proxy's certificate.
      servername: isIP(hostname.replace(/^\[|\]$/g, "")) ? "" : hostname,
      agent: false,
    });
    const clock = setTimeout(() => connect.destroy(new Error("no answer")), timeoutMs);
    connect
      .once("connect", ({ statusCode }, socket) => {
        clearTimeout(clock);
        if (statusCode === 200) return resolve(socket);
        socket.destroy();
        reject(new TunnelRefusedError(statusCode));
      })
      .once("error", (error) => {
        clearTimeout(clock);
        reject(error);
      })
      .end();
  });
}
