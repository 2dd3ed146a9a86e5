import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const LONGEST_WORK_MS = 60 * 60_000;

/**
 * Runs `work` while no other process on this machine runs its own under the same lock file, and waits
 * for one that does. A lock whose process is gone, or that is over an hour old, counts for nothing.
 */
export async function withLock<T>(
  file: string,
  say: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  let told = false;
  while (!take(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else {
      if (!told) say(`Waiting for another process that installs the Pulumi CLI (its lock: ${file}) …`);
      told = true;
      await sleep(1_000);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isAbandoned(file: string): boolean {
  try {
    if (Date.now() - statSync(file).mtimeMs > LONGEST_WORK_MS) return true;
    const pid = Number(readFileSync(file, "utf8"));
    // Created, but its process has not written its number yet.
    if (pid === 0) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // ESRCH: no such process. Another user's process answers EPERM, a lock just released ENOENT.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
