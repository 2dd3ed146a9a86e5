import { createClient, type SeamClient } from "../../provider/http/client";
import type { StackResource } from "../../report/owners";
import { type Access, readAccess } from "../../report/read-access";
import { type Emulator, startEmulator } from "../../sdk/testing";
import { post } from "../emulator/api";

/** On Salto KS a door's own list leaves out who is suspended or not subscribed yet. */
describe("people whom a door's own list hides", () => {
  let emulator: Emulator;
  let seam: SeamClient;

  const start = async ({ users = 6 } = {}) => {
    emulator = await startEmulator({
      clock: "2030-06-08T12:00:00.000Z",
      seed: {
        workspaces: [
          {
            user_identities: [{ key: "gus", full_name: "Gus Guest" }],
            acs_systems: [
              {
                key: "office",
                kind: "salto_ks",
                entrances: [{ key: "lab", display_name: "Lab" }],
                users: Array.from({ length: users }, (_, number) => ({
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

  const lab = () => String(emulator.ids.acsEntrances["office/lab"]);
  const user = (number: number) => emulator.ids.acsUsers[`office/user-${number}`];
  const suspend = (number: number) => post(emulator, "/acs/users/suspend", { acs_user_id: user(number) });
  const startLater = (number: number) =>
    post(emulator, "/acs/users/update", {
      acs_user_id: user(number),
      access_schedule: { starts_at: "2030-07-01T00:00:00.000Z", ends_at: "2031-01-01T00:00:00.000Z" },
    });
  const ask = async (resources: readonly StackResource[], more: object = {}): Promise<Access> => {
    emulator.requests.clear();
    const stacks = [{ name: "prod", resources }];
    return readAccess(seam, { stacks, filters: { door: "lab", at: "any" }, ...more });
  };
  const said = (access: Access) =>
    access.document().rows.map(({ person, status, owner }) => `${person.name} ${status} ${owner.kind}`);

  it("are rows of a question about the door where a stack declares their keys or grants", async () => {
    await start();
    const resources = [await declaredKey(0), await declaredKey(1), await declaredKey(2)];
    await suspend(0);
    await startLater(1);
    const { body } = await post(emulator, "/access_grants/create", {
      user_identity_id: emulator.ids.userIdentities["gus"],
      acs_entrance_ids: [lab()],
      requested_access_methods: [{ mode: "code" }],
      starts_at: "2030-07-01T00:00:00.000Z",
      ends_at: "2031-01-01T00:00:00.000Z",
    });
    resources.push(resource("AccessGrant", body.access_grant.access_grant_id, { acsEntranceIds: [lab()] }));
    const narrow = await ask(resources);
    expect(emulator.requests.count()).toBeLessThanOrEqual(10);
    expect(said(narrow)).toEqual([
      "Gus Guest upcoming declared",
      "User 0 suspended declared",
      "User 1 upcoming declared",
      "User 2 active declared",
    ]);
    expect(said(await ask(resources, { isThorough: true }))).toEqual(said(narrow));
    expect(narrow.document().notSeen.join("\n")).not.toContain("--thorough");
  });

  it("are told of by their resources' names where that takes more than ten requests", async () => {
    await start({ users: 520 });
    const resources: StackResource[] = [];
    for (let number = 0; number < 20; number++) {
      resources.push(await declaredKey(number));
      await suspend(number);
    }
    for (let number = 20; number < 520; number++) await key(number, []);
    const access = await ask(resources);
    expect(emulator.requests.count()).toBeLessThanOrEqual(10);
    const rows = new Set(access.document().rows.map(({ acsCredentialId }) => acsCredentialId));
    expect(rows.size).toBeLessThan(20);
    const sentence = access.document().notSeen.find((text) => text.includes("--thorough")) ?? "";
    const left = resources.filter(({ id = "" }) => !rows.has(id));
    expect(sentence).toContain(`The keys of ${left.length} resources`);
    expect(sentence).toContain("key-5 of prod");
  });

  it("are told of where nobody declares their keys: Seam does not show the doors of these", async () => {
    await start();
    await key(3, [lab()]);
    await key(4, [lab()]);
    await suspend(3);
    await startLater(4);
    const sentence =
      "Doors of 2 keys that no stack declares for them, of people who are suspended or whose time has not come (User 3, User 4): Seam shows those doors only once the people can come in.";
    const whole = await ask([], { filters: { at: "any" } });
    expect(said(whole)).toEqual([]);
    expect(whole.document().notSeen).toContain(sentence);
    const others = await ask([], { filters: { at: "any", person: "User 2" } });
    expect(others.document().notSeen.join("\n")).not.toContain("User 3");
    expect((await ask([])).document().notSeen.join("\n")).toContain(
      "Seam's list for the door leaves them out",
    );
  });

  it("are answered for as far as it goes where Seam refuses the list of users", async () => {
    await start();
    await key(0, [lab()]);
    const error = { type: "forbidden", message: "Not for this key" };
    emulator.faults.add({ route: "/acs/users/list", fault: "answer", status: 403, body: { error } });
    const access = await ask([]);
    expect([access.isComplete, access.document().rows.length]).toEqual([false, 1]);
    expect(access.document().notSeen[0]).toContain("The users of acs_system");
  });

  function resource(type: string, id: string, inputs: object, name = type): StackResource {
    const token = `pulumi-nodejs:dynamic/seam:${type}`;
    return { urn: `urn:pulumi:prod::doors::${token}::${name}`, type: token, id, inputs: { ...inputs } };
  }

  async function declaredKey(number: number): Promise<StackResource> {
    const inputs = { allowedAcsEntranceIds: [lab()] };
    return resource("AcsCredential", await key(number, [lab()]), inputs, `key-${number}`);
  }

  async function key(number: number, doors: readonly string[]): Promise<string> {
    const body = { acs_user_id: user(number), access_method: "code", allowed_acs_entrance_ids: doors };
    return (await post(emulator, "/acs/credentials/create", body)).body.acs_credential.acs_credential_id;
  }
});
