import * as echarts from "echarts";
import { minimum, type Results, series } from "./results.mts";
import { type Command, VARIANTS, type Variant } from "./stack.mts";

/** One picture of the report. */
export interface Plot {
  file: string;
  alt: string;
  svg: string;
}

const NAMES: Record<Variant, string> = {
  "pulumi-seam": "pulumi-seam",
  plugin: "plugin, from Node",
  yaml: "plugin, from YAML",
  "no-provider": "no provider",
  floor: "dynamic, does nothing",
  textbook: "textbook provider",
};
const COLOURS: Record<Variant, string> = {
  "pulumi-seam": "#4f46e5",
  plugin: "#0891b2",
  yaml: "#16a34a",
  "no-provider": "#cbd5e1",
  floor: "#94a3b8",
  textbook: "#f59e0b",
};
const COMMANDS = ["up", "preview", "refresh", "destroy"] as const;

/** Every picture for which the results hold the figures. */
export function plots(results: Results): Plot[] {
  return [...commandPlot(results), ...checkpointPlot(results), ...growthPlot(results), ...limitPlot(results)];
}

function commandPlot(results: Results): Plot[] {
  const best = (variant: Variant, command: Command) =>
    round(minimum(series(results, { variant, count: 1_000, checkpoints: false }, command)));
  if (!Number.isFinite(best("pulumi-seam", "up"))) return [];
  const svg = render({
    title: { text: "1,000 credentials, skipped checkpoints" },
    xAxis: { type: "category", data: [...COMMANDS] },
    yAxis: { type: "value", name: "seconds" },
    series: VARIANTS.map((variant) => ({
      type: "bar",
      name: NAMES[variant],
      itemStyle: { color: COLOURS[variant] },
      label: { show: true, position: "top", fontSize: 10 },
      data: COMMANDS.map((command) => best(variant, command)),
    })),
  });
  return [{ file: "commands.svg", alt: "Seconds of each command for 1,000 credentials", svg }];
}

function checkpointPlot(results: Results): Plot[] {
  const best = (variant: Variant, checkpoints: boolean) =>
    round(minimum(series(results, { variant, count: 1_000, checkpoints }, "up")));
  if (!Number.isFinite(best("pulumi-seam", true))) return [];
  const script = (inFlight: number) =>
    round(
      minimum(
        results.scripts
          .filter((run) => run.count === 1_000 && run.inFlight === inFlight)
          .map(({ seconds }) => seconds),
      ),
    );
  const rows: [name: string, seconds: number, colour: string][] = [
    ["script, 8 in flight", script(8), "#0d9488"],
    ["script, one by one", script(1), "#0d9488"],
    ...VARIANTS.map((variant): [string, number, string] => [
      `${NAMES[variant]}, skipped checkpoints`,
      best(variant, false),
      COLOURS[variant],
    ]),
    ...VARIANTS.map((variant): [string, number, string] => [
      `${NAMES[variant]}, default checkpoints`,
      best(variant, true),
      COLOURS[variant],
    ]),
  ];
  const shown = rows.filter(([, seconds]) => Number.isFinite(seconds)).reverse();
  const svg = render({
    title: { text: "Creating 1,000 credentials" },
    grid: { left: 290, right: 60, top: 50, bottom: 40 },
    xAxis: { type: "value", name: "s" },
    yAxis: { type: "category", data: shown.map(([name]) => name) },
    series: [
      {
        type: "bar",
        label: { show: true, position: "right", fontSize: 10 },
        data: shown.map(([, value, color]) => ({ value, itemStyle: { color } })),
      },
    ],
  });
  return [{ file: "creating.svg", alt: "Seconds to create 1,000 credentials", svg }];
}

function growthPlot(results: Results): Plot[] {
  const counts = [100, 500, 1_000, 5_000];
  const each = (variant: Variant) =>
    counts.flatMap((count) => {
      const fastest = minimum(series(results, { variant, count, checkpoints: false }, "up"));
      return Number.isFinite(fastest) ? [[count, round((fastest / count) * 1_000)]] : [];
    });
  if (each("pulumi-seam").length < 2) return [];
  const svg = render({
    title: { text: "up, skipped checkpoints: time per credential" },
    xAxis: { type: "log", name: "credentials", min: 50, max: 10_000, nameLocation: "middle", nameGap: 25 },
    yAxis: { type: "value", name: "ms each" },
    series: VARIANTS.map((variant) => ({
      type: "line",
      name: NAMES[variant],
      symbolSize: 8,
      lineStyle: { color: COLOURS[variant] },
      itemStyle: { color: COLOURS[variant] },
      data: each(variant),
    })),
  });
  return [{ file: "growth.svg", alt: "Milliseconds per credential by number of credentials", svg }];
}

function limitPlot(results: Results): Plot[] {
  const run = results.limits.find(({ stacks }) => stacks === 1);
  if (!run) return [];
  const svg = render({
    title: { text: `up of ${run.countEach} at ${run.perSecond} requests a second` },
    xAxis: { type: "value", name: "s" },
    yAxis: { type: "value", name: "created" },
    series: [
      {
        type: "line",
        name: "what the limit allows",
        symbol: "none",
        lineStyle: { color: "#94a3b8", type: "dashed" },
        itemStyle: { color: "#94a3b8" },
        data: [
          [0, run.capacity],
          [run.imposedSeconds, run.countEach],
        ],
      },
      {
        type: "line",
        name: NAMES["pulumi-seam"],
        symbol: "none",
        lineStyle: { color: COLOURS["pulumi-seam"] },
        itemStyle: { color: COLOURS["pulumi-seam"] },
        data: run.acceptedAt.map((at, index) => [round(at), index + 1]),
      },
    ],
  });
  return [{ file: "limit.svg", alt: "Credentials created over time under a limit", svg }];
}

function render(option: Record<string, unknown>): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 720, height: 360 });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: "#ffffff",
      grid: { left: 60, right: 60, top: 60, bottom: 95 },
      legend: { bottom: 5, itemGap: 16 },
      ...option,
    });
    return `${chart.renderToSVGString()}\n`;
  } finally {
    // Its timers would keep the process alive.
    chart.dispose();
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
