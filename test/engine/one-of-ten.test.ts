import { join } from "node:path";
import type * as seam from "../../sdk";
import { type Emulator, startEmulator, type TestStack, withStack } from "../../sdk/testing";
import { start } from "./commands";

/** Of ten people one leaves, one moves, one comes, and another one comes whom the system can give nothing. */
describe("a roster with one person who fails in every run", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    const site = {
      key: "site",
      kind: "salto_ks",
      rules: { accessMethods: ["code" as const] },
      access_groups: ["Staff", "Residents"].map((name) => ({ key: name.toLowerCase(), name })),
    };
    emulator = await startEmulator({ seed: { workspaces: [{ acs_systems: [site] }] } });
  });
  afterEach(() => emulator.close());

  const person = (key: string, more: Partial<seam.RosterPerson> = {}): seam.RosterPerson => ({
    key,
    name: `Staff ${key}`,
    groups: ["desk"],
    ...more,
  });
  const groups = { desk: { accessGroups: ["Staff"] }, living: { accessGroups: ["Residents"] } };
  const ten = Array.from({ length: 10 }, (_, index) => person(`p${index}`));
  const declare = (stack: TestStack, people: seam.RosterPerson[]) =>
    stack.automation.setConfig("one-of-ten:roster", { value: JSON.stringify({ groups, people }) });
  const up = (stack: TestStack, ...flags: string[]) =>
    start(stack, "pulumi", ["up", "--yes", "--skip-preview", "--non-interactive", ...flags]).ended;

  /** Names of the people who have a credential. */
  const withAccess = () => {
    const names = new Map(emulator.users().map((user) => [user.acs_user_id, user.full_name]));
    return emulator.credentials().map(({ acs_user_id }) => names.get(acs_user_id ?? "") ?? "nobody");
  };

  it("has the nine others right after one `pulumi up --continue-on-error`; without it, says who keeps access", async () => {
    const config = {
      "one-of-ten:acsSystemId": emulator.ids.acsSystems["site"] ?? "",
      "one-of-ten:roster": "{}",
    };
    await withStack({ emulator, workDir: join(__dirname, "one-of-ten"), config }, async (stack) => {
      await declare(stack, ten);
      expect((await up(stack)).code).toBe(0);
      expect(withAccess()).toHaveLength(10);

      const [, moving, ...staying] = ten;
      const next = [
        { ...moving, groups: ["living"] } as seam.RosterPerson,
        ...staying,
        person("p10"),
        person("failing", { method: "cloud_key" }),
      ];
      await declare(stack, next);
      const stopped = await up(stack);
      expect(stopped.code).not.toBe(0);
      expect(stopped.stdout).toMatch(/p0 keeps access.*pulumi up --continue-on-error/);
      expect(withAccess()).toContain("Staff p0");

      const { code, stdout } = await up(stack, "--continue-on-error");
      expect(code).not.toBe(0);
      expect(stdout).toContain("does not support the access method cloud_key");
      const right = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `Staff p${number}`);
      expect(withAccess().sort()).toEqual(right.sort());
      const members = await membersOf("residents");
      expect(members).toEqual([
        emulator.users().find(({ full_name }) => full_name === "Staff p1")?.acs_user_id,
      ]);
      expect(emulator.users().map(({ full_name }) => full_name)).not.toContain("Staff p0");

      await declare(stack, next.slice(0, -1));
      expect((await up(stack)).code).toBe(0);
      expect(withAccess().sort()).toEqual(right.sort());
      await stack.destroy();
      expect(withAccess()).toEqual([]);
    });
  });

  async function membersOf(group: "residents"): Promise<string[]> {
    const reply = await fetch(`${emulator.url}/acs/access_groups/list_users`, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ acs_access_group_id: emulator.ids.acsAccessGroups[`site/${group}`] }),
    });
    const { acs_users } = (await reply.json()) as { acs_users: { acs_user_id: string }[] };
    return acs_users.map(({ acs_user_id }) => acs_user_id);
  }
});
