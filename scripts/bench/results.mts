import type { Command, Cost, Variant } from "./stack.mts";

/** Everything that a run of the benchmark measured, as it is stored. */
export interface Results {
  /** Of the run that wrote them last. */
  machine: { processor: string; cores: number; memoryGigabytes: number; node: string; pulumi: string };
  /** Of an earlier run, from which the parts are that were not measured again. */
  formerProcessor?: string;
  latencyMs: number;
  cycles: Cycle[];
  scripts: ScriptRun[];
  imports: ImportTime[];
  largeWorkspace?: { credentials: number; requests: number; seconds: number };
  limits: LimitRun[];
  takeOvers?: TakeOver[];
  reports?: ReportRun[];
}

/** An import of a workspace that was made by hand. */
export interface TakeOver {
  credentials: number;
  /** Resources of all kinds. */
  imported: number;
  requests: number;
  /** Pages, a request for each door, two for each access group, and ten. */
  most: number;
  seconds: number;
  /** The most that the process had. */
  megabytes: number;
  fileMegabytes: number;
}

/** A report of a whole workspace. */
export interface ReportRun {
  command: "access" | "review";
  credentials: number;
  doors: number;
  rows: number;
  findings: number;
  requests: number;
  /** Pages, a request for each door, two for each access group, and ten. */
  most: number;
  seconds: number;
  /** The most that the process had. */
  megabytes: number;
  /** By kind, of what `review` writes. */
  fileMegabytes: Record<string, number>;
}

/** One stack's life with one program. */
export interface Cycle {
  variant: Variant;
  count: number;
  checkpoints: boolean;
  round: number;
  costs: Partial<Record<Command, Cost>>;
  requests: Partial<Record<Command, number>>;
  /** After `up`. */
  stateBytes: number;
  /** Of these, the stack traces of the program that Pulumi stores with each resource. */
  traceBytes?: number;
  /** The machine's load average at the beginning: above the number of cores others were at work too. */
  load: number;
}

/** The official client in a script, without Pulumi. */
export interface ScriptRun {
  count: number;
  inFlight: number;
  seconds: number;
}

export interface ImportTime {
  pulumiMs: number;
  /** Of pulumi-seam after @pulumi/pulumi. */
  seamMs: number;
  /** Packages that only the provider process needs, were they loaded. */
  unwanted: string[];
}

/** Stacks that were deployed at the same time under a limit that only says 429. */
export interface LimitRun {
  stacks: number;
  countEach: number;
  capacity: number;
  perSecond: number;
  failed: number;
  requests: number;
  refused: number;
  /** From the first create to the last one. */
  seconds: number;
  /** What the limit itself imposes. */
  imposedSeconds: number;
  /** Seconds after the first create at which the accepted ones came. */
  acceptedAt: number[];
}

export function minimum(values: readonly number[]): number {
  return Math.min(...values);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export interface Selection {
  variant: Variant;
  count: number;
  checkpoints: boolean;
}

/** The results without the cycles that a plan measures again. */
export function withoutPlanned(
  cycles: readonly Cycle[],
  plan: { readonly count: number; readonly checkpoints: boolean; readonly variants: readonly Variant[] },
): Cycle[] {
  return cycles.filter(
    ({ count, checkpoints, variant }) =>
      count !== plan.count || checkpoints !== plan.checkpoints || !plan.variants.includes(variant),
  );
}

export function cyclesOf(results: Results, { variant, count, checkpoints }: Selection): Cycle[] {
  return results.cycles.filter(
    (cycle) => cycle.variant === variant && cycle.count === count && cycle.checkpoints === checkpoints,
  );
}

/** One figure of a command, from every round in which it ran. */
export function series(
  results: Results,
  selection: Selection,
  command: Command,
  figure: "seconds" | "cpuSeconds" | "providerMegabytes" = "seconds",
): number[] {
  return cyclesOf(results, selection).flatMap((cycle) => cycle.costs[command]?.[figure] ?? []);
}
