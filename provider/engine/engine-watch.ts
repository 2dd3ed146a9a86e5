import * as net from "node:net";

/**
 * A killed engine leaves its provider processes alive, with their calls under way. Nobody reads those answers any
 * more, so nothing may be sent a second time, and the process should end.
 */

const LOOK_EVERY_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** Longer than one try of a request takes: what was sent before the engine vanished may still be answered. */
const LINGER_MS = 40_000;

/** True when the engine that started this process still answers, or when no engine did. */
export function engineAnswers(address: string | undefined = engineAddress()): Promise<boolean> {
  if (address === undefined) return Promise.resolve(true);
  const [host, port] = split(address);
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => end(true));
    // Only a refusal says that nobody is there; a slow machine is no reason to give up work.
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code !== "ECONNREFUSED"));
    socket.once("timeout", () => end(true));
  });
}

/** Ends this process soon after its engine has vanished: at once when idle, else when the last request has ended. */
export function endWithEngine(isIdle: () => boolean): void {
  const address = engineAddress();
  if (address === undefined) return;
  let vanishedAt: number | undefined;
  const timer = setInterval(async () => {
    vanishedAt ??= (await engineAnswers(address)) ? undefined : Date.now();
    if (vanishedAt !== undefined && (isIdle() || Date.now() - vanishedAt > LINGER_MS)) process.exit(1);
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** The address that the engine passes to a provider process as its only argument. */
export function engineAddress(): string | undefined {
  const [, script, address] = process.argv;
  return script &&
    /dynamic-provider|pulumi-resource-seam/.test(script) &&
    address &&
    /^[^/\s]+:\d+$/.test(address)
    ? address
    : undefined;
}

function split(address: string): [string, number] {
  const colon = address.lastIndexOf(":");
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}
