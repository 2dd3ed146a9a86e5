import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { runInThisContext } from "node:vm";
import { killTree } from "./process-tree";

/**
 * What a test stack has on this machine: a temporary folder, and the `pulumi` processes that its test starts with
 * those that they start. They end with the test, and with this process, whether it exits or a signal ends it.
 */
interface Sandbox {
  readonly folder: string;
  readonly processes: Set<ChildProcess>;
  /** No process may run any more: one that is started after this ends at once. */
  isClosed: boolean;
}

/** In jest `process` is a copy that hears of no signal and no exit. This is the real one, everywhere. */
const realProcess = runInThisContext("process") as NodeJS.Process;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const CHILD_PROCESSES = "child_process";

const open = new Set<Sandbox>();
const current = new AsyncLocalStorage<Sandbox>();

/** Gives `work` a sandbox, and takes it away again whatever comes of the work. */
export async function inSandbox<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-seam-"));
  const sandbox: Sandbox = { folder, processes: new Set(), isClosed: false };
  if (open.size === 0) startWatching();
  open.add(sandbox);
  try {
    return await current.run(sandbox, () => work(folder));
  } finally {
    await close(sandbox);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    open.delete(sandbox);
    if (open.size === 0) stopWatching();
  }
}

/** Kills at once what still runs, and waits until it is gone. */
async function close(sandbox: Sandbox): Promise<void> {
  sandbox.isClosed = true;
  const children = [...sandbox.processes];
  const gone = children.map((child) => once(child, "exit"));
  for (const { pid } of children) if (pid !== undefined) killTree(pid);
  await Promise.all(gone);
}

function startWatching(): void {
  subscribe(CHILD_PROCESSES, onChildProcess);
  realProcess.on("exit", closeAll);
  // Before others' listeners, some of which only end the process if they are the only ones left.
  for (const signal of SIGNALS) realProcess.prependListener(signal, onSignal);
}

function stopWatching(): void {
  unsubscribe(CHILD_PROCESSES, onChildProcess);
  realProcess.off("exit", closeAll);
  stopListening();
}

function stopListening(): void {
  for (const signal of SIGNALS) realProcess.off(signal, onSignal);
}

/** A process was made in some test's course, and is started next. */
function onChildProcess(message: unknown): void {
  const sandbox = current.getStore();
  const { process: child } = message as { process: ChildProcess };
  if (sandbox === undefined) return;
  child.once("spawn", () => {
    if (!/^pulumi(\.exe)?$/.test(basename(child.spawnfile))) return;
    sandbox.processes.add(child);
    child.once("exit", () => sandbox.processes.delete(child));
    if (sandbox.isClosed && child.pid !== undefined) killTree(child.pid);
  });
}

/** Without this listener the signal would have ended the process, and so it does when nobody else listens. */
function onSignal(signal: NodeJS.Signals): void {
  closeAll();
  stopListening();
  if (realProcess.listenerCount(signal) === 0) realProcess.kill(realProcess.pid, signal);
}

/** Without waiting for anything: this process is about to end. */
function closeAll(): void {
  for (const sandbox of open) {
    void close(sandbox);
    rmSync(sandbox.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
