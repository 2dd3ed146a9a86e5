import { createClient, type SeamClient } from "../../provider/http/client";
import type { AccessDocument, AccessRow } from "../../report/document";
import { type Access, readAccess } from "../../report/read-access";
import { type Emulator, startEmulator } from "../../sdk/testing";
import { post } from "../emulator/api";

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

/** Another system than Salto KS: members whose time has not come can open there, and show only in groups otherwise. */
describe("a question about one door", () => {
  let emulator: Emulator;
  let seam: SeamClient;
  let groupCount: number;

  const start = async ({ users, groups }: { users: number; groups: number }) => {
    groupCount = groups;
    emulator = await startEmulator({
      seed: {
        workspaces: [
          {
            user_identities: numbers(20).map((number) => ({
              key: `guest-${number}`,
              full_name: `Guest ${number}`,
            })),
            acs_systems: [
              {
                key: "site",
                kind: "brivo",
                entrances: [
                  { key: "lab", display_name: "Lab" },
                  { key: "hall", display_name: "Hall" },
                ],
                access_groups: numbers(groups).map((number) => ({
                  key: `group-${number}`,
                  name: `Group ${number}`,
                  entrances: number === groups - 1 ? ["lab"] : ["hall"],
                })),
                users: numbers(users).map((number) => ({
                  key: `user-${number}`,
                  full_name: `User ${number}`,
                })),
              },
            ],
          },
        ],
      },
    });
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  };
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  const lab = () => emulator.ids.acsEntrances["site/lab"];
  const user = (number: number) => emulator.ids.acsUsers[`site/user-${number}`];
  const key = (number: number, more: object = {}) =>
    post(emulator, "/acs/credentials/create", { acs_user_id: user(number), access_method: "code", ...more });
  const join = (number: number) =>
    post(emulator, "/acs/access_groups/add_user", {
      acs_access_group_id: emulator.ids.acsAccessGroups[`site/group-${groupCount - 1}`],
      acs_user_id: user(number),
    });
  const grant = async (guest: number, ends_at: string): Promise<string> => {
    const { body } = await post(emulator, "/access_grants/create", {
      user_identity_id: emulator.ids.userIdentities[`guest-${guest}`],
      acs_entrance_ids: [lab()],
      requested_access_methods: [{ mode: "code" }],
      ends_at,
    });
    return body.access_grant.access_grant_id;
  };
  const ask = async (
    more: object = {},
  ): Promise<{ access: Access; document: AccessDocument; sent: number }> => {
    // Seam tells its time in whole seconds: what begins in this one has not begun for it.
    emulator.clock.advance({ seconds: 2 });
    emulator.requests.clear();
    const access = await readAccess(seam, { stacks: [], filters: { door: "lab" }, ...more });
    return { access, document: access.document(), sent: emulator.requests.count() };
  };
  const said = ({ person, via, acsCredentialId, endsAt, status }: AccessRow) =>
    [person.name, via.kind, via.id, acsCredentialId, endsAt, status].join(" ");

  it("is answered as by the whole workspace where ten requests are enough", async () => {
    await start({ users: 5, groups: 1 });
    await key(0, { allowed_acs_entrance_ids: [lab()] });
    for (const number of [1, 2]) {
      await join(number);
      await key(number);
    }
    await post(emulator, "/acs/users/suspend", { acs_user_id: user(2) });
    const narrow = await ask();
    const whole = await ask({ isThorough: true });
    expect(narrow.document.rows.map(said)).toEqual(whole.document.rows.map(said));
    expect(narrow.document.rows.map(({ person, status }) => `${person.name} ${status}`)).toEqual([
      "User 0 active",
      "User 1 active",
      "User 2 suspended",
    ]);
    expect(narrow.document.notSeen.join()).not.toContain("--thorough");
    expect(narrow.sent).toBeLessThanOrEqual(10);
    expect(narrow.document.requests).toBe(narrow.sent);
  });

  it("costs ten requests where there are many users, groups and grants, and tells what that leaves out", async () => {
    await start({ users: 2_500, groups: 12 });
    for (const number of [0, 1_200, 2_400]) await key(number, { allowed_acs_entrance_ids: [lab()] });
    for (const guest of numbers(12)) await grant(guest, "2099-01-01T00:00:00.000Z");
    const { document, sent } = await ask();
    expect(sent).toBeLessThanOrEqual(10);
    expect(document.requests).toBe(sent);
    expect(document.complete).toBe(true);
    expect(document.rows).toHaveLength(15);
    expect(document.rows.filter(({ owner }) => owner.kind === "unknown")).toHaveLength(12);
    expect(document.notSeen.join("\n")).toContain("Which access grants made 12 of the keys");
    expect(document.notSeen.filter((text) => text.includes("--thorough"))).not.toEqual([]);
  });

  it("tells the grants of one person apart by their times where asking for each would take more than ten", async () => {
    await start({ users: 1, groups: 0 });
    const ids = new Map<string, string>();
    for (const guest of numbers(8)) {
      for (const month of ["01", "02"]) {
        const end = `2099-${month}-01T00:00:00.000Z`;
        ids.set(`Guest ${guest} ${end}`, await grant(guest, end));
      }
    }
    const { document, sent } = await ask();
    expect(sent).toBeLessThanOrEqual(10);
    const told = document.rows.map(
      ({ person, via, endsAt }) => [`${person.name} ${endsAt}`, via.id] as const,
    );
    expect(told).toHaveLength(16);
    for (const [who, id] of told) expect([who, id]).toEqual([who, ids.get(who)]);
  });

  it("calls nothing declared that may come from an access group that was not asked about", async () => {
    await start({ users: 3, groups: 12 });
    await join(0);
    const { body } = await key(0);
    const id = body.acs_credential.acs_credential_id;
    const pin = {
      urn: "urn:pulumi:dev::doors::pulumi-nodejs:dynamic/seam:AcsCredential::pin",
      type: "pulumi-nodejs:dynamic/seam:AcsCredential",
      id,
    };
    const stacks = [{ name: "dev", resources: [pin] }];
    const owners = async (more: object) =>
      (await ask({ stacks, ...more })).document.rows.map(({ owner }) => owner.kind);
    // The group that opens the lab is the last one here, and so is not asked about.
    expect(await owners({ filters: { door: "lab", undeclared: true } })).toEqual(["unknown"]);
    expect(await owners({ isThorough: true })).toEqual(["undeclared"]);
  });

  it("is answered by nobody for a person without a key there, and says that the person was not looked for", async () => {
    await start({ users: 2, groups: 0 });
    const { document } = await ask({ filters: { door: "lab", person: "User 1" } });
    expect(document.rows).toEqual([]);
    expect(document.notSeen.join("\n")).toContain('Whether there is a person "User 1"');
    await expect(ask({ filters: { person: "User 9" } })).rejects.toThrow(/none among the 2 users/);
  });

  it("loses no other grant's keys when one of their methods is deleted while it reads", async () => {
    await start({ users: 1, groups: 0 });
    const grants: string[] = [];
    for (const guest of numbers(3)) grants.push(await grant(guest, "2099-01-01T00:00:00.000Z"));
    emulator.faults.add({
      route: "/access_methods/get_related",
      times: 1,
      fault: "answer",
      status: 404,
      body: { error: { type: "access_method_not_found", message: "Access method not found" }, ok: false },
    });
    const { document } = await ask();
    expect(document.rows.map(({ via }) => via.id).sort()).toEqual([...grants].sort());
  });

  it("helps with a name that is nearly right, and with one that is not", async () => {
    await start({ users: 1, groups: 0 });
    await expect(readAccess(seam, { filters: { door: "Labb" } })).rejects.toThrow('Did you mean "Lab"');
    const other = readAccess(seam, { filters: { door: "Server room" } });
    await expect(other).rejects.toThrow(/there is none\. There are .*"Lab"/);
  });
});
