// `npm run bench`: measures pulumi-seam on the real engine and writes docs/benchmarks.md. See docs/performance.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { type CyclePlan, runCycles, type Surroundings } from "./bench/cycles.mts";
import { importTime } from "./bench/imports.mts";
import { refreshInLargeWorkspace } from "./bench/large-workspace.mts";
import { runUnderLimit } from "./bench/limits.mts";
import { profile } from "./bench/profile.mts";
import { goalTable, writeReport } from "./bench/report.mts";
import { reports } from "./bench/reports.mts";
import { type Results, withoutPlanned } from "./bench/results.mts";
import { runScript } from "./bench/scripts.mts";
import { VARIANTS, type Variant } from "./bench/stack.mts";
import { takeOver } from "./bench/take-over.mts";
import { ensurePulumi } from "./setup/ensure-pulumi.mts";
import { ensureLanguageTools } from "./setup/language-tools.mts";

const USAGE = `npm run bench -- [options]

  (none)          100 and 1,000 credentials, about an hour on 2 cores
  --large         also 5,000, and 500 to compare with; half an hour more
  --quick         100 credentials only, about 5 minutes; writes no report unless --out says where
  --size N        of the cycles only those of N credentials; keeps what was measured of the others
  --variants A,B  of the compared programs only these; keeps what was measured of the others
  --rounds N      at most so many rounds of every comparison instead of 2 to 5
  --only A,B      of: cycles, scripts, imports, workspace, limits, take-over, reports; keeps what was measured of the others
  --report        measures nothing: writes the report again from the stored results
  --profile       instead: CPU profiles of program and provider for 1,000 credentials (--count N for another number,
                  --variants for other programs)
  --out DIR       where benchmarks.md and benchmarks/ go (default: docs)
`;

const ALL = ["cycles", "scripts", "imports", "workspace", "limits", "take-over", "reports"];
const COMMANDS = ["up", "preview", "refresh", "destroy"] as const;
const ROOT = join(import.meta.dirname, "..");

const { values: options } = parseArgs({
  options: {
    large: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    only: { type: "string" },
    size: { type: "string" },
    variants: { type: "string" },
    report: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    count: { type: "string", default: "1000" },
    out: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const began = performance.now();
const say = (line: string) => {
  const minutes = ((performance.now() - began) / 60_000).toFixed(1).padStart(5);
  console.log(`${minutes} min  ${line}`);
};

const out = options.out ?? (options.quick ? join(ROOT, "bench-results") : join(ROOT, "docs"));
const file = join(out, "benchmarks", "results.json");
const parts = options.only?.split(",") ?? ALL;
const chosen = options.variants?.split(",") ?? VARIANTS;
const problems = optionProblems();

if (options.help) console.log(USAGE);
else if (problems.length === 0) await main();
else {
  console.error(problems.join("\n"));
  process.exitCode = 2;
}

function optionProblems(): string[] {
  const unknown = parts.filter((part) => !ALL.includes(part));
  const unknownVariants = chosen.filter((variant) => !VARIANTS.includes(variant as Variant));
  const numbers = {
    "--rounds": options.rounds ?? "1",
    "--count": options.count,
    "--size": options.size ?? "1",
  };
  const needsStored = options.profile
    ? undefined
    : (["report", "only", "size", "variants"] as const).find((name) => options[name]);
  return [
    ...unknown.map((part) => `--only: there is no part "${part}". Parts are ${ALL.join(", ")}.`),
    ...unknownVariants.map(
      (name) => `--variants: there is no program "${name}". Programs are ${VARIANTS.join(", ")}.`,
    ),
    ...Object.entries(numbers)
      .filter(([, value]) => !/^[1-9]\d*$/.test(value))
      .map(([name, value]) => `${name}: "${value}" is not a whole number from 1.`),
    ...(needsStored && !existsSync(file)
      ? [`--${needsStored} builds on stored results, and there are none in ${file}. Run once without it.`]
      : []),
  ];
}

async function main(): Promise<void> {
  if (options.report) return writeReport(JSON.parse(readFileSync(file, "utf8")), out);
  const log = (line: string) => console.error(line);
  const { bin, version } = await ensurePulumi(log);
  const { yamlHost } = await ensureLanguageTools(log);
  const pulumiBin = [bin, yamlHost].join(delimiter);
  const surroundings: Surroundings = { pulumiBin, latencyMs: 20, say };
  if (options.profile) {
    const profiled = options.variants ? (chosen as Variant[]) : (["pulumi-seam", "plugin", "floor"] as const);
    return profile(Number(options.count), profiled, join(ROOT, "bench-profiles"), surroundings);
  }

  mkdirSync(join(out, "benchmarks"), { recursive: true });
  const results = startResults(version);
  const save = () => writeFileSync(file, `${JSON.stringify(results, undefined, 1)}\n`);
  await measure(results, surroundings, save);
  writeReport(results, out);
  say(`Report: ${join(out, "benchmarks.md")}`);
  console.log(goalTable(results));
}

/** Results are stored after every run, so that what was measured is there whatever happens later. */
async function measure(results: Results, surroundings: Surroundings, save: () => void): Promise<void> {
  if (parts.includes("imports")) {
    results.imports = [];
    for (let run = 0; run < 15; run++) results.imports.push(importTime());
    save();
  }
  if (parts.includes("limits")) {
    results.limits = [await runUnderLimit(1, 300, surroundings)];
    save();
    results.limits.push(await runUnderLimit(8, options.quick ? 40 : 100, surroundings));
    save();
  }
  if (parts.includes("workspace")) {
    results.largeWorkspace = await refreshInLargeWorkspace(options.quick ? 2_000 : 50_000, surroundings);
    save();
  }
  if (parts.includes("take-over")) {
    results.takeOvers = [];
    for (const credentials of options.quick ? [500] : [500, 5_000, 50_000]) {
      results.takeOvers.push(await takeOver(credentials, surroundings));
      save();
    }
  }
  if (parts.includes("reports")) {
    results.reports = [];
    const sizes = [
      { credentials: 500, doors: 500 },
      { credentials: 5_000, doors: 500 },
      { credentials: 50_000, doors: 2_000 },
    ];
    for (const size of options.quick ? sizes.slice(0, 1) : sizes) {
      results.reports.push(...(await reports(size, rounds(size.credentials < 50_000 ? 3 : 1), surroundings)));
      save();
    }
  }
  if (parts.includes("scripts")) {
    results.scripts = [];
    for (let round = 0; round < rounds(3); round++) {
      for (const count of options.quick ? [100] : [100, 1_000]) {
        for (const inFlight of [1, 8]) {
          results.scripts.push(await runScript(count, inFlight, surroundings));
          save();
        }
      }
    }
  }
  if (!parts.includes("cycles")) return;
  for (const plan of plans()) {
    results.cycles = withoutPlanned(results.cycles, plan);
    await runCycles(plan, surroundings, (cycle) => {
      results.cycles.push(cycle);
      save();
    });
  }
}

/** What says most comes first: a run that is ended early has it. */
function plans(): CyclePlan[] {
  return everyPlan()
    .filter(({ count }) => options.size === undefined || count === Number(options.size))
    .map((plan) => ({ ...plan, variants: plan.variants.filter((variant) => chosen.includes(variant)) }));
}

function everyPlan(): CyclePlan[] {
  const commands = COMMANDS;
  const small: CyclePlan[] = [
    { count: 100, checkpoints: false, rounds: rounds(5), variants: VARIANTS, commands },
    {
      count: 100,
      checkpoints: true,
      rounds: rounds(3),
      variants: ["pulumi-seam", "plugin", "floor", "textbook"],
      commands,
    },
  ];
  if (options.quick) return small;
  const variants = ["pulumi-seam", "plugin", "no-provider", "floor"] as const;
  const growth: CyclePlan[] = [
    { count: 500, checkpoints: false, rounds: rounds(3), variants, commands },
    { count: 5_000, checkpoints: false, rounds: rounds(2), variants, commands },
  ];
  return [
    { count: 1_000, checkpoints: false, rounds: rounds(4), variants: VARIANTS, commands },
    ...small,
    ...(options.large ? growth : []),
    // The state is written 2,000 times here: minutes a run, so only what the goal is about.
    {
      count: 1_000,
      checkpoints: true,
      rounds: rounds(2),
      variants: ["pulumi-seam", "plugin", "floor", "textbook"],
      commands: ["up"],
    },
  ];
}

function rounds(usual: number): number {
  return Math.min(usual, Number(options.rounds ?? usual));
}

function startResults(pulumi: string): Results {
  const machine = {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    pulumi,
  };
  const empty: Results = { machine, latencyMs: 20, cycles: [], scripts: [], imports: [], limits: [] };
  if ([options.only, options.size, options.variants].every((option) => option === undefined)) return empty;
  const stored = JSON.parse(readFileSync(file, "utf8")) as Results;
  const { processor } = stored.machine;
  const isOther = processor !== machine.processor;
  return { ...empty, ...stored, machine, ...(isOther && { formerProcessor: processor }) };
}
