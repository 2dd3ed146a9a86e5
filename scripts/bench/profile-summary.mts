import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  timeDeltas: number[];
}

/** For each CPU profile of a folder: how long the process computed, and for which packages. */
export function summaries(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".cpuprofile"))
    .map((file) => {
      const profile: Profile = JSON.parse(readFileSync(join(folder, file), "utf8"));
      const shares = [...byPackage(profile)].sort(([, a], [, b]) => b - a).slice(0, 12);
      return `  ${file}: ${shares.map(([name, ms]) => `${name} ${(ms / 1_000).toFixed(2)} s`).join(", ")}`;
    });
}

function byPackage({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, owner(callFrame)]));
  const shares = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const name = owners.get(id) ?? "?";
    if (name !== "(idle)") shares.set(name, (shares.get(name) ?? 0) + (timeDeltas[index] ?? 0) / 1_000);
  }
  return shares;
}

function owner({ functionName, url }: Profile["nodes"][number]["callFrame"]): string {
  if (/^\((idle|program|garbage collector)\)$/.test(functionName)) return functionName;
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (installed) return installed;
  if (url.includes("/dist/")) return "pulumi-seam";
  return url.startsWith("node:") ? "node" : url === "" ? "native" : "the program";
}
