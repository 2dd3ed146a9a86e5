import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DefaultKeys,
  type Emulator,
  startEmulator,
  type TestStack,
  withStack,
} from "pulumi-seam/testing";
import { pulumiSeam, start } from "./commands";

const PROGRAM = join(__dirname, "changes");
const PACK = join(__dirname, "../../examples/policies");
const PIN = "7719";

const BEFORE = `
groups: { staff: { accessGroups: [Staff] }, residents: { accessGroups: [Residents] } }
people:
  - { key: abe, name: Abe Example, groups: [staff] }
  - { key: cal, name: Cal Example, groups: [residents] }
  - { key: eli, name: Eli Example, groups: [staff], endsAt: "2031-03-31T22:00:00Z" }
  - { key: fay, name: Fay Example, groups: [staff] }
`;
const AFTER = `
groups: { staff: { accessGroups: [Staff] }, residents: { accessGroups: [Residents] } }
people:
  - { key: abe, name: Abe Example, groups: [staff] }
  - { key: cal, name: Cal Example, groups: [staff] }
  - { key: eli, name: Eli Example, groups: [staff], endsAt: "2031-09-30T22:00:00Z" }
  - { key: gil, name: Gil Example, groups: [residents], endsAt: "2031-06-30T00:00:00Z" }
`;

const FOUR_SENTENCES = [
  "Cal Example loses Garage (PIN), and gains Office by PIN.",
  "Fay Example loses Front door and Office (PIN).",
  "Gil Example gains Front door and Garage by PIN until 2031-06-30 00:00 UTC.",
  "Eli Example keeps Front door and Office by PIN until 2031-09-30 22:00 UTC instead of 2031-03-31 22:00 UTC.",
];

describe("a change of a stack", () => {
  let emulator: Emulator<DefaultKeys>;
  let folder: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), "pulumi-seam-changes-"));
  });
  afterEach(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is told in people and doors as it comes to pass, and held to the rules of a policy pack", async () => {
    const { acsSystems, acsEntrances, acsAccessGroups } = emulator.ids;
    const doors = (...names: ("front-door" | "garage" | "office")[]) =>
      names.map((name) => acsEntrances[`salto-ks/${name}`]);
    const opens = (group: "staff" | "residents", acs_entrance_ids: string[]) =>
      emulator.edit.acsAccessGroup(acsAccessGroups[`salto-ks/${group}`], { acs_entrance_ids });
    opens("staff", doors("front-door", "office"));
    opens("residents", doors("front-door", "garage"));
    const roster = join(folder, "roster.yaml");
    await writeFile(roster, BEFORE);
    const config = {
      acsSystemId: acsSystems["salto-ks"],
      guestsDoors: doors("front-door"),
      guestsPin: { value: PIN, secret: true },
      roster,
    };
    await withStack({ emulator, workDir: PROGRAM, config }, async (stack) => {
      await stack.up();
      await writeFile(roster, AFTER);
      const { automation } = stack;
      await automation.setConfig("guestsDoors", { value: JSON.stringify(doors("front-door", "garage")) });
      const file = join(folder, "preview.json");
      const preview = start(stack, "pulumi", ["preview", "--json", "--show-sames", "--non-interactive"]);
      const previewed = await preview.ended;
      expect(previewed).toMatchObject({ code: 0 });
      await writeFile(file, previewed.stdout);

      emulator.requests.clear();
      const told = await pulumiSeam(stack, "changes", file);
      expect(told).toMatchObject({ code: 2, stderr: "" });
      const guest =
        "Gus Guest has no access to Front door for a moment, since the old access is deleted before the new one is made, and gains Garage until 2031-06-23 11:00 UTC.";
      expect(
        told.stdout
          .trim()
          .split("\n")
          .slice(1)
          .map((line) => line.trim())
          .sort(),
      ).toEqual([...FOUR_SENTENCES, guest].sort());
      expect(emulator.requests.count()).toBeLessThanOrEqual(4);

      const json = await piped(stack, previewed.stdout, "changes", "--json", "--no-stack");
      const { schemaVersion, changes } = JSON.parse(json);
      expect(schemaVersion).toBe(1);
      expect(changes).toContainEqual(
        expect.objectContaining({
          person: expect.objectContaining({ name: "Eli Example" }),
          door: {
            name: acsAccessGroups["salto-ks/staff"],
            acsAccessGroupId: acsAccessGroups["salto-ks/staff"],
          },
          change: "changes",
          before: { endsAt: "2031-03-31T22:00:00.000Z", method: "code" },
          after: { endsAt: "2031-09-30T22:00:00.000Z", method: "code" },
        }),
      );

      const held = await start(stack, "pulumi", ["preview", "--policy-pack", PACK, "--non-interactive"])
        .ended;
      expect(held.code).not.toBe(0);
      expect(held.stdout).toContain("seam-require-end");
      expect(held.stdout).toContain("requestedAccessMethods[0].code has fewer than 6 digits");
      expect(held.stdout + held.stderr).not.toMatch(/can't run policy|UnknownValueError/);
      for (const output of [told.stdout, json, held.stdout, held.stderr]) expect(output).not.toContain(PIN);

      const { operations } = await stack.up();
      const op = (name: string) => operations.filter((one) => one.name === name).map((one) => one.op);
      expect(op("staff-eli-code")).toEqual(["update"]);
      expect(op("staff-eli-group-staff")).toEqual(["same"]);
      expect(op("gus-stay")[0]).toBe("delete-replaced");
    });
  });
});

/** Runs `pulumi-seam` with a text on its standard input and no account in its environment. */
async function piped(stack: TestStack, input: string, ...args: readonly string[]): Promise<string> {
  const { workDir } = stack.automation.workspace;
  const cli = join(__dirname, "../../dist/cli/main.js");
  const child = spawn(process.execPath, [cli, ...args], { cwd: workDir, stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.end(input);
  let printed = "";
  child.stdout.on("data", (data) => {
    printed += data;
  });
  await once(child, "close");
  return printed;
}
