import { whyStopped } from "../http/patience";
import type { Properties } from "../values/record";
import { PartialFailure } from "./errors";
import { poll } from "./poll";

/** Something that a created or updated object is waited for, bounded. */
export interface Wait<T> {
  /** Asked when the waiting would begin. */
  timeoutMs(object: T): number;
  done(object: T): boolean;
  /** What is wrong if it is not done in time, and Seam says nothing about it; left out, that is no failure. */
  readonly otherwise?: string;
  /** Told if it is not done in time. */
  inVain?(object: T): void;
}

/** An object that Seam has taken, and how to see when it is as declared. */
export interface Settling<T> {
  readonly id: string;
  /** Reads the object again. */
  read(): Promise<T>;
  /** Gone through one after the other. */
  readonly waits: readonly Wait<T>[];
  /** What Seam reports against it; then there is nothing more to wait for. */
  failures(object: T): readonly string[];
  /** What is not as declared when the waiting is over. */
  deviations(object: T): readonly string[];
  outputs(object: T): Properties;
  /** What is known to be wrong before. */
  readonly known: readonly string[];
}

/**
 * Waits until the object is as declared.
 * @returns its outputs
 * @throws PartialFailure with everything that is not as declared
 */
export async function settle<T>(first: T, settling: Settling<T>): Promise<Properties> {
  let object = first;
  const reasons = [...settling.known];
  try {
    for (const wait of settling.waits) {
      const timeoutMs = wait.done(object) ? 0 : wait.timeoutMs(object);
      if (timeoutMs <= 0) continue;
      const isOver = await poll({ timeoutMs }, async () => {
        object = await settling.read();
        return wait.done(object) || settling.failures(object).length > 0;
      });
      if (isOver) continue;
      const stopped = whyStopped();
      if (stopped === undefined) wait.inVain?.(object);
      if (wait.otherwise !== undefined) reasons.push(stopped ?? wait.otherwise);
    }
  } catch (error) {
    // The object exists: whatever happens while looking at it must not lose it.
    reasons.push(error instanceof Error ? error.message : String(error));
  }
  reasons.push(...settling.failures(object), ...settling.deviations(object));
  const outputs = settling.outputs(object);
  if (reasons.length > 0) throw new PartialFailure(settling.id, outputs, reasons);
  return outputs;
}
