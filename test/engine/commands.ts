import { spawn } from "node:child_process";
import { join } from "node:path";
import type { TestStack } from "pulumi-seam/testing";

const CLI = join(__dirname, "../../dist/cli/main.js");

/** Runs `pulumi-seam` in the stack's project, as somebody would type it there. */
export function pulumiSeam(stack: TestStack, ...args: readonly string[]) {
  return start(stack, process.execPath, [CLI, ...args]).ended;
}

/** Starts a command in the stack's project and environment. @param input what it reads from standard input */
export function start(stack: TestStack, file: string, args: readonly string[], input = "") {
  const { workDir, envVars, pulumiHome } = stack.automation.workspace;
  const child = spawn(file, args, {
    cwd: workDir,
    env: { ...process.env, ...envVars, PULUMI_HOME: pulumiHome, NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    // Not "close": what a killed run leaves alive keeps its pipes open for a while.
    child.once("exit", (code) => setTimeout(() => resolve({ code, stdout, stderr }), 50));
  });
  return { child, ended };
}
