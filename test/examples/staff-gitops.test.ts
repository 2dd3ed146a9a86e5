import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { type DefaultKeys, type Emulator, startEmulator, withStack } from "../../sdk/testing";
import { start } from "../engine/commands";

const EXAMPLE = join(__dirname, "../../examples/staff-gitops");
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
      const run = (workflow: string, step: string, name = "dev") => {
        const script = `set -eo pipefail\nexport PULUMI_STACK=${name}\n${scriptOf(workflow, step)}`;
        return start(stack, "bash", ["-c", `export GITHUB_OUTPUT=output.txt\n${script}`]).ended;
      };
      const saysDrifted = () => {
        const file = join(stack.automation.workspace.workDir, "output.txt");
        return existsSync(file) && readFileSync(file, "utf8").includes("drifted=true");
      };
      const previewed = await run("preview", "Preview");
      expect(previewed).toMatchObject({ code: 0 });
      expect(previewed.stdout).toMatch(/\+ 22 to create/);
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
  ])("reports drift: %s", (_, open, expected) => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-gitops-"));
    writeFileSync(join(folder, "drift.txt"), "endsAt changed");
    const gh = `#!/bin/sh\ncase "$*" in *" list "*) echo ${open};; *) echo "$@"; cat report.md;; esac\n`;
    writeFileSync(join(folder, "gh"), gh, { mode: 0o755 });
    const path = [folder, process.env["PATH"]].join(delimiter);
    const shown = execFileSync("bash", ["-ec", scriptOf("drift", "Report")], {
      cwd: folder,
      env: { ...process.env, PATH: path },
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    expect(shown).toContain(expected);
    expect(shown).toContain("endsAt changed");
  });

  it("has workflows that keep the key out of their text", () => {
    const workflows = readdirSync(WORKFLOWS);
    expect(workflows).toHaveLength(3);
    for (const file of workflows) {
      expect(readFileSync(join(WORKFLOWS, file), "utf8")).not.toMatch(/seam_|SEAM_API_KEY/);
    }
  });
});

/** What a step of a workflow runs. */
function scriptOf(workflow: string, step: string): string {
  const { jobs } = parse(readFileSync(join(WORKFLOWS, `${workflow}.yml`), "utf8")) as Workflow;
  const found = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ name }) => name === step);
  if (!found?.run) throw new Error(`${workflow}.yml has no step "${step}"`);
  return found.run;
}
