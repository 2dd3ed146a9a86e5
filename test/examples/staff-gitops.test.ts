import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
      const run = (workflow: string, step: string) => {
        const script = `set -eo pipefail\nexport PULUMI_STACK=dev\n${scriptOf(workflow, step)}`;
        return start(stack, "bash", ["-c", script]).ended;
      };
      const previewed = await run("preview", "Preview");
      expect(previewed).toMatchObject({ code: 0 });
      expect(previewed.stdout).toMatch(/\+ 22 to create/);
      expect(emulator.credentials()).toEqual([]);

      expect(await run("apply", "Apply")).toMatchObject({ code: 0 });
      expect(emulator.credentials()).toHaveLength(6);
      expect(await run("drift", "Compare")).toMatchObject({ code: 0 });

      const contractor = emulator.credentials().find(({ ends_at }) => ends_at === "2031-03-31T22:00:00.000Z");
      emulator.edit.acsCredential(contractor?.acs_credential_id ?? "", {
        ends_at: "2039-01-01T00:00:00.000Z",
      });
      const drifted = await run("drift", "Compare");
      expect(drifted.code).not.toBe(0);
      expect(drifted.stdout).toContain("2039-01-01T00:00:00.000Z");

      expect(await run("apply", "Apply")).toMatchObject({ code: 0 });
      expect(emulator.credentials().map(({ ends_at }) => ends_at)).not.toContain("2039-01-01T00:00:00.000Z");
    });
  });

  it("has workflows that never stop a run in the middle, and keep the key out of their text", () => {
    expect(readdirSync(WORKFLOWS).sort()).toEqual(["apply.yml", "drift.yml", "preview.yml"]);
    for (const file of ["apply.yml", "drift.yml"]) {
      const { concurrency } = parse(readFileSync(join(WORKFLOWS, file), "utf8"));
      expect(concurrency).toEqual({ group: "apply", "cancel-in-progress": false });
    }
    for (const file of readdirSync(WORKFLOWS)) {
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
