import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const REPOSITORY = join(__dirname, "../..");

// Half a minute, but ten times as long beside other work.
jest.setTimeout(300_000);

describe("npm run demo", () => {
  it("takes the repository's own project through a guest's stay, and leaves nothing beside it", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/demo.mts"], {
      cwd: REPOSITORY,
      encoding: "utf8",
      timeout: 290_000,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("All 7 steps did what they say");
    expect(readdirSync(REPOSITORY).filter((name) => /^Pulumi\..+\.yaml$/.test(name))).toEqual([]);
  });
});
