import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { peakOfProviders } from "./provider-memory.mts";

const ROOT = join(import.meta.dirname, "..", "..");
const PROGRAMS = join(import.meta.dirname, "programs");

/**
 * `pulumi-seam` is the classes, `plugin` and `yaml` are the provider plugin from Node and from YAML; `no-provider`,
 * `floor` and `textbook` are what they are compared with.
 */
export const VARIANTS = ["no-provider", "pulumi-seam", "plugin", "yaml", "floor", "textbook"] as const;
export type Variant = (typeof VARIANTS)[number];
export type Command = "up" | "preview" | "refresh" | "destroy";

/** What one command of the CLI took. */
export interface Cost {
  /** Wall time, the start of the CLI included. */
  seconds: number;
  /** Processor time of the CLI and its children. */
  cpuSeconds: number;
  /** The most memory that a provider process had resident; `undefined` where that cannot be seen. */
  providerMegabytes: number | undefined;
}

export interface StackOptions {
  variant: Variant;
  /** Folders of the `pulumi` executable and of the language host for YAML, as PATH has them. */
  pulumiBin: string;
  /** False: the state is written once, at the end. */
  checkpoints: boolean;
  env: Record<string, string>;
}

/** A stack of one of the benchmark's programs, on a backend in a temporary folder, driven by the CLI. */
export class BenchStack {
  readonly #root: string;
  readonly #cwd: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor({ variant, pulumiBin, checkpoints, env }: StackOptions) {
    this.#root = mkdtempSync(join(tmpdir(), "pulumi-seam-bench-"));
    for (const folder of ["backend", "home"]) mkdirSync(join(this.#root, folder));
    cpSync(PROGRAMS, join(this.#root, "programs"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(this.#root, "node_modules"), "junction");
    this.#cwd = join(this.#root, "programs", variant);
    // As docs/languages.md says for classes that are made from the schema.
    const traces = variant === "plugin" && { nodeargs: "--stack-trace-limit=1" };
    const nodejs = { name: "nodejs", options: { typescript: false, ...traces } };
    const project = { name: "bench", runtime: variant === "yaml" ? "yaml" : nodejs };
    // As installing the package does; a build leaves it a plain file.
    chmodSync(join(ROOT, "dist", "plugin", "pulumi-resource-seam.js"), 0o755);
    writeFileSync(join(this.#cwd, "Pulumi.yaml"), JSON.stringify(project));
    this.#env = {
      ...withoutSecrets(process.env),
      PATH: [join(ROOT, "node_modules", ".bin"), pulumiBin, process.env["PATH"]].join(delimiter),
      PULUMI_BACKEND_URL: pathToFileURL(join(this.#root, "backend")).href,
      PULUMI_HOME: join(this.#root, "home"),
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...(checkpoints ? {} : { PULUMI_SKIP_CHECKPOINTS: "true" }),
      ...env,
    };
    if (variant !== "yaml") return;
    execFileSync(process.execPath, ["write.cjs"], { cwd: this.#cwd, env: this.#env });
  }

  async init(): Promise<void> {
    await this.#pulumi(["stack", "init", "bench"]);
  }

  /** @param env variables for this command alone */
  run(command: Command, env: Record<string, string> = {}): Promise<Cost> {
    const flags = command === "preview" ? [] : ["--yes", "--skip-preview"];
    return this.#pulumi([command, ...flags, "--suppress-outputs", "--suppress-progress"], env);
  }

  /** The size of the stored state, and what of it are stack traces. */
  size(): { stateBytes: number; traceBytes: number } {
    const traces = this.#resources().map(({ stackTrace = [] }) => JSON.stringify({ stackTrace }).length);
    const traceBytes = traces.reduce((sum, bytes) => sum + bytes, 0);
    return { stateBytes: statSync(this.#stateFile()).size, traceBytes };
  }

  resourceCount(): number {
    return this.#resources().filter(({ type }) => !type.startsWith("pulumi:")).length;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #resources(): readonly { type: string; stackTrace?: object[] }[] {
    return JSON.parse(readFileSync(this.#stateFile(), "utf8")).checkpoint.latest?.resources ?? [];
  }

  #stateFile(): string {
    return join(this.#root, "backend", ".pulumi", "stacks", "bench", "bench.json");
  }

  async #pulumi(args: readonly string[], env: Record<string, string> = {}): Promise<Cost> {
    // `times` prints the processor time of everything that the CLI started and waited for.
    const script = 'pulumi "$@" --non-interactive --color never; code=$?; times >&3; exit $code';
    const began = performance.now();
    const child = spawn("/bin/sh", ["-c", script, "sh", ...args], {
      cwd: this.#cwd,
      env: { ...this.#env, ...env },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const memory = peakOfProviders(child.pid ?? 0);
    const { code, printed, times } = await ended(child);
    const seconds = (performance.now() - began) / 1000;
    const providerMegabytes = memory.stop();
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${printed.slice(-4_000)}`);
    return { seconds, cpuSeconds: cpuSeconds(times), providerMegabytes };
  }
}

function ended(child: ChildProcess): Promise<{ code: number | null; printed: string; times: string }> {
  let printed = "";
  let times = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text: Buffer) => {
      printed += text;
    });
  }
  child.stdio[3]?.on("data", (text: Buffer) => {
    times += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, printed, times }));
  });
}

/** The second line of the shell's `times`: user and system time of its children, such as `0m1.23s 0m0.45s`. */
function cpuSeconds(times: string): number {
  const line = times.trim().split("\n")[1] ?? "";
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

/** Nothing of the caller's may steer the runs or leak into them. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(PULUMI_|SEAM_|NODE_OPTIONS$)/.test(name)),
  );
}
