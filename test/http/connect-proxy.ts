import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ServerCertificate } from "./certificates";

export interface ConnectProxy {
  readonly address: string;
  /** What tunnels were asked for, such as `seam.example.com:443`, and with which `Proxy-Authorization`. */
  readonly asked: readonly {
    readonly target: string | undefined;
    readonly authorization: string | undefined;
  }[];
  close(): Promise<void>;
}

export interface ConnectProxyOptions {
  /** All tunnels end here, whatever was asked for: names need no resolving. */
  readonly port?: number;
  /** Answers this to every CONNECT instead of opening a tunnel; "nothing": says nothing; "end": hangs up. */
  readonly answer?: number | "nothing" | "end";
  /** Opens tunnels for this user and password only. */
  readonly user?: string;
  /** Speaks TLS itself. */
  readonly certificate?: ServerCertificate;
}

/** A proxy as companies have them, on this machine. */
export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
  const asked: ConnectProxy["asked"][number][] = [];
  const sockets = new Set<Duplex>();
  const server = options.certificate ? createTlsServer(options.certificate) : createServer();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("connect", (request: IncomingMessage, socket: Duplex) => {
    const authorization = request.headers["proxy-authorization"];
    asked.push({ target: request.url, authorization });
    socket.on("error", () => socket.destroy());
    const expected = options.user && `Basic ${Buffer.from(options.user).toString("base64")}`;
    const answer = expected && authorization !== expected ? 407 : options.answer;
    if (answer === "nothing") return;
    if (answer === "end") return void socket.destroy();
    if (answer !== undefined) return void socket.end(`HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\n\r\n`);
    const target = connect(options.port ?? 0, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(target).pipe(socket);
    });
    sockets.add(target.on("error", () => socket.destroy()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `${options.certificate ? "https" : "http"}://127.0.0.1:${port}`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
