import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DefaultKeys, type Emulator, startEmulator } from "pulumi-seam/testing";

const CLI = join(__dirname, "../../dist/cli/main.js");
const PREVIEW = join(__dirname, "../report/changes/with-sames.json");

describe("output that cannot be written", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  const run = async (args: readonly string[]) => {
    const full = openSync("/dev/full", "w");
    const env = { ...process.env, SEAM_API_KEY: emulator.apiKey, SEAM_ENDPOINT: emulator.url, NO_COLOR: "1" };
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: tmpdir(),
      env,
      stdio: ["ignore", full, "pipe"],
    });
    let stderr = "";
    child.stderr?.on("data", (data) => {
      stderr += data;
    });
    const [code] = await once(child, "close");
    closeSync(full);
    return { code, stderr };
  };

  it.each([
    ["access", () => ["access", "--no-stack"]],
    ["access as JSON", () => ["access", "--no-stack", "--json"]],
    ["review", () => ["review", "--no-stack"]],
    ["offboard", () => ["offboard", "--no-stack", Object.values(emulator.ids.acsUsers)[0]]],
    ["changes", () => ["changes", "--no-stack", PREVIEW]],
    ["doctor", () => ["doctor"]],
  ] as const)("is said once, and ends %s with 1", async (_, args) => {
    expect(await run(args().map(String))).toEqual({
      code: 1,
      stderr: "The output could not be written, and is not whole: ENOSPC: no space left on device, write\n",
    });
  });
});
