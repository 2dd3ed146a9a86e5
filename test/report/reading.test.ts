import { createClient, type SeamClient } from "../../provider/http/client";
import { collect, type KindName, objectsOf } from "../../report/reading/objects";
import { type Progress, readerOf } from "../../report/reading/reader";
import { readPlaces, readWhoseDoors } from "../../report/reading/reading";
import { type DefaultKeys, type Emulator, startEmulator } from "../../sdk/testing/index";

const REFUSED = { error: { type: "invalid_input", message: "Not of all systems" } };

describe("reading a workspace", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator();
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  it("reads all of a kind over several pages, and says how far it is", async () => {
    const { acs_user_id } = ada();
    for (let number = 0; number < 501; number++) await make({ acs_user_id });
    const progress: Progress[] = [];
    const reader = readerOf(seam, { onProgress: (one) => progress.push(one) });
    const ids = await collect(reader, "credentials", (one) => one["acs_credential_id"]);
    expect(new Set(ids).size).toBe(501);
    expect(progress).toEqual([
      { what: "credentials", read: 500 },
      { what: "credentials", read: 501 },
    ]);
    expect(reader.requests()).toBe(2);
  });

  it("reads every kind, the unmanaged ones too, and access methods by their grant", async () => {
    const access_grant_id = await makeGrant();
    const kinds: KindName[] = ["systems", "entrances", "groups", "users", "identities", "grants", "spaces"];
    const unmanaged: KindName[] = ["unmanagedGrants", "unmanagedIdentities", "unmanagedUsers"];
    const more: KindName[] = ["devices", "credentials", "unmanagedGroups", "unmanagedCredentials"];
    const reader = readerOf(seam);
    const counts = new Map<string, number>();
    for (const kind of [...kinds, ...unmanaged, ...more])
      counts.set(kind, (await collect(reader, kind, () => 1)).length);
    const methods = await collect(reader, "accessMethods", (one) => one["mode"], { access_grant_id });
    expect(reader.unread()).toEqual([]);
    expect(methods).toEqual(["code"]);
    expect(counts.get("grants")).toBe(1);
    expect(counts.get("entrances")).toBe(Object.keys(emulator.ids.acsEntrances).length);
    expect(counts.get("unmanagedCredentials")).toBe(0);
  });

  it("leaves out what was made after the moment that it is frozen to", async () => {
    const { acs_user_id } = ada();
    const before = await make({ acs_user_id });
    const createdBefore = new Date(emulator.clock.nowMs() + 1).toISOString();
    emulator.clock.advance({ minutes: 1 });
    await make({ acs_user_id });
    const reader = readerOf(seam, { createdBefore });
    expect(await collect(reader, "credentials", (one) => one["acs_credential_id"])).toEqual([before]);
  });

  it("tells from doors and groups which doors stand on a credential, at one request a door and two a group", async () => {
    const { acsUsers, acsEntrances, acsAccessGroups } = emulator.ids;
    const id = await make({
      acs_user_id: acsUsers["latch/ben"],
      allowed_acs_entrance_ids: [acsEntrances["latch/front-door"]],
    });
    const staff = await make({ acs_user_id: acsUsers["salto-ks/ada"] });
    const group = acsAccessGroups["salto-ks/staff"];
    await call("/acs/access_groups/add_user", { acs_access_group_id: group, ...ada() });
    const reader = readerOf(seam);
    const places = await readPlaces(reader);
    const pages = reader.requests();
    const doors = await readWhoseDoors(reader, places);
    expect(doors.ownOf(id, acsUsers["latch/ben"])).toEqual([acsEntrances["latch/front-door"]]);
    expect(doors.ofCredential(staff).length).toBeGreaterThan(0);
    expect(doors.ownOf(staff, acsUsers["salto-ks/ada"])).toEqual([]);
    expect(doors.groupsOf(acsUsers["salto-ks/ada"])).toEqual([group]);
    expect([...doors.throughGroups(acsUsers["salto-ks/ada"])]).toEqual(doors.ofCredential(staff));
    expect(reader.requests() - pages).toBe(places.entrances.length + 2 * places.groups.length);
  });

  it("goes on without a door that cannot be read, and says so of it and of its system", async () => {
    const acs_entrance_id = emulator.ids.acsEntrances["latch/front-door"];
    const route = "/acs/entrances/list_credentials_with_access";
    const reader = readerOf(refusing(route, { acs_entrance_id }));
    const places = await readPlaces(reader);
    const { unsureSystems } = await readWhoseDoors(reader, places);
    expect(reader.unread()).toMatchObject([{ part: expect.stringContaining(acs_entrance_id) }]);
    expect([...unsureSystems]).toEqual([emulator.ids.acsSystems["latch"]]);
  });

  it("takes a door and a group that are deleted in between as opening nothing", async () => {
    const reader = readerOf(seam);
    const gone = "00000000-0000-4000-8000-000000000000";
    const { groups, unsureSystems } = await readWhoseDoors(reader, {
      entrances: [{ acs_entrance_id: gone, acs_system_id: gone }],
      groups: [{ acs_access_group_id: gone, acs_system_id: gone }],
    });
    expect(groups.get(gone)).toEqual({ userIds: [], entranceIds: [] });
    expect([reader.unread(), [...unsureSystems]]).toEqual([[], []]);
  });

  it("takes no list for empty that is not found where its door or group is there", async () => {
    const lists = [
      { route: "/acs/entrances/list_credentials_with_access", type: "acs_entrance_not_found" },
      { route: "/acs/access_groups/list_users", type: "acs_access_group_not_found" },
    ];
    for (const { route, type } of lists) {
      const body = { error: { type, message: "Not found" }, ok: false };
      emulator.faults.add({ route, times: 1, fault: "answer", status: 404, body });
    }
    const reader = readerOf(seam);
    await readWhoseDoors(reader, await readPlaces(reader));
    expect(reader.unread()).toHaveLength(2);
  });

  it("reads system by system where the list of all fails, each object once, and names the system that fails", async () => {
    const acs_system_id = emulator.ids.acsSystems["latch"];
    emulator.faults.add({ route: "/acs/users/list", call: 1, fault: "answer", status: 400, body: REFUSED });
    const reader = readerOf(refusing("/acs/users/list", { acs_system_id }));
    const systems = await collect(reader, "users", (one) => one["acs_system_id"]);
    const all = Object.keys(emulator.ids.acsUsers).filter((key) => !key.startsWith("latch/"));
    expect(systems.filter((id) => id !== acs_system_id)).toHaveLength(all.length);
    expect(systems).not.toContain(acs_system_id);
    expect(reader.unread()).toMatchObject([{ part: expect.stringContaining(acs_system_id) }]);
  });

  it("stops at once when Seam does not take the key", async () => {
    const stranger = createClient({ endpoint: emulator.url, token: "seam_test1abc_nobodysnobodysnobodysno" });
    await expect(objectsOf(readerOf(stranger), "users").next()).rejects.toThrow("unauthorized");
    await stranger.close();
  });

  function ada() {
    return { acs_user_id: emulator.ids.acsUsers["salto-ks/ada"] };
  }

  /** A client whose requests of this kind Seam refuses: they carry a parameter that is no good. */
  function refusing(route: string, of: Record<string, string | undefined>): SeamClient {
    const isMeant = (body: Readonly<Record<string, unknown>>) =>
      Object.entries(of).every(([key, value]) => body[key] === value);
    return {
      ...seam,
      call: (request) =>
        seam.call(
          request.path === route && isMeant(request.body)
            ? { ...request, body: { acs_system_id: "no id", acs_entrance_id: "no id" } }
            : request,
        ),
    };
  }

  async function make(body: Record<string, unknown>): Promise<string> {
    const reply = await call("/acs/credentials/create", { access_method: "code", ...body });
    return (reply["acs_credential"] as { acs_credential_id: string }).acs_credential_id;
  }

  async function makeGrant(): Promise<string> {
    const reply = await call("/access_grants/create", {
      user_identity: { full_name: "Gail Guest" },
      requested_access_methods: [{ mode: "code" }],
      acs_entrance_ids: [emulator.ids.acsEntrances["salto-ks/front-door"]],
    });
    return (reply["access_grant"] as { access_grant_id: string }).access_grant_id;
  }

  async function call(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    return (await seam.call({ path, body, effect: "update", action: "make by hand" })).json;
  }
});
