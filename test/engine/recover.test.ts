import { readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  type TestStack,
  withStack,
} from "pulumi-seam/testing";
import { pulumiSeam, start } from "./commands";

jest.setTimeout(120_000);

describe("pulumi-seam recover, after a run was killed in the middle of its creates", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("takes what was created into the state, so that nothing is lost or doubled", () =>
    interrupted(emulator, { count: 20, killAt: 12 }, async (stack) => {
      const found = await recover(stack, "--json");
      expect(found.code).toBe(2);
      const { applied, findings } = JSON.parse(found.stdout) as {
        applied: boolean;
        findings: { operation: string; verdict: string; id?: string }[];
      };
      expect(applied).toBe(false);
      expect(findings.length).toBeGreaterThan(0);
      expect(new Set(findings.map(({ operation }) => operation))).toEqual(new Set(["creating"]));
      const live = new Set(emulator.credentials().map((credential) => credential.acs_credential_id));
      for (const { verdict, id } of findings) {
        expect(["import", "clear"]).toContain(verdict);
        if (verdict === "import") expect(live).toContain(id);
      }

      await writeFile(`${stack.stateFile}.attrs`, "");
      const unreadable = await recover(stack);
      expect(unreadable.code).toBe(1);
      expect(unreadable.stderr).toContain("Delete that file");
      await rm(`${stack.stateFile}.attrs`);

      const locked = await recover(stack, "--apply");
      expect(locked.code).toBe(1);
      expect(locked.stderr).toContain("not alive any more. Run `pulumi cancel`");

      await stack.automation.cancel();
      expect(await recover(stack, "--apply")).toMatchObject({ code: 0 });
      expect(await recover(stack)).toMatchObject({
        code: 0,
        stdout: "No operation was interrupted.\n",
      });
      const sent = emulator.credentials().length;
      const before = emulator.requests.count("/acs/credentials/create");
      await stack.up();
      expect(emulator.requests.count("/acs/credentials/create") - before).toBe(20 - sent);
      expect(emulator.credentials()).toHaveLength(20);
      expect(new Set(emulator.credentials().map(({ ends_at }) => ends_at)).size).toBe(20);
      assertNoChanges(await stack.refresh());
      assertNoChanges(await stack.preview());
      expect(readFileSync(stack.stateFile, "utf8").match(/["\\]7310\d\d/)).toBeNull();
    }));

  it("shows what a later run made again as orphans, and deletes them only when told to", () =>
    interrupted(emulator, { count: 4, killAt: 3 }, async (stack) => {
      await stack.automation.cancel();
      await stack.up();
      const surplus = emulator.credentials().length - 4;
      expect(surplus).toBeGreaterThan(0);

      const refused = await recover(stack, "--apply");
      expect(refused.code).toBe(2);
      expect(refused.stdout.match(/belongs to nothing: a later run made this resource again/g)).toHaveLength(
        surplus,
      );
      expect(refused.stderr).toContain("Nothing was applied");
      expect(emulator.credentials()).toHaveLength(4 + surplus);

      expect(await recover(stack, "--apply", "--delete-orphans")).toMatchObject({
        code: 0,
      });
      expect(emulator.credentials()).toHaveLength(4);
      assertNoChanges(await stack.preview());
    }));
});

/** A stack whose first `up` was killed when so many creates had been sent: some are done, others under way. */
async function interrupted(
  emulator: Emulator<DefaultKeys>,
  { count, killAt }: { count: number; killAt: number },
  test: (stack: TestStack) => Promise<void>,
): Promise<void> {
  const { acsUsers } = emulator.ids;
  const people = ["ada", "ben", "cleo", "dan", "eve"] as const;
  await withStack(
    {
      emulator,
      workDir: join(__dirname, "recover"),
      config: {
        "recover:acsUserIds": JSON.stringify(people.map((person) => acsUsers[`salto-ks/${person}`])),
        "recover:count": String(count),
      },
      // Interrupted operations are only recorded with checkpoints.
      env: { PULUMI_SKIP_CHECKPOINTS: "false" },
    },
    async (stack) => {
      const slow = emulator.faults.add({ fault: "slow", ms: 1500, route: "/acs/credentials/create" });
      const running = start(stack, "pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"]);
      while (emulator.requests.count("/acs/credentials/create") < killAt) {
        if (running.child.exitCode !== null) throw new Error((await running.ended).stdout);
        await sleep(20);
      }
      running.child.kill("SIGKILL");
      await running.ended;
      // What the kill may have left half written: the command says so.
      await rm(`${stack.stateFile}.attrs`, { force: true });
      emulator.faults.remove(slow);
      await test(stack);
    },
  );
}

/** With a short wait: the emulator has carried out what it was sent long before its slow answers. */
function recover(stack: TestStack, ...args: readonly string[]) {
  return pulumiSeam(stack, "recover", "--wait", "4", ...args);
}
