import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "pulumi-seam/testing";
import { pulumiSeam, start } from "./commands";

const CREATE = "/acs/credentials/create";
const COUNT = 20;
const PEOPLE = ["ada", "ben", "cleo", "dan", "eve"] as const;

/** The way back that docs/recovering.md describes. */
describe("an `up` with PULUMI_SKIP_CHECKPOINTS that was killed in the middle of its creates", () => {
  let emulator: Emulator<DefaultKeys>;
  let folder: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), "pulumi-seam-skipped-"));
  });
  afterEach(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("has left nothing in the state; `pulumi-seam import` takes it over, so that nothing is doubled", () => {
    const config = {
      "recover:acsUserIds": JSON.stringify(
        PEOPLE.map((person) => emulator.ids.acsUsers[`salto-ks/${person}`]),
      ),
      "recover:count": String(COUNT),
    };
    return withStack({ emulator, workDir: join(__dirname, "recover"), config }, async (stack) => {
      const slow = emulator.faults.add({ fault: "slow", ms: 1_000, route: CREATE });
      const running = start(stack, "pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"]);
      while (emulator.requests.count(CREATE) < 12) {
        if (running.child.exitCode !== null) throw new Error((await running.ended).stdout);
        await sleep(20);
      }
      running.child.kill("SIGKILL");
      await running.ended;
      emulator.faults.remove(slow);
      await sleep(1_500);
      const left = emulator.credentials().length;
      expect(left).toBeGreaterThanOrEqual(12);
      await rm(`${stack.stateFile}.attrs`, { force: true });
      await stack.automation.cancel();

      const file = join(folder, "import.json");
      const command = ["import", "--only", "credentials", "--out", file];
      expect(await pulumiSeam(stack, ...command)).toMatchObject({ code: 0 });
      await nameAsInProgram(file);
      const flags = ["--generate-code=false", "--protect=false", "--yes", "--non-interactive"];
      expect(await start(stack, "pulumi", ["import", "--file", file, ...flags]).ended).toMatchObject({
        code: 0,
      });

      const before = emulator.requests.count(CREATE);
      await stack.up();
      expect(emulator.requests.count(CREATE) - before).toBe(COUNT - left);
      expect(emulator.credentials()).toHaveLength(COUNT);
      expect(new Set(emulator.credentials().map(({ ends_at }) => ends_at)).size).toBe(COUNT);
      assertNoChanges(await stack.refresh());
      assertNoChanges(await stack.preview());
    });
  });
});

/** The names that the program gives; here each credential is told by its end. */
async function nameAsInProgram(file: string): Promise<void> {
  const { resources } = JSON.parse(await readFile(file, "utf8")) as {
    resources: { name: string; inputs: { endsAt: string } }[];
  };
  for (const resource of resources) {
    const day = (Date.parse(resource.inputs.endsAt) - Date.UTC(2030, 0, 1)) / 86_400_000;
    resource.name = `credential-${day}`;
  }
  await writeFile(file, JSON.stringify({ resources }));
}
