import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createServer } from "node:tls";
import type { ServerCertificate } from "./certificates";

export interface TlsFront {
  readonly port: number;
  /** Each connection's protocol (ALPN), and whether it took up the TLS session of one before it. */
  readonly connections: readonly { readonly protocol: string | false | null; readonly isResumed: boolean }[];
  close(): Promise<void>;
}

/** Speaks TLS before a server of this machine that speaks plain HTTP, and knows h2 by name only. */
export async function startTlsFront(behind: string, certificate: ServerCertificate): Promise<TlsFront> {
  const connections: TlsFront["connections"][number][] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ ...certificate, ALPNProtocols: ["h2", "http/1.1"] }, (socket) => {
    connections.push({ protocol: socket.alpnProtocol, isResumed: socket.isSessionReused() });
    const plain = connect(Number(new URL(behind).port), "127.0.0.1");
    for (const end of [socket, plain]) sockets.add(end.on("error", () => end.destroy()));
    socket.pipe(plain).pipe(socket);
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "0.0.0.0");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
