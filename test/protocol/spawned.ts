import { spawn } from "node:child_process";
import * as net from "node:net";
import * as path from "node:path";

/** A process that serves the engine, and what stands for the engine. */
export interface Spawned {
  readonly port: string;
  /** The engine's address. */
  readonly engine: string;
  /** Everything the process has written. */
  output(): string;
  /** Lets the engine vanish, as when it is killed: nobody listens at its address any more. */
  killEngine(): Promise<void>;
  /** Resolves when the process has ended. */
  ended(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a script as the engine starts a provider, without any account in its environment.
 * @param running the address of an engine that has started another one
 */
export async function spawnProvider(
  script: string,
  environment: NodeJS.ProcessEnv,
  running?: string,
): Promise<Spawned> {
  const { SEAM_API_KEY: _key, SEAM_PERSONAL_ACCESS_TOKEN: _token, ...inherited } = process.env;
  // Stands for the engine: the provider process only ever looks whether somebody listens there.
  const engine = net.createServer((socket) => socket.destroy());
  if (running === undefined) await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
  const address = running ?? `127.0.0.1:${(engine.address() as net.AddressInfo).port}`;
  const child = spawn(process.execPath, [script, address], {
    cwd: path.join(__dirname, "../.."),
    env: { ...inherited, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  child.stderr?.on("data", (data) => {
    written += data;
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (data) => {
      written += data;
      const line = /^(\d+)\n/m.exec(written)?.[1];
      if (line) resolve(line);
    });
    child.once("exit", () => reject(new Error(`the provider process ended: ${written}`)));
  });
  const killEngine = async () => {
    if (engine.listening) await new Promise((resolve) => engine.close(resolve));
  };
  const ended = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((resolve) => child.once("exit", resolve));
  };
  return {
    port,
    engine: address,
    output: () => written,
    killEngine,
    ended,
    async stop() {
      await killEngine();
      const end = ended();
      child.kill("SIGKILL");
      await end;
    },
  };
}
