import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const CLI = join(__dirname, "../../dist/cli/main.js");
const IMPORT = ["import", "--out", "import.json"];

/** Each test has a home and a PATH of its own, with a `pulumi` in it or none. */
describe("pulumi-seam, looking for the Pulumi CLI", () => {
  let home: string;
  let onPath: string;
  let installed: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "pulumi-cli-"));
    onPath = join(home, "bin");
    installed = join(home, ".pulumi", "versions", "3.259.0", "bin");
    for (const bin of [onPath, installed]) mkdirSync(bin, { recursive: true });
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it("takes the one on PATH", () => {
    givePulumi(onPath, "v3.260.0");
    givePulumi(installed, "v3.259.0", "exit 1");
    expect(pulumiSeam("recover")).toEqual({
      status: 0,
      stdout: "No operation was interrupted.\n",
      stderr: "",
    });
  });

  it.each([
    ["no other is on PATH", undefined],
    ["the one on PATH is too old", "v3.253.9"],
  ])("takes the one under ~/.pulumi/versions when %s", (_case, version) => {
    if (version !== undefined) givePulumi(onPath, version, "exit 1");
    givePulumi(installed, "v3.259.0");
    expect(pulumiSeam("recover")).toEqual({
      status: 0,
      stdout: "No operation was interrupted.\n",
      stderr: "",
    });
  });

  it("says that there is none, and where to get one", () => {
    expect(pulumiSeam("recover")).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "No usable Pulumi CLI is on PATH or under ~/.pulumi/versions.\n" +
        "Install 3.254.0 or newer from https://www.pulumi.com/docs/install/ and put it on PATH.\n",
    });
  });

  it("says how to log in where Pulumi names only the variable for it", () => {
    const said = "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions";
    givePulumi(onPath, "v3.260.0", `echo "${said}" >&2; exit 1`);
    expect(pulumiSeam("recover").stderr).toContain(
      `${said}\nNobody is logged in to a backend here. Run \`pulumi login\``,
    );
  });

  it.each([
    ["recover"],
    ["encoders"],
    IMPORT,
    ["encode", "card", "--encoder", "desk"],
    ["doctor"],
    ["access"],
  ])("refuses an empty name of a stack: %s", (...command) => {
    givePulumi(onPath, "v3.260.0");
    const { status, stdout, stderr } = pulumiSeam(...command, "--stack", "");
    expect(stdout + stderr).toContain("the value is empty. Is a variable not set?");
    expect(status).toBe(1);
  });

  it("says why the ones that are there cannot be used, and imports nothing without them", () => {
    givePulumi(onPath, "v3.253.9");
    for (const command of [["recover"], IMPORT]) {
      const { status, stderr } = pulumiSeam(...command);
      expect(status).toBe(1);
      expect(stderr).toContain(`\n  not ${onPath}: 3.253.9 is older than 3.254.0\n`);
    }
  });

  it("imports without any where it is told that there is no stack", () => {
    expect(pulumiSeam(...IMPORT).stderr).toContain("add --no-stack");
    expect(pulumiSeam(...IMPORT, "--no-stack").stderr).toContain("SEAM_API_KEY");
  });

  function pulumiSeam(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: home,
      encoding: "utf8",
      env: { HOME: home, PATH: [onPath, dirname(process.execPath)].join(delimiter) },
      timeout: 20_000,
    });
    return { status, stdout, stderr };
  }
});

/** A `pulumi` whose stack has never been deployed. */
function givePulumi(
  bin: string,
  version: string,
  run = `echo '{"deployment":{"manifest":{"time":""}}}'`,
): void {
  const script = `#!/bin/sh\nif [ "$1" = version ]; then echo ${version}; else ${run}; fi\n`;
  writeFileSync(join(bin, "pulumi"), script, { mode: 0o755 });
  for (const companion of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"])
    writeFileSync(join(bin, companion), "", { mode: 0o755 });
}
