import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goals } from "./goals.mts";
import { plots } from "./plots.mts";
import { cyclesOf, median, minimum, type Results, series } from "./results.mts";
import { type Command, VARIANTS } from "./stack.mts";

const COMMANDS: readonly Command[] = ["up", "preview", "refresh", "destroy"];

/** Writes `benchmarks.md` and its pictures into a folder. */
export function writeReport(results: Results, folder: string): void {
  const pictures = join(folder, "benchmarks");
  mkdirSync(pictures, { recursive: true });
  const drawn = plots(results);
  for (const { file, svg } of drawn) writeFileSync(join(pictures, file), svg);
  const images = drawn.map(({ file, alt }) => `![${alt}](benchmarks/${file})`).join("\n\n");
  const { machine } = results;
  const text = `# Benchmarks

This page shows how long pulumi-seam takes, compared with other ways to create the same credentials. [Speed and rate
limits](performance.md) explains the figures. \`npm run bench\` writes this page; do not edit it.

The benchmarks run the real Pulumi engine (CLI ${machine.pulumi}, Node ${machine.node}) and a Seam emulator, in its own
process, that answers after ${results.latencyMs} ms, on ${machine.cores} cores (${machine.processor}) with
${machine.memoryGigabytes} GB. The state is in a folder. The compared programs take turns, each with a new stack and emulator.
Times are wall time, including the start of the CLI. Compare ratios, not seconds.${formerMachine(results)}${disturbance(results)}

- **pulumi-seam**: the classes for TypeScript. **plugin** and **yaml**: the same credentials with the provider plugin, from
  Node with short stack traces ([why](performance.md#with-the-plugin)) and from a YAML program.
- **no-provider**: the same number of component resources with the same inputs and outputs: what engine and SDK cost.
- **floor**: a dynamic resource with the same inputs and outputs whose provider does nothing and sends nothing.
- **textbook**: the dynamic provider in Pulumi's documentation: serialized class, Seam's official client, one GET per read.
- **script**: Seam's official client alone, which keeps no state.

## Goals

${goalTable(results)}

${images}

## Figures

${figures(results)}
${[scripts(results), takeOvers(results), reports(results)].filter(Boolean).join("\n")}`;
  writeFileSync(join(folder, "benchmarks.md"), text);
}

/** The goals as a table; also printed at the end of a run. */
export function goalTable(results: Results): string {
  const rows = goals(results).map(
    ({ what, bound, figure, holds }) => `| ${what} | ${bound} | ${figure} | ${holds ? "yes" : "**no**"} |`,
  );
  return ["| goal | at most | measured | holds |", "| --- | --- | --- | --- |", ...rows]
    .join("\n")
    .replace("| 2.00 x faster |", "| at least 2.00 x faster |");
}

function figures(results: Results): string {
  const counts = [...new Set(results.cycles.map(({ count }) => count))].sort((a, b) => a - b);
  return counts
    .flatMap((count) => [false, true].map((checkpoints) => figuresOf(results, count, checkpoints)))
    .filter(Boolean)
    .join("\n");
}

function figuresOf(results: Results, count: number, checkpoints: boolean): string {
  const rows = VARIANTS.flatMap((variant) => {
    const cycles = cyclesOf(results, { variant, count, checkpoints });
    if (cycles.length === 0) return [];
    const cells = COMMANDS.map((command) => {
      const wall = spread(series(results, { variant, count, checkpoints }, command));
      const processor = series(results, { variant, count, checkpoints }, command, "cpuSeconds");
      return wall && `${wall} (${minimum(processor).toFixed(1)})`;
    });
    const requests = cycles.flatMap((cycle) => cycle.requests.refresh ?? []);
    const memory = series(results, { variant, count, checkpoints }, "up", "providerMegabytes");
    return `| ${variant} | ${cycles.length} | ${cells.join(" | ")} | ${requests.length > 0 ? Math.max(...requests) : ""} | ${kilobytes(cycles.map(({ stateBytes }) => stateBytes / count))} | ${memory.length > 0 ? median(memory).toFixed(0) : ""} |`;
  });
  if (rows.length === 0) return "";
  return `### ${count.toLocaleString("en-US")} credentials, ${checkpoints ? "default" : "skipped"} checkpoints

Seconds: minimum / median (processor time of the CLI and what it starts, minimum).

| | runs | up | preview, no change | refresh | destroy | requests of refresh | state each, kB | provider, MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function scripts(results: Results): string {
  const kinds = new Map(results.scripts.map((run) => [`${run.count} ${run.inFlight}`, run]));
  if (kinds.size === 0) return "";
  const rows = [...kinds.values()].map(({ count, inFlight }) => {
    const runs = results.scripts.filter((run) => run.count === count && run.inFlight === inFlight);
    const name = inFlight === 1 ? "one by one" : `${inFlight} in flight`;
    return `| ${count.toLocaleString("en-US")}, ${name} | ${runs.length} | ${spread(runs.map(({ seconds }) => seconds))} |`;
  });
  return `### Creating with a script

| | runs | seconds |
| --- | --- | --- |
${rows.join("\n")}
`;
}

function takeOvers({ takeOvers = [] }: Results): string {
  if (takeOvers.length === 0) return "";
  const rows = takeOvers.map((run) => {
    const [credentials, imported] = [run.credentials, run.imported].map((count) =>
      count.toLocaleString("en-US"),
    );
    return `| ${credentials} | ${imported} | ${run.requests} | ${run.most} | ${run.seconds.toFixed(1)} | ${run.megabytes.toFixed(0)} | ${run.fileMegabytes.toFixed(0)} |`;
  });
  return `### Importing

\`pulumi-seam import\` of everything in a workspace with 500 doors, including a lobby that opens for everybody. *At most* is
the number of list pages, one request per door, two per access group, and ten.

| credentials | resources | requests | at most | seconds | memory, MB | import file, MB |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function reports({ reports: runs = [] }: Results): string {
  const kinds = new Map(runs.map((run) => [`${run.command} ${run.credentials}`, run]));
  if (kinds.size === 0) return "";
  const count = (number: number) => number.toLocaleString("en-US");
  const rows = [...kinds.values()].map((run) => {
    const same = runs.filter(
      ({ command, credentials }) => command === run.command && credentials === run.credentials,
    );
    const files = ["json", "csv", "html"].map((kind) => run.fileMegabytes[kind]?.toFixed(1) ?? "");
    return `| \`${run.command}\` | ${count(run.credentials)} | ${count(run.doors)} | ${count(run.rows)} | ${count(run.findings)} | ${same.length} | ${run.requests} | ${run.most} | ${spread(same.map(({ seconds }) => seconds))} | ${Math.max(...same.map(({ megabytes }) => megabytes)).toFixed(0)} | ${files.join(" / ")} |`;
  });
  return `### Who can open what

\`pulumi-seam access --at any --format json\`, and \`pulumi-seam review\` with files of all formats, of everything in such a
workspace. A stack declares every second credential. A row is one person at one door by one key.

| | credentials | doors | rows | findings | runs | requests | at most | seconds | memory, MB | JSON / CSV / HTML, MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

/** Seconds of two machines are not to be compared. */
function formerMachine({ machine, formerProcessor }: Results): string {
  if (formerProcessor === undefined || formerProcessor === machine.processor) return "";
  return ` Parts that
were not measured again are from an earlier run, on another machine (${formerProcessor}).`;
}

/** Says so when other work ran on the machine: then wall time is no measure. */
function disturbance({ cycles, machine }: Results): string {
  const load = median(cycles.map((cycle) => cycle.load));
  if (!(load > machine.cores * 1.5)) return "";
  return `

**Other work ran on the machine at the same time** (load average ${load.toFixed(0)} on ${machine.cores} cores): rely only on
requests, bytes, memory and processor time.`;
}

function spread(values: readonly number[]): string {
  if (values.length === 0) return "";
  return `${minimum(values).toFixed(1)} / ${median(values).toFixed(1)}`;
}

function kilobytes(bytes: readonly number[]): string {
  return (median(bytes) / 1_000).toFixed(2);
}
