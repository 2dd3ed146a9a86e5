import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

it("`npm run state:record` leaves the state of a release as it is", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-record-"));
  try {
    const state = join(folder, "test/upgrade/1.2.0/state.json");
    mkdirSync(join(state, ".."), { recursive: true });
    writeFileSync(state, "what users have");
    writeFileSync(join(folder, "package.json"), '{ "version": "1.2.0" }');
    cpSync(join(ROOT, "scripts/record-state.mts"), join(folder, "scripts/record-state.mts"));
    symlinkSync(join(ROOT, "dist"), join(folder, "dist"));

    const script = ["scripts/record-state.mts"];
    const { status, stderr } = spawnSync(process.execPath, script, { cwd: folder, encoding: "utf8" });
    expect([status, stderr]).toEqual([1, expect.stringContaining("is there already")]);
    expect(readFileSync(state, "utf8")).toBe("what users have");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
