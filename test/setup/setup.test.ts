import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** `npm run setup` as a process, on a machine with an empty home folder and only the programs a test puts there. */
describe("npm run setup", () => {
  let home: string;
  let programs: string;
  let tools: string;
  const installed = () => join(home, ".pulumi", "versions", "3.259.0", "bin");

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "pulumi-seam-setup-"));
    programs = join(home, "programs");
    tools = join(home, "tools");
    for (const folder of [programs, tools]) mkdirSync(folder);
    for (const tool of ["sed", "chmod", "sleep"]) symlinkSync(whereIs(tool), join(tools, tool));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it("takes the pulumi on PATH when it is recent and complete", async () => {
    givePulumi(programs, "v3.254.0");
    const { code, stdout, stderr } = await setup();
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${programs}\n` });
    expect(stderr).toContain("Pulumi CLI 3.254.0: found on PATH");
    expect(existsSync(join(home, ".pulumi"))).toBe(false);
  });

  it("finds a language host that is elsewhere on PATH", async () => {
    const elsewhere = join(home, "elsewhere");
    mkdirSync(elsewhere);
    givePulumi(programs, "v3.300.1", ["pulumi-resource-pulumi-nodejs"]);
    give(elsewhere, "pulumi-language-nodejs", "");
    const { code, stdout } = await setup({ path: [programs, elsewhere] });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${programs}\n` });
  });

  it("prefers one that was installed earlier to an old one on PATH, and takes the newest", async () => {
    givePulumi(programs, "v3.200.0");
    for (const version of ["3.259.0", "3.1000.0"]) {
      const bin = join(home, ".pulumi", "versions", version, "bin");
      mkdirSync(bin, { recursive: true });
      givePulumi(bin, `v${version}`);
    }
    const { code, stdout } = await setup();
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${join(home, ".pulumi", "versions", "3.1000.0", "bin")}\n`,
    });
  });

  it("says why each pulumi it found cannot be used, and what to do, when nothing else works", async () => {
    givePulumi(programs, "v3.253.9");
    const { code, stdout, stderr } = await setup();
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`not ${programs}: 3.253.9 is older than 3.254.0`);
    expect(stderr).toContain("get.pulumi.com cannot be reached");
    expect(stderr).toContain('there is no "go" on PATH; install Go 1.26 or newer from https://go.dev/dl/');
    expect(stderr).toContain("https://www.pulumi.com/docs/install/");
  });

  it("names the companions that a pulumi on PATH lacks", async () => {
    givePulumi(programs, "v3.259.0", []);
    const { stderr } = await setup();
    expect(stderr).toContain("3.259.0 lacks pulumi-language-nodejs and pulumi-resource-pulumi-nodejs");
  });

  it("asks for a newer Go when the one there is too old", async () => {
    give(programs, "go", "echo go1.21.4");
    const { code, stderr } = await setup();
    expect(code).toBe(1);
    expect(stderr).toContain("go1.21.4 is too old; install Go 1.26 or newer");
  });

  it("builds from source when nothing can be downloaded, and finds the build the next time", async () => {
    giveGo();
    const first = await setup();
    expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 0, stdout: `${installed()}\n` });
    expect(first.stderr).toContain("Building the Pulumi CLI 3.259.0 from Go modules: once, 6 to 10 minutes");
    expect(readdirSync(installed()).sort()).toEqual([
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
    expect(readdirSync(dirname(dirname(installed())))).toEqual(["3.259.0"]);

    const second = await setup();
    expect(second.stdout).toBe(first.stdout);
    expect(second.stderr).toContain("found, installed earlier");
    expect(goRuns()).toBe(1);
  });

  it("shows what go printed when the build fails, and leaves nothing behind", async () => {
    give(
      programs,
      "go",
      'if [ "$1" = env ]; then echo go1.26.0; else echo "module lookup failed" >&2; exit 1; fi',
    );
    const { code, stderr } = await setup();
    expect(code).toBe(1);
    expect(stderr).toMatch(/go build ended with exit code 1\n\s+module lookup failed/);
    expect(readdirSync(join(home, ".pulumi", "versions"))).toEqual([]);
  });

  it("builds once when two processes need it at the same time", async () => {
    giveGo("sleep 2");
    const both = await Promise.all([setup(), setup()]);
    expect(both.map(({ code, stdout }) => ({ code, stdout }))).toEqual([
      { code: 0, stdout: `${installed()}\n` },
      { code: 0, stdout: `${installed()}\n` },
    ]);
    expect(goRuns()).toBe(1);
  });

  it("is not held up by the lock of a process that is gone", async () => {
    giveGo();
    const versions = join(home, ".pulumi", "versions");
    mkdirSync(versions, { recursive: true });
    // Above the largest process number of Linux.
    writeFileSync(join(versions, ".3.259.0.lock"), "4194999");
    expect((await setup()).code).toBe(0);
  });

  it("completes a build that has no language host, and refreshes an outdated one", async () => {
    mkdirSync(installed(), { recursive: true });
    givePulumi(installed(), "v3.259.0", []);
    const { code, stdout } = await setup();
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${installed()}\n` });

    const host = join(installed(), "pulumi-language-nodejs");
    const current = readFileSync(host, "utf8");
    writeFileSync(host, "outdated");
    expect((await setup()).code).toBe(0);
    expect(readFileSync(host, "utf8")).toBe(current);
  });

  function setup({
    path = [programs],
  } = {}): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, [join(__dirname, "../../scripts/setup.mts")], {
      env: {
        HOME: home,
        PATH: [...path, tools].join(delimiter),
        NODE_OPTIONS: `--require ${join(__dirname, "no-network.cjs")}`,
      },
      timeout: 30_000,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  function givePulumi(
    folder: string,
    version: string,
    companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
  ): void {
    give(folder, "pulumi", `echo ${version}`);
    for (const name of companions) give(folder, name, "");
  }

  /** A `go` that "builds" a pulumi which knows the version it was given, and counts its builds. */
  function giveGo(before = "true"): void {
    const build = [
      "echo built >> $HOME/go-runs",
      'version=$(echo "$*" | sed -n "s/.*version.Version=\\(v[0-9.]*\\).*/\\1/p")',
      'while [ "$1" != -o ]; do shift; done',
      'printf "#!/bin/sh\\necho $version\\n" > "$2pulumi"',
      'chmod +x "$2pulumi"',
    ].join("\n");
    give(programs, "go", `if [ "$1" = env ]; then echo go1.26.0; exit; fi\n${before}\n${build}`);
  }

  /** PATH of the real machine, which may have a pulumi or a go of its own, is not what these processes get. */
  function whereIs(tool: string): string {
    const folder = process.env["PATH"]
      ?.split(delimiter)
      .find((candidate) => existsSync(join(candidate, tool)));
    return join(folder ?? "", tool);
  }

  function goRuns(): number {
    return readFileSync(join(home, "go-runs"), "utf8").trim().split("\n").length;
  }

  function give(folder: string, name: string, script: string): void {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
});
