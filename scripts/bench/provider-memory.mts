import { readdirSync, readFileSync } from "node:fs";

const LOOK_EVERY_MS = 250;

/**
 * Watches the provider processes below a process, from outside.
 * @returns `stop`, which tells the most memory that one of them had resident, in megabytes; `undefined` where
 *   there is no /proc
 */
export function peakOfProviders(ancestor: number): { stop(): number | undefined } {
  const peaks: number[] = [];
  const timer = setInterval(() => {
    for (const pid of processes()) {
      if (!isProvider(pid) || !descendsFrom(pid, ancestor)) continue;
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1];
      if (peak) peaks.push(Number(peak) / 1024);
    }
  }, LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return peaks.length > 0 ? Math.max(...peaks) : undefined;
    },
  };
}

function processes(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function isProvider(pid: number): boolean {
  const [program, ...args] = read(`/proc/${pid}/cmdline`).split("\0");
  return (
    /node$/.test(program ?? "") && args.some((arg) => /cmd\/dynamic-provider|pulumi-resource-seam/.test(arg))
  );
}

function descendsFrom(pid: number, ancestor: number): boolean {
  for (let at = pid; at > 1; ) {
    if (at === ancestor) return true;
    // The name stands in brackets and may hold anything.
    at = Number(read(`/proc/${at}/stat`).split(") ").at(-1)?.split(" ")[1] ?? 0);
  }
  return false;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
