import type { ChildProcess } from "node:child_process";

const LINES_SHOWN = 12;

/** Waits for a child process; one that does not end well is an error with the last lines of its stderr. */
export async function finished(child: ChildProcess, what: string): Promise<void> {
  let printed = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    printed = (printed + text).slice(-8_192);
  });
  await new Promise<void>((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${what} did not start: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      const ending =
        signal === null ? `ended with exit code ${code}` : `was stopped (${signal}) before its end`;
      const lines = printed.trim().split("\n").slice(-LINES_SHOWN);
      reject(new Error([`${what} ${ending}`, ...lines.map((line) => `    ${line}`)].join("\n").trimEnd()));
    });
  });
}
