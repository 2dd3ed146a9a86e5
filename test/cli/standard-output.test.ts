import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const CLI = join(__dirname, "../../dist/cli/main.js");

/** `pulumi-seam changes` of an empty preview. */
function changes(stdout: number | "pipe") {
  const child = spawn(process.execPath, [CLI, "changes", "--json"], { stdio: ["pipe", stdout, "pipe"] });
  child.stdin?.end('{"steps":[]}');
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, ended, stderr: child.stderr ? text(child.stderr) : Promise.resolve("") };
}

describe("a command whose output cannot be written", () => {
  it("says so in a sentence, and ends with 1", async () => {
    // Stands for a full disk.
    const readOnly = openSync(__filename, "r");
    const { ended, stderr } = changes(readOnly);
    closeSync(readOnly);
    expect(await ended).toBe(1);
    expect(await stderr).toMatch(/^Standard output cannot be written: EBADF: bad file descriptor, write$/m);
    expect(await stderr).not.toMatch(/^ +at /m);
  });

  it("ends as usual where its reader has stopped reading", async () => {
    const { child, ended, stderr } = changes("pipe");
    child.stdout?.destroy();
    expect(await ended).toBe(0);
    expect(await stderr).not.toMatch(/EPIPE|^ +at /m);
  });
});
