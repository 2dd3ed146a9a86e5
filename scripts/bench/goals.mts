import { cyclesOf, median, minimum, type Results, type Selection, series } from "./results.mts";
import type { Command, Variant } from "./stack.mts";

/** One goal with what was measured for it. */
export interface Goal {
  what: string;
  bound: string;
  figure: string;
  holds: boolean;
}

const DOORS = 20;
const PAGE = 500;
const PARALLEL_PER_CORE = 4;

/** Every goal for which the results hold the figures. */
export function goals(results: Results): Goal[] {
  return [
    ...againstFloor(results, "up", { ...CLASSES, factor: 1.3, plusLatency: true }),
    ...againstFloor(results, "preview", { ...CLASSES, factor: 1.3 }),
    ...againstFloor(results, "up", { ...PLUGIN, factor: 1.2, plusLatency: true }),
    ...againstFloor(results, "preview", { ...PLUGIN, factor: 1.2 }),
    ...yamlFastest(results, "up"),
    ...yamlFastest(results, "preview"),
    ...againstTextbook(results),
    ...requestsOf(results, "preview", 0),
    ...againstFloor(results, "refresh", { ...DYNAMIC, factor: 1.15 }),
    ...requestsOf(results, "refresh", Math.ceil(1_000 / PAGE) + DOORS + 5),
    ...largeWorkspace(results),
    ...againstFloor(results, "destroy", { ...DYNAMIC, factor: 1.1, plusLatency: true }),
    ...stateSize(results),
    ...pluginState(results),
    ...memory(results),
    ...imports(results),
    ...growth(results),
    ...limits(results),
    ...takeOvers(results),
    ...reports(results),
  ];
}

const OURS = (count: number, checkpoints = false): Selection => ({
  variant: "pulumi-seam",
  count,
  checkpoints,
});
const OF = (variant: Variant): Selection => ({ variant, count: 1_000, checkpoints: false });

/** Who is compared with whom. */
interface Comparison {
  readonly ours: Variant;
  readonly floor: Variant;
}
const CLASSES: Comparison = { ours: "pulumi-seam", floor: "no-provider" };
const PLUGIN: Comparison = { ours: "plugin", floor: "no-provider" };
const DYNAMIC: Comparison = { ours: "pulumi-seam", floor: "floor" };
const NAMES: Partial<Record<Variant, string>> = { "no-provider": "no provider at all", floor: "the floor" };

/** Minima of interleaved runs; `plusLatency` adds what 1,000 requests take at the engine's parallelism. */
function againstFloor(
  results: Results,
  command: Command,
  {
    ours: variant,
    floor: base,
    factor,
    plusLatency = false,
  }: Comparison & { factor: number; plusLatency?: boolean },
): Goal[] {
  const seconds = (of: Variant, figure?: "cpuSeconds") => series(results, OF(of), command, figure);
  const [ours, floor] = [seconds(variant), seconds(base)];
  if (ours.length === 0 || floor.length === 0) return [];
  const latency = plusLatency ? latencyOf(results) : 0;
  const ratio = (minimum(ours) - latency) / minimum(floor);
  const medians = (median(ours) - latency) / median(floor);
  const cpu = minimum(seconds(variant, "cpuSeconds")) / minimum(seconds(base, "cpuSeconds"));
  return [
    {
      what: `\`${command}\` of 1,000${variant === "plugin" ? " by the plugin" : ""}, skipped checkpoints${plusLatency ? `, less ${latency.toFixed(1)} s of latency` : ""}`,
      bound: `${factor.toFixed(2)} x ${NAMES[base]}`,
      figure: `${ratio.toFixed(2)} x (medians ${medians.toFixed(2)} x; processor time ${cpu.toFixed(2)} x)`,
      holds: ratio <= factor,
    },
  ];
}

/** What 1,000 requests take at the engine's parallelism. */
function latencyOf({ machine, latencyMs }: Results): number {
  return (1_000 / (PARALLEL_PER_CORE * machine.cores)) * (latencyMs / 1_000);
}

function yamlFastest(results: Results, command: Command): Goal[] {
  const [yaml, classes, plugin] = (["yaml", "pulumi-seam", "plugin"] as const).map((variant) =>
    series(results, OF(variant), command),
  ) as [number[], number[], number[]];
  if (yaml.length === 0 || classes.length === 0 || plugin.length === 0) return [];
  const others = Math.min(minimum(classes), minimum(plugin));
  return [
    {
      what: `\`${command}\` of 1,000 from YAML, compared with Node, by classes or plugin`,
      bound: "1.00 x the faster one",
      figure: `${(minimum(yaml) / others).toFixed(2)} x (${minimum(yaml).toFixed(1)} s)`,
      holds: minimum(yaml) < others,
    },
  ];
}

function againstTextbook(results: Results): Goal[] {
  const ours = series(results, OURS(1_000, true), "up");
  const textbook = series(results, { variant: "textbook", count: 1_000, checkpoints: true }, "up");
  if (ours.length === 0 || textbook.length === 0) return [];
  const ratio = minimum(textbook) / minimum(ours);
  return [
    {
      what: "`up` of 1,000, default checkpoints, against the textbook provider",
      bound: "2.00 x faster",
      figure: `${ratio.toFixed(2)} x (medians ${(median(textbook) / median(ours)).toFixed(2)} x)`,
      holds: ratio >= 2,
    },
  ];
}

function requestsOf(results: Results, command: Command, bound: number): Goal[] {
  const counts = cyclesOf(results, OURS(1_000)).flatMap((cycle) => cycle.requests[command] ?? []);
  if (counts.length === 0) return [];
  const most = Math.max(...counts);
  return [
    {
      what: `requests of a \`${command}\` of 1,000`,
      bound: `${bound}`,
      figure: `${most}`,
      holds: most <= bound,
    },
  ];
}

function largeWorkspace({ largeWorkspace }: Results): Goal[] {
  if (!largeWorkspace) return [];
  const { credentials, requests } = largeWorkspace;
  const what = `requests of a \`refresh\` of 1 among ${credentials.toLocaleString("en-US")}`;
  return [{ what, bound: "3", figure: `${requests}`, holds: requests <= 3 }];
}

function stateSize(results: Results): Goal[] {
  const sizes = (selection: Selection) => cyclesOf(results, selection).map(({ stateBytes }) => stateBytes);
  const [ours, floor] = [sizes(OURS(1_000)), sizes(OF("floor"))];
  if (ours.length === 0 || floor.length === 0) return [];
  const ratio = median(ours) / median(floor);
  const bytes = Math.round(median(ours) / 1_000);
  return [
    {
      what: "state per credential",
      bound: "1.10 x the floor",
      figure: `${ratio.toFixed(2)} x (${bytes} bytes)`,
      holds: ratio <= 1.1,
    },
  ];
}

/** But for the traces, which are the SDK's: the classes alone can shorten theirs. */
function pluginState(results: Results): Goal[] {
  const sizes = (variant: Variant) =>
    cyclesOf(results, OF(variant)).map(({ stateBytes, traceBytes = 0 }) => stateBytes - traceBytes);
  const [plugin, classes] = [sizes("plugin"), sizes("pulumi-seam")];
  if (plugin.length === 0 || classes.length === 0) return [];
  const ratio = median(plugin) / median(classes);
  return [
    {
      what: "state per credential by the plugin, but for stack traces of the program",
      bound: "1.00 x that of the classes",
      figure: `${ratio.toFixed(2)} x (${Math.round(median(plugin) / 1_000)} bytes)`,
      holds: ratio < 1,
    },
  ];
}

function memory(results: Results): Goal[] {
  const most = (selection: Selection) => series(results, selection, "up", "providerMegabytes");
  const [ours, floor] = [most(OURS(1_000)), most(OF("floor"))];
  if (ours.length === 0 || floor.length === 0) return [];
  const above = median(ours) - median(floor);
  return [
    {
      what: "memory of the provider process, `up` of 1,000",
      bound: "60 MB above the floor",
      figure: `${above.toFixed(0)} MB above`,
      holds: above <= 60,
    },
  ];
}

function imports({ imports }: Results): Goal[] {
  if (imports.length === 0) return [];
  const fastest = minimum(imports.map(({ seamMs }) => seamMs));
  const middle = median(imports.map(({ seamMs }) => seamMs));
  const unwanted = [...new Set(imports.flatMap((time) => time.unwanted))];
  return [
    {
      what: "import of `pulumi-seam` after `@pulumi/pulumi`",
      bound: "40 ms, without zod and undici",
      figure: `${fastest.toFixed(0)} ms (median ${middle.toFixed(0)} ms)${unwanted.length > 0 ? `, loads ${unwanted.join(", ")}` : ""}`,
      holds: fastest <= 40 && unwanted.length === 0,
    },
  ];
}

function growth(results: Results): Goal[] {
  const [small, large] = [series(results, OURS(500), "up"), series(results, OURS(5_000), "up")];
  if (small.length === 0 || large.length === 0) return [];
  const each = { small: minimum(small) / 500, large: minimum(large) / 5_000 };
  const ratio = each.large / each.small;
  const ms = (seconds: number) => `${(seconds * 1_000).toFixed(1)} ms`;
  return [
    {
      what: "time per credential, `up` of 5,000 against 500, skipped checkpoints",
      bound: "1.20 x",
      figure: `${ratio.toFixed(2)} x (${ms(each.large)} against ${ms(each.small)})`,
      holds: ratio <= 1.2,
    },
  ];
}

function limits(results: Results): Goal[] {
  return results.limits.flatMap((run): Goal[] => {
    const what = `${run.stacks === 1 ? "`up`" : `${run.stacks} stacks at once, \`up\``} of ${run.countEach} at ${run.perSecond} requests a second`;
    const [waste, time] = [run.refused / run.requests, run.seconds / run.imposedSeconds];
    const allowed = run.stacks === 1 ? 0.05 : 0.1;
    const wasted: Goal = {
      what: `${what}: refused requests, failed resources`,
      bound: `${allowed * 100} %, 0 failed`,
      figure: `${(waste * 100).toFixed(1)} %, ${run.failed} failed`,
      holds: waste <= allowed && run.failed === 0,
    };
    if (run.stacks > 1) return [wasted];
    const timed: Goal = {
      what: `${what}: time`,
      bound: "1.15 x what the limit imposes",
      figure: `${time.toFixed(2)} x (${run.seconds.toFixed(1)} s)`,
      holds: time <= 1.15,
    };
    return [wasted, timed];
  });
}

function takeOvers({ takeOvers: runs = [] }: Results): Goal[] {
  const largest = runs.find(({ credentials }) => credentials === 50_000);
  return [
    ...runs.map(({ credentials, requests, most }) => ({
      what: `requests of an import of ${credentials.toLocaleString("en-US")} credentials at 500 doors`,
      bound: String(most),
      figure: String(requests),
      holds: requests <= most,
    })),
    ...(largest
      ? [
          {
            what: "import of 50,000 credentials at 500 doors",
            bound: "60 s",
            figure: `${largest.seconds.toFixed(1)} s (${largest.megabytes.toFixed(0)} MB)`,
            holds: largest.seconds <= 60,
          },
        ]
      : []),
  ];
}

function reports({ reports: runs = [] }: Results): Goal[] {
  return runs
    .filter(({ credentials }) => credentials === 50_000)
    .flatMap(({ command, doors, requests, seconds, megabytes, fileMegabytes: { html } }): Goal[] => {
      const what = `\`${command}\` of 50,000 credentials at ${doors.toLocaleString("en-US")} doors`;
      return [
        {
          what: `requests of a ${what}`,
          bound: "2,800",
          figure: requests.toLocaleString("en-US"),
          holds: requests <= 2_800,
        },
        {
          what,
          bound: "120 s, 400 MB",
          figure: `${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`,
          holds: seconds <= 120 && megabytes <= 400,
        },
        ...(html === undefined
          ? []
          : [
              {
                what: `HTML of a ${what}`,
                bound: "15 MB",
                figure: `${html.toFixed(1)} MB`,
                holds: html <= 15,
              },
            ]),
      ];
    });
}
