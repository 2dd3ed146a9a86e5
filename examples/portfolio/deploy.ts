import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { property } from "./property";
import { startRateBudget } from "./rate-budget";

export interface PortfolioOptions {
  /** Names of the access systems in Seam: one property and one stack each. */
  properties: readonly string[];
  /** Where Seam is. */
  endpoint: string;
  /** Stacks that are deployed at the same time. */
  concurrency: number;
  /** Requests a second, of all stacks together. */
  requestsPerSecond: number;
  /** Keeps what succeeded: with `resume` only the rest is deployed. */
  progressFile: string;
  resume: boolean;
  /** Further environment of the Pulumi commands. */
  env?: Record<string, string>;
}

export interface PropertyResult {
  property: string;
  result: "deployed" | "done before" | "failed";
  changes: number;
  seconds: number;
  error?: string;
}

/** Deploys every property, whatever becomes of the others. */
export async function deployPortfolio(options: PortfolioOptions): Promise<PropertyResult[]> {
  const done = new Set<string>(options.resume ? await readProgress(options.progressFile) : []);
  await writeFile(options.progressFile, JSON.stringify([...done]));
  const budget = await startRateBudget(options.endpoint, options.requestsPerSecond);
  // For the look-ups, which run in this process; the stacks' config stays free of this address.
  process.env["SEAM_ENDPOINT"] = budget.url;
  const waiting = [...options.properties.entries()];
  const results: PropertyResult[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, name] = next;
      const isDone = done.has(name);
      results[index] = isDone
        ? { property: name, result: "done before", changes: 0, seconds: 0 }
        : await deploy(name, { ...options.env, SEAM_ENDPOINT: budget.url });
      if (results[index].result === "deployed") {
        done.add(name);
        await writeFile(options.progressFile, JSON.stringify([...done]));
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: options.concurrency }, work));
  } finally {
    budget.close();
  }
  return results;
}

async function deploy(name: string, envVars: Record<string, string>): Promise<PropertyResult> {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 100) / 10;
  try {
    const stack = await LocalWorkspace.createOrSelectStack(
      {
        projectName: "portfolio",
        stackName: name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
        program: () => property(name),
      },
      { envVars },
    );
    const { summary } = await stack.up();
    const { same: _, ...changed } = summary.resourceChanges ?? {};
    const changes = Object.values(changed).reduce((sum, count) => sum + count, 0);
    return { property: name, result: "deployed", changes, seconds: seconds() };
  } catch (error) {
    return { property: name, result: "failed", changes: 0, seconds: seconds(), error: reasonOf(error) };
  }
}

/** The first line of a failed command that says why. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const reasons = [...text.matchAll(/\berror: (.*)$/gm)].map(([, reason = ""]) => reason);
  return reasons.find((reason) => reason !== "update failed") ?? text.split("\n")[0] ?? "";
}

async function readProgress(file: string): Promise<string[]> {
  return existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : [];
}

/** The results as a table for people. */
export function summary(results: readonly PropertyResult[]): string {
  const width = Math.max(...results.map(({ property }) => property.length));
  const lines = results.map(({ property, result, changes, seconds, error }) =>
    [property.padEnd(width), result.padEnd(11), `${changes} changes`.padEnd(12), `${seconds} s`, error ?? ""]
      .join("  ")
      .trimEnd(),
  );
  const failed = results.filter(({ result }) => result === "failed").length;
  const total = `${results.length - failed} of ${results.length} properties are as declared`;
  return [...lines, "", failed > 0 ? `${total}; run again with --resume` : total].join("\n");
}
