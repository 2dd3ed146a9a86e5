import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const FOLDER = join(__dirname, "ended-process");
const JEST = [
  require.resolve("jest/bin/jest"),
  "--runInBand",
  "--config",
  JSON.stringify({ rootDir: FOLDER, testMatch: ["**/in-jest.js"], reporters: [] }),
];

/** A person presses Ctrl-C, a CI job is cancelled, a test runner's time is over. */
describe("a process that ends in the middle of a test on a stack", () => {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "dies of %s, and leaves neither a folder nor a process behind",
    async (signal) => {
      const running = await started(["--eval", 'require("./a-test")()']);
      running.child.kill(signal);
      expect(await endOf(running)).toEqual({ code: null, signal });
    },
  );

  it("leaves no provider behind that was just about to start", async () => {
    const engineAndProvider = 3;
    const running = await started(["--eval", 'require("./a-test")()'], engineAndProvider);
    running.child.kill("SIGINT");
    expect(await endOf(running)).toEqual({ code: null, signal: "SIGINT" });
  });

  it("leaves nothing behind when jest runs the test", async () => {
    const running = await started(JEST);
    running.child.kill("SIGINT");
    expect(await endOf(running)).toEqual({ code: null, signal: "SIGINT" });
  });

  it("leaves nothing behind when it exits by itself", async () => {
    const running = await started([
      "--eval",
      'require("./a-test")(); process.on("SIGUSR2", () => process.exit(7))',
    ]);
    running.child.kill("SIGUSR2");
    expect(await endOf(running)).toEqual({ code: 7, signal: null });
  });

  it("goes on when somebody else minds the signal, without the stack", async () => {
    const running = await started([
      "--eval",
      'require("./a-test")().catch(() => undefined); process.on("SIGINT", () => setTimeout(() => process.exit(7), 1_000))',
    ]);
    running.child.kill("SIGINT");
    expect(await endOf(running)).toEqual({ code: 7, signal: null });
  });

  it("dies of the signal beside a library that passes it on only when nobody else listens", async () => {
    const running = await started([
      "--eval",
      'require("execa")("sleep", ["60"]).catch(() => undefined); require("./a-test")()',
    ]);
    running.child.kill("SIGINT");
    expect(await endOf(running)).toEqual({ code: null, signal: "SIGINT" });
  });

  it("has as many listeners after a stack as before", async () => {
    const script = `
      const { startEmulator, withStack } = require("pulumi-seam/testing");
      const count = () => ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((event) => process.listenerCount(event)).join();
      startEmulator().then(async (emulator) => {
        const before = count();
        const during = await withStack({ emulator, program: async () => {} }, async () => count());
        console.log(JSON.stringify({ before, during, after: count() }));
        await emulator.close();
      });`;
    const printed = JSON.parse(
      execFileSync(process.execPath, ["--eval", script], { cwd: FOLDER, encoding: "utf8" }),
    );
    expect(printed.after).toBe(printed.before);
    expect(printed.during).not.toBe(printed.before);
  });
});

const children: ChildProcess[] = [];

interface Running {
  readonly child: ChildProcess;
  readonly folder: string;
  /** Process numbers of the engine, the provider and what else belongs to the test. */
  readonly descendants: readonly number[];
}

/** Starts Node, and waits until its stack has a create under way, or until so many processes run for it. */
async function started(args: readonly string[], processes?: number): Promise<Running> {
  const child = spawn(process.execPath, args, { cwd: FOLDER, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const folder = dirname((await lines.next()).value ?? "");
  expect(existsSync(folder)).toBe(true);
  if (processes === undefined) await lines.next();
  else while (descendantsOf(child.pid ?? 0).length < processes) await sleep(20);
  return { child, folder, descendants: descendantsOf(child.pid ?? 0) };
}

async function endOf({ child, folder, descendants }: Running) {
  const [code, signal] = await once(child, "exit", { signal: AbortSignal.timeout(5_000) });
  expect(existsSync(folder)).toBe(false);
  await sleep(1_000);
  expect(descendants.filter(isRunning)).toEqual([]);
  expect(existsSync(folder)).toBe(false);
  return { code, signal };
}

function descendantsOf(pid: number): number[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const processes = listed
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = processes.flatMap(([own, parent]) => (parent === pid && own !== undefined ? [own] : []));
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** One that has ended and waits for its parent to look is still listed, as a zombie. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}
