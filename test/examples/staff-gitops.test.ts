import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { type DefaultKeys, type Emulator, startEmulator, withStack } from "../../sdk/testing";
import { start } from "../engine/commands";

const EXAMPLE = join(__dirname, "../../examples/staff-gitops");
const CLI = join(__dirname, "../../dist/cli/main.js");
const WORKFLOWS = join(EXAMPLE, ".github/workflows");

interface Workflow {
  jobs: Record<string, { steps: { name?: string; run?: string; shell?: string }[] }>;
}

/** The compiler has judged the examples already. */
const QUICK = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

describe("examples/staff-gitops", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("applies the roster, and its nightly check fails with a report once somebody changes a door by hand", async () => {
    await withStack({ emulator, workDir: EXAMPLE, stackName: "dev", env: QUICK }, async (stack) => {
      const { workDir } = stack.automation.workspace;
      const stand = standIns(workDir);
      const run = (workflow: string, step: string, name = "dev") => {
        const script = `set -eo pipefail\nexport PULUMI_STACK=${name} PATH="${stand}"\n${scriptOf(workflow, step)}`;
        return start(stack, "bash", ["-c", `export GITHUB_OUTPUT=output.txt\n${script}`]).ended;
      };
      const saysDrifted = () => {
        const file = join(workDir, "output.txt");
        return existsSync(file) && readFileSync(file, "utf8").includes("drifted=true");
      };
      expect(await run("preview", "Preview")).toMatchObject({ code: 0 });
      const commented = await run("preview", "Comment");
      expect(commented).toMatchObject({ code: 0 });
      expect(commented.stdout).toContain("Access of 6 people changes: 6 gain.");
      expect(commented.stdout).toContain(
        "**Eli Example** gains Front door, Garage and Office by PIN until 2031-03-31 22:00 UTC.",
      );
      expect(emulator.credentials()).toEqual([]);

      expect(await run("apply", "Apply")).toMatchObject({ code: 0 });
      expect(emulator.credentials()).toHaveLength(6);
      expect(await run("drift", "Compare")).toMatchObject({ code: 0 });
      const failed = await run("drift", "Compare", "no-such-stack");
      expect(failed.code).not.toBe(0);
      expect(saysDrifted()).toBe(false);

      const contractor = emulator.credentials().find(({ ends_at }) => ends_at === "2031-03-31T22:00:00.000Z");
      emulator.edit.acsCredential(contractor?.acs_credential_id ?? "", {
        ends_at: "2039-01-01T00:00:00.000Z",
      });
      const drifted = await run("drift", "Compare");
      expect(drifted.code).not.toBe(0);
      expect(drifted.stdout).toContain("2039-01-01T00:00:00.000Z");
      expect(saysDrifted()).toBe(true);

      expect(await run("apply", "Apply")).toMatchObject({ code: 0 });
      expect(emulator.credentials().map(({ ends_at }) => ends_at)).not.toContain("2039-01-01T00:00:00.000Z");
    });
  });

  it.each([
    ["opens an issue where none is open", "", "issue create --title Access drifted from the roster"],
    ["brings the open issue up to date", "17", "issue edit 17"],
  ])("reports drift and access by hand: %s", (_, open, expected) => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-gitops-"));
    writeFileSync(join(folder, "drift.txt"), "endsAt changed");
    writeFileSync(join(folder, "undeclared.md"), "| Zoe Example | Lab |");
    const report = (found: Record<string, string>) =>
      execFileSync("bash", ["-ec", scriptOf("drift", "Report")], {
        cwd: folder,
        env: { ...process.env, ...found, PATH: standIns(folder, open) },
        encoding: "utf8",
      });
    const both = report({ DRIFTED: "true", UNDECLARED: "true" });
    const drift = report({ DRIFTED: "true" });
    rmSync(folder, { recursive: true });
    for (const shown of [both, drift]) {
      expect(shown).toContain(expected);
      expect(shown).toContain("endsAt changed");
    }
    expect(both).toContain("| Zoe Example | Lab |");
    expect(drift).not.toContain("| Zoe Example | Lab |");
  });

  it("has workflows that keep the key out of their text", () => {
    const workflows = readdirSync(WORKFLOWS);
    expect(workflows).toHaveLength(3);
    for (const file of workflows) {
      expect(readFileSync(join(WORKFLOWS, file), "utf8")).not.toMatch(/seam_|SEAM_API_KEY/);
    }
  });
});

/** A PATH on which `npx pulumi-seam` is this one, and `gh` prints what it is asked, with the text that it would send. */
function standIns(folder: string, openIssue = ""): string {
  const give = (name: string, script: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  give("npx", `shift; exec "${process.execPath}" "${CLI}" "$@"`);
  give(
    "gh",
    `case "$*" in *" list "*) echo ${openIssue};; *) echo "$@"; cat report.md comment.md 2>/dev/null || true;; esac`,
  );
  return [folder, process.env["PATH"]].join(delimiter);
}

/** What a step of a workflow runs. */
function scriptOf(workflow: string, step: string): string {
  const { jobs } = parse(readFileSync(join(WORKFLOWS, `${workflow}.yml`), "utf8")) as Workflow;
  const found = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ name }) => name === step);
  if (!found?.run) throw new Error(`${workflow}.yml has no step "${step}"`);
  return found.run.replace(/\$\{\{[^}]*\}\}/g, "17");
}
