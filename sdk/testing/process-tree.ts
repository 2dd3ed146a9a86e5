import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Ends a process at once with all that it has started: an engine that is killed leaves its plugins running. */
export function killTree(pid: number): void {
  try {
    if (process.platform === "win32") execFileSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    // Parents first, so that none starts another child meanwhile.
    else for (const member of [pid, ...descendantsOf(pid, parents())]) kill(member);
  } catch {
    kill(pid);
  }
}

function descendantsOf(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const children = [...parents].flatMap(([child, parent]) => (parent === pid ? [child] : []));
  return [...children, ...children.flatMap((child) => descendantsOf(child, parents))];
}

/** The parent of every process. */
function parents(): Map<number, number> {
  if (process.platform !== "linux") return parentsByPs();
  // Small images have no ps.
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return new Map(pids.map((pid) => [pid, parentOf(pid)]));
}

function parentOf(pid: number): number {
  try {
    // "<pid> (<name>) <state> <parent> …", and the name may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 1).split(" ")[2]);
  } catch {
    return 0;
  }
}

function parentsByPs(): Map<number, number> {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
