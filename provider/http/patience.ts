import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";

/** What the engine grants one operation. It goes along with the operation, so that no function has to hand it on. */
export interface Patience {
  /** When the operation has to have ended, in milliseconds since the epoch: the resource's `customTimeouts`. */
  readonly endsAt?: number | undefined;
  /** Aborted once the user has cancelled the run: what was sent is seen to its end, and nothing is waited for. */
  readonly cancelled?: AbortSignal | undefined;
}

const current = new AsyncLocalStorage<Patience>();

/** Does something that takes no longer than this; without it only the product's own limits hold. */
export function withPatience<T>(patience: Patience, act: () => Promise<T>): Promise<T> {
  return current.run(patience, act);
}

/** How much of these milliseconds the operation at hand may still take. */
export function timeLeft(mostMs: number): number {
  const { endsAt = Number.POSITIVE_INFINITY } = current.getStore() ?? {};
  return isCancelled() ? 0 : Math.min(mostMs, endsAt - Date.now());
}

/** When the operation at hand has to have ended; `undefined` where the engine has not said. */
export function operationEnd(): number | undefined {
  return current.getStore()?.endsAt;
}

/** Why the operation at hand waits for nothing any more, as a sentence; `undefined` while it may. */
export function whyStopped(waitedFor = "the lock system"): string | undefined {
  const end = `while ${waitedFor} was waited for. The next \`pulumi up\` looks again.`;
  if (isCancelled()) return `The run was cancelled ${end}`;
  if (timeLeft(Number.POSITIVE_INFINITY) > 0) return undefined;
  return `The time that the resource's customTimeouts give was over ${end}`;
}

export function isCancelled(): boolean {
  return current.getStore()?.cancelled?.aborted ?? false;
}

/** Waits, no longer than until the run is cancelled. */
export async function pause(milliseconds: number): Promise<void> {
  const { cancelled: signal } = current.getStore() ?? {};
  await sleep(milliseconds, undefined, signal && { signal }).catch((error: Error) => {
    if (error.name !== "AbortError") throw error;
  });
}
