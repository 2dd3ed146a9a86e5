import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import {
  assertChanges,
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "../../sdk/testing";

describe("StaffAccess, by doors, by names, and over time", () => {
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

  it("finds doors by name, replaces only the credential whose doors change, and moves an end in place", async () => {
    const acsSystemId = emulator.ids.acsSystems["visionline"];
    const write = (ann: string, endsAt: string) =>
      writeFile(
        file,
        `
method: card
groups:
  housekeeping: { doors: [Room 101, Room 102], endsAt: ${endsAt} }
  lobby: { doors: [${ann}], endsAt: ${endsAt} }
people:
  - { key: ann, name: Ann Example, groups: [lobby] }
  - { key: bea, name: Bea Example, groups: [housekeeping] }
`,
      );
    await write("Lobby", "2031-01-01T00:00:00Z");
    const program = async () => {
      new seam.StaffAccess("staff", {
        acsSystemId,
        roster: file,
        credential: { visionlineMetadata: { cardFormat: "rfid48", cardFunctionType: "staff" } },
      });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      const { acsEntrances } = emulator.ids;
      const bodies = emulator.credentials().map((credential) => credential.create_body);
      expect(bodies).toContainEqual(
        expect.objectContaining({
          access_method: "card",
          allowed_acs_entrance_ids: [
            acsEntrances["visionline/room-101"],
            acsEntrances["visionline/room-102"],
          ].sort(),
          visionline_metadata: { card_format: "rfid48", card_function_type: "staff" },
        }),
      );

      await write("Room 103", "2031-01-01T00:00:00Z");
      assertChanges(await stack.up(), { "staff-ann-card": "replaced" });
      await write("Room 103", "2032-01-01T00:00:00Z");
      assertChanges(await stack.up(), { "staff-ann-card": "updated", "staff-bea-card": "updated" });
    });
  });

  it("tells groups apart whose names differ in signs only", async () => {
    await emulator.close();
    const names = ["C", "C++", "Level 1", "Level -1"];
    const site = await startEmulator({
      seed: {
        workspaces: [
          {
            key: "main",
            acs_systems: [
              {
                key: "site",
                kind: "salto_ks",
                access_groups: names.map((name, index) => ({ key: `group-${index}`, name })),
              },
            ],
          },
        ],
      },
    });
    const program = async () => {
      const { members } = new seam.StaffAccess("staff", {
        acsSystemId: site.ids.acsSystems["site"] as string,
        roster: {
          groups: {
            C: { accessGroups: ["C", "Level 1"] },
            "C++": { accessGroups: ["C++"] },
            // Not the second access group of C.
            "C-2": { accessGroups: ["Level -1"] },
          },
          people: [person("ann", "C", "C++", "C-2")],
        },
      });
      return { groups: Object.keys(members["ann"]?.memberships ?? {}).sort() };
    };
    try {
      await withStack({ emulator: site, program }, async (stack) => {
        const { outputs } = await stack.up();
        expect(outputs["groups"]).toEqual([...names].sort());
        expect(site.requests.count("/acs/access_groups/add_user")).toBe(4);
        assertNoChanges(await stack.up());
      });
    } finally {
      await site.close();
    }
  });

  it("adopts forty people who are there already, and doubles nothing", async () => {
    await emulator.close();
    const keys = Array.from({ length: 40 }, (_, index) => `person-${index + 1}`);
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
                users: keys.map((key) => ({
                  key,
                  full_name: `${key} Example`,
                  email_address: `${key}@example.com`,
                  access_groups: ["staff"],
                })),
              },
            ],
          },
        ],
      },
    });
    let adopt = true;
    const program = async () => {
      const people = keys.map((key) => ({ ...person(key, "desk"), email: `${key}@example.com` }));
      new seam.StaffAccess("staff", {
        acsSystemId: site.ids.acsSystems["site"] as string,
        roster: { groups: { desk: { accessGroups: ["Staff"] } }, people },
        ...(adopt && { adopt }),
      });
    };
    const users = () => site.users().map(({ acs_user_id }) => acs_user_id);
    const before = users();
    try {
      await withStack({ emulator: site, program }, async (stack) => {
        await stack.up();
        expect(users()).toEqual(before);
        expect(site.requests.count("/acs/users/create")).toBe(0);
        expect(site.credentials()).toHaveLength(keys.length);
        adopt = false;
        assertNoChanges(await stack.up());
      });
    } finally {
      await site.close();
    }
  });

  it("waits in a preview for a provider's key that comes from another resource", async () => {
    const { apiKey, url: endpoint } = emulator;
    class Vault extends pulumi.dynamic.Resource {
      declare readonly key: pulumi.Output<string>;
      constructor() {
        const create = async () => ({ id: "vault", outs: { key: apiKey } });
        super({ create }, "vault", { key: undefined }, {});
      }
    }
    const program = async () => {
      const provider = new seam.Provider("annex", { apiKey: new Vault().key, endpoint });
      new seam.StaffAccess(
        "staff",
        {
          acsSystemId: emulator.ids.acsSystems["salto-ks"],
          roster: {
            groups: { desk: { accessGroups: ["Staff"] } },
            people: [person("ann", "desk")],
          },
        },
        { providers: [provider] },
      );
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.preview();
      expect(emulator.requests.count()).toBe(0);
      await stack.up();
      expect(emulator.requests.count("/acs/access_groups/add_user")).toBe(1);
    });
  });

  it("leaves people without access once their end is past, and lets them hold up nobody", async () => {
    const acsSystemId = emulator.ids.acsSystems["visionline"];
    const roster: seam.Roster = {
      method: "card",
      groups: { rooms: { doors: ["Room 101"] }, contractors: { doors: ["Lobby"] } },
      people: [person("ann", "rooms"), { ...person("bob", "rooms"), endsAt: "2039-01-01T00:00:00Z" }],
    };
    // What the clock shows while the program runs.
    let today: string | undefined;
    const program = async () => {
      const clock = today && jest.spyOn(Date, "now").mockReturnValue(Date.parse(today));
      const { members } = new seam.StaffAccess("staff", { acsSystemId, roster });
      if (clock) clock.mockRestore();
      return { members: Object.keys(members) };
    };
    const moveRooms = (room: string, endOfBob: string) => {
      roster.groups = { ...roster.groups, rooms: { doors: [room] } };
      roster.people[1] = { ...person("bob", "rooms"), endsAt: endOfBob };
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();

      moveRooms("Room 101", "2024-01-01T00:00:00Z");
      await expect(stack.preview()).rejects.toThrow(/loses 1 of 2 people.*bob \(its end is past: 2024-01-01/);

      moveRooms("Room 101", "2038-01-01T00:00:00Z");
      assertChanges(await stack.up(), { "staff-bob-card": "updated" });

      // An end that was planned is no shrink. Nobody's doors who is over need to be there any more.
      today = "2038-01-01T00:00:00Z";
      moveRooms("Room 102", "2038-01-01T00:00:00Z");
      roster.people.push({
        ...person("cay", "contractors"),
        endsAt: "2024-01-01T00:00:00Z",
        doors: ["Nowhere"],
      });
      const result = await stack.up();
      assertChanges(result, {
        "staff-ann-card": "replaced",
        "staff-bob": "deleted",
        "staff-bob-card": "deleted",
        "staff-roster": "updated",
      });
      expect(result.diagnostics.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(
          /^The end of access is past for bob \(.*\), cay \(2024-01-01T00:00:00\.000Z\)\./,
        ),
      );
      expect(result.outputs["members"]).toEqual(["ann"]);
      assertNoChanges(await stack.up());
    });
  });

  function _mistaken() {
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
