import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as seam from "../../sdk";
import {
  assertChanges,
  assertNoChanges,
  assertRequests,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "../../sdk/testing";
import { TWELVE_MISTAKES } from "../roster/twelve-mistakes";

describe("StaffAccess", () => {
  let emulator: Emulator<DefaultKeys>;
  let folder: string;
  let file: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), "pulumi-seam-staff-"));
    file = join(folder, "roster.yaml");
  });
  afterEach(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  const person = (key: string, ...groups: string[]) => ({ key, name: `${key} Example`, groups });

  it("gives, moves and takes away access, and touches nobody else", async () => {
    const acsSystemId = emulator.ids.acsSystems["salto-ks"];
    const roster: seam.Roster = {
      groups: { desk: { accessGroups: ["Staff"] }, living: { accessGroups: ["Residents"] } },
      people: [person("ann", "desk"), person("bea", "desk"), person("cay", "living"), person("dee", "desk")],
    };
    let more: Partial<seam.StaffAccessArgs> = {};
    const program = async () => {
      const staff = new seam.StaffAccess("staff", { acsSystemId, roster, ...more });
      return { pins: staff.pins };
    };
    await withStack({ emulator, program }, async (stack) => {
      const { outputs } = await stack.up();
      expect(Object.keys(outputs["pins"] as object).sort()).toEqual(["ann", "bea", "cay", "dee"]);
      expect(emulator.requests.count("/acs/users/create")).toBe(4);

      roster.people.reverse();
      emulator.requests.clear();
      assertNoChanges(await stack.up());
      expect(emulator.requests.count("/acs/users/get")).toBe(0);

      roster.people[1] = person("cay", "desk");
      assertChanges(await stack.up(), {
        "staff-cay-group-living": "deleted",
        "staff-cay-group-desk": "created",
      });
      assertRequests(emulator, [
        { path: "/acs/access_groups/add_user" },
        { path: "/acs/access_groups/remove_user" },
      ]);

      emulator.edit.acsAccessGroup(emulator.ids.acsAccessGroups["salto-ks/staff"], { name: "Team" });
      roster.groups = { ...roster.groups, desk: { accessGroups: ["Team"] } };
      emulator.requests.clear();
      assertNoChanges(await stack.up());
      assertRequests(emulator, []);

      roster.people = roster.people.filter(({ key }) => key !== "bea");
      const refused = /loses 1 of 4 people.*maxShrink.*20 %.*bea.*confirmShrinkTo: 3/;
      emulator.requests.clear();
      await expect(stack.preview()).rejects.toThrow(refused);
      await expect(stack.up()).rejects.toThrow(refused);
      assertRequests(emulator, []);

      more = { confirmShrinkTo: 3 };
      assertChanges(await stack.up(), {
        "staff-roster": "updated",
        "staff-bea": "deleted",
        "staff-bea-group-desk": "deleted",
        "staff-bea-code": "deleted",
      });
    });
    expect(emulator.credentials()).toEqual([]);
  });

  it("makes nobody's encoded card invalid before the number of people outside is confirmed", async () => {
    const people = [person("ann", "rooms"), person("bea", "rooms"), person("cay", "rooms")];
    const roster: seam.Roster = { method: "card", groups: { rooms: { doors: ["Room 101"] } }, people };
    let more: Partial<seam.StaffAccessArgs> = {};
    const program = async () => {
      const acsSystemId = emulator.ids.acsSystems["visionline"];
      new seam.StaffAccess("staff", { acsSystemId, roster, ...more });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      const idOf = (key: string) => {
        const user = emulator.users().find(({ full_name }) => full_name?.startsWith(key));
        const theirs = emulator.credentials().find(({ acs_user_id }) => acs_user_id === user?.acs_user_id);
        return theirs?.acs_credential_id ?? "";
      };
      for (const key of ["ann", "bea"]) emulator.edit.encodeCard(idOf(key), `number of ${key}`);
      await stack.refresh();

      people.splice(0, 1, { ...person("ann", "rooms"), name: "Ann Other" });
      assertChanges(await stack.preview(), { "staff-ann": "updated" });

      roster.groups = { rooms: { doors: ["Room 102"] } };
      emulator.requests.clear();
      const everybody =
        /leaves 2 people outside until somebody encodes new cards: Ann Other \(ann\), bea Example \(bea\)\..* confirmNewCards: 2,/;
      await expect(stack.preview()).rejects.toThrow(everybody);
      await expect(stack.up()).rejects.toThrow(/leaves at least 1 person outside/);
      expect(emulator.requests.count("/acs/credentials/delete")).toBe(0);
      expect(emulator.credentials().filter(({ is_issued }) => is_issued)).toHaveLength(2);

      more = { confirmNewCards: 2 };
      await stack.up();
      expect(emulator.credentials().filter(({ is_issued }) => is_issued)).toHaveLength(0);
      const { resources } = (await stack.exportStack()).deployment as { resources: object[] };
      expect(resources.flatMap((one) => Object.values(one))).not.toContainEqual(
        expect.objectContaining({ __rosterCard: expect.objectContaining({ person: "ann" }) }),
      );
      assertNoChanges(await stack.preview());
    });
  });

  it("takes nothing away in a run without preview that refuses, though users are made anew before", async () => {
    // A user keeps its phone number unless it is made anew, and two users cannot have the same address.
    const after = ["ann", "bea"].map((key) => ({ ...person(key, "rooms"), email: `${key}@example.com` }));
    const [ann, bea] = after as [seam.RosterPerson, seam.RosterPerson];
    const before: seam.RosterPerson[] = [
      { ...ann, phone: "+15555550100" },
      { ...bea, phone: "+15555550101", method: "mobile_key" },
    ];
    let people = before;
    let more: Partial<seam.StaffAccessArgs> = {};
    const program = async () => {
      const acsSystemId = emulator.ids.acsSystems["visionline"];
      const roster: seam.Roster = { method: "card", groups: { rooms: { doors: ["Room 101"] } }, people };
      new seam.StaffAccess("staff", { acsSystemId, roster, ...more });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      const cardOf = emulator.credentials().find(({ access_method }) => access_method === "card");
      emulator.edit.encodeCard(cardOf?.acs_credential_id ?? "", "number");
      await stack.refresh();
      const ids = () => emulator.credentials().map(({ acs_credential_id }) => acs_credential_id);
      const given = ids();

      for (const index of [0, 1]) {
        people = before.map((one, at) => (at === index ? (after[at] ?? one) : one));
        for (const _ of ["first", "next"]) {
          await expect(stack.up()).rejects.toThrow(/leaves at least 1 person outside/);
        }
        expect(ids()).toEqual(given);
      }
      people = after;
      more = { confirmNewCards: 2 };
      await stack.up();
      expect(emulator.credentials().map(({ access_method }) => access_method)).toEqual(["card", "card"]);
    });
  });

  it("takes over who is there with what they have, doubles nothing, and suspends in place", async () => {
    await emulator.close();
    const named = (key: string) => ({
      key,
      full_name: `${key} Example`,
      email_address: `${key}@example.com`,
    });
    const site = await startEmulator({
      seed: {
        workspaces: [
          {
            key: "main",
            acs_systems: [
              {
                key: "site",
                kind: "salto_ks",
                access_groups: [{ key: "staff", name: "Staff" }],
                users: [
                  ...["ann", "bea", "cay"].map((key) => ({ ...named(key), access_groups: ["staff"] })),
                  { key: "dee", full_name: "dee Example" },
                ],
              },
            ],
          },
        ],
      },
    });
    const acsSystemId = site.ids.acsSystems["site"] as string;
    const userOf = (key: string) => site.ids.acsUsers[`site/${key}`] as string;
    for (const key of ["ann", "bea", "cay"]) {
      await fetch(`${site.url}/acs/credentials/create`, {
        method: "POST",
        headers: { authorization: `Bearer ${site.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({ acs_user_id: userOf(key), access_method: "code" }),
      });
    }
    const pins = () => site.credentials().map(({ acs_user_id, code }) => `${acs_user_id} ${code}`);
    const before = pins();
    const email = (key: string) => ({ email: `${key}@example.com` });
    const people: seam.RosterPerson[] = [
      ...["ann", "bea", "cay", "eve"].map((key) => ({ ...person(key, "desk"), ...email(key) })),
      { ...person("dee", "desk"), acsUserId: userOf("dee") },
    ];
    const roster: seam.Roster = { groups: { desk: { accessGroups: ["Staff"] } }, people };
    let adopt = true;
    const program = async () => {
      new seam.StaffAccess("staff", { acsSystemId, roster, ...(adopt && { adopt }) });
    };
    const says = (key: string, more: Partial<seam.RosterPerson>) =>
      people.splice(
        people.findIndex((one) => one.key === key),
        1,
        { ...person(key, "desk"), ...email(key), ...more },
      );
    try {
      await withStack({ emulator: site, program }, async (stack) => {
        await stack.up();
        expect(site.users().map(({ full_name }) => full_name)).toEqual(
          ["ann", "bea", "cay", "dee", "eve"].map((key) => `${key} Example`),
        );
        expect(site.requests.count("/acs/users/create")).toBe(1);
        expect(pins()).toEqual(expect.arrayContaining(before));
        expect(pins()).toHaveLength(5);

        adopt = false;
        delete people.find(({ key }) => key === "dee")?.acsUserId;
        site.requests.clear();
        assertNoChanges(await stack.up());
        expect(site.requests.count("/acs/users/list")).toBe(0);

        says("ann", { suspended: true });
        // Whom somebody has suspended by hand the roster leaves alone.
        site.edit.acsUser(userOf("bea"), { is_suspended: true });
        assertNoChanges(await stack.refresh({ runProgram: false }));
        assertChanges(await stack.up(), { "staff-ann": "updated" });
        assertRequests(site, [{ path: "/acs/users/suspend", body: { acs_user_id: userOf("ann") } }]);
        site.requests.clear();
        says("ann", {});
        assertChanges(await stack.up(), { "staff-ann": "updated" });
        assertRequests(site, [{ path: "/acs/users/unsuspend", body: { acs_user_id: userOf("ann") } }]);
        expect(site.users().filter((user) => user.is_suspended)).toMatchObject([
          { full_name: "bea Example" },
        ]);
        expect(pins()).toEqual(expect.arrayContaining(before));
      });
      expect(site.users()).toEqual([]);
    } finally {
      await site.close();
    }
  });

  it("tells twelve mistakes with their lines in one preview, and sends nothing", async () => {
    await writeFile(file, TWELVE_MISTAKES.text);
    await withStack(mistaken(), async (stack) => {
      const error = String(await stack.preview().catch(String));
      expect(error).toContain("The roster has 12 mistakes");
      expect(error.match(/^\S*roster\.yaml:\d+: /gm)).toHaveLength(12);
      expect(error).not.toContain("    at ");
      expect(emulator.requests.count()).toBe(0);
    });
  });

  it("tells the lines of a door that is not there, and sends nothing but questions", async () => {
    await writeFile(
      file,
      "people:\n  - { key: ann, name: Ann Example, doors: [Front dor] }\n  - { key: bea, name: Bea Example, doors: [Front dor] }\n",
    );
    await withStack(mistaken(), async (stack) => {
      const error = String(await stack.preview().catch(String));
      expect(error).toMatch(
        /roster\.yaml:2, \S*roster\.yaml:3: Cannot look up acs_entrance "Front dor".*Did you mean "Front door"/,
      );
      expect(error).not.toContain("    at ");
      assertRequests(emulator, []);
    });
  });

  function mistaken() {
    return {
      emulator,
      workDir: join(__dirname, "roster-mistakes"),
      config: {
        "roster-mistakes:acsSystemId": emulator.ids.acsSystems["salto-ks"],
        "roster-mistakes:roster": file,
      },
    };
  }
});
