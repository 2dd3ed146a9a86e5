import { createClient, type SeamClient } from "../../provider/http/client";
import type { Properties } from "../../provider/values/record";
import { readAccess } from "../../report/read-access";
import { credentialsOfMethods, type PartsOfGrant, partsOfGrants } from "../../report/reading/grants";
import { asSent, collect } from "../../report/reading/objects";
import { readerOf } from "../../report/reading/reader";
import { type DefaultKeys, type Emulator, startEmulator } from "../../sdk/testing/index";

const GONE = "00000000-0000-4000-8000-000000000000";

describe("reading access grants", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator({ missingInBatch: "not-found" });
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  it("finds the doors, devices and methods of each of several grants", async () => {
    const { acsEntrances, devices } = emulator.ids;
    const [door, other] = [acsEntrances["brivo/front-door"], acsEntrances["brivo/warehouse"]];
    const placed = [
      { acs_entrance_ids: [door] },
      { acs_entrance_ids: [door, other] },
      { device_ids: [devices["cabin-1"]] },
      { acs_entrance_ids: [other], device_ids: [devices["cabin-1"]] },
    ];
    const ids = await Promise.all(placed.map(grant));
    const reader = readerOf(seam);
    const grants = await collect(reader, "grants", asSent);
    const parts = await partsOfGrants(reader, grants);
    expect(ids.map((id) => placesOf(parts.get(id)))).toEqual([
      [door],
      [door, other].sort(),
      [devices["cabin-1"]],
      [other, devices["cabin-1"]].sort(),
    ]);
    expect(ids.map((id) => parts.get(id)?.accessMethods.length)).toEqual([1, 1, 1, 1]);
    // The list of grants, one answer about all of them, and one list for each of the three places.
    expect(reader.requests()).toBe(1 + 1 + 3);
  });

  it("asks about each grant by itself where they have more doors than there are grants", async () => {
    const { acsEntrances } = emulator.ids;
    const doors = [acsEntrances["brivo/front-door"], acsEntrances["brivo/warehouse"]];
    const ids = [
      await grant({ acs_entrance_ids: doors }),
      await grant({ acs_entrance_ids: [acsEntrances["akiles/studio"]] }),
    ];
    const reader = readerOf(seam);
    const parts = await partsOfGrants(reader, await collect(reader, "grants", asSent));
    expect(ids.map((id) => placesOf(parts.get(id)))).toEqual([
      [...doors].sort(),
      [acsEntrances["akiles/studio"]],
    ]);
    expect(reader.requests()).toBe(1 + 1 + 2);
  });

  it("reads the others where one was deleted in between, and says which could not be read", async () => {
    const id = await grant({ acs_entrance_ids: [emulator.ids.acsEntrances["brivo/front-door"]] });
    const reader = readerOf(seam);
    const [wire] = await collect(reader, "grants", asSent);
    const gone = { ...wire, access_grant_id: GONE };
    const parts = await partsOfGrants(reader, [wire as Properties, gone]);
    expect([...parts.keys()]).toEqual([id]);
    expect(reader.unread()).toEqual([]);

    emulator.faults.add({
      route: "/access_grants/get_related",
      fault: "answer",
      status: 400,
      body: { error: { type: "invalid_input", message: "Not now" } },
    });
    expect([...(await partsOfGrants(reader, [wire as Properties]))]).toEqual([[id, undefined]]);
    expect(reader.unread()).toMatchObject([{ part: expect.stringContaining(id) }]);
  });

  it("finds the credentials that are behind access methods, also when a method is gone", async () => {
    await grant({ acs_entrance_ids: [emulator.ids.acsEntrances["brivo/front-door"]] });
    await grant({ acs_entrance_ids: [emulator.ids.acsEntrances["akiles/studio"]] });
    const reader = readerOf(seam);
    const methods = (await collect(reader, "grants", (one) => one["access_method_ids"])).flat() as string[];
    const credentials = emulator.credentials().map((one) => one["acs_credential_id"]);
    expect(credentials).toHaveLength(2);
    for (const ids of [methods, [...methods, GONE]])
      expect([...((await credentialsOfMethods(reader, ids)) ?? [])].sort()).toEqual([...credentials].sort());
  });

  it.each([
    ["without a batch", { ok: true }],
    ["without one of the lists", { batch: { acs_credentials: [], devices: [] }, ok: true }],
  ])("takes no answer for complete that lacks what was asked for: %s", async (_, body) => {
    await grant({ acs_entrance_ids: [emulator.ids.acsEntrances["brivo/front-door"]] });
    for (const route of ["/access_methods/get_related", "/access_grants/get_related"]) {
      emulator.faults.add({ route, fault: "answer", status: 200, body });
    }
    const reader = readerOf(seam);
    const parts = await partsOfGrants(reader, await collect(reader, "grants", asSent));
    expect([...parts.values()]).toEqual([undefined]);
    for (const filters of [{}, { door: String(emulator.ids.acsEntrances["brivo/front-door"]) }]) {
      expect((await readAccess(seam, { filters })).isComplete).toBe(false);
    }
  });

  async function grant(places: object): Promise<string> {
    const { json } = await seam.call({
      path: "/access_grants/create",
      body: {
        user_identity_id: emulator.ids.userIdentities["ada"],
        requested_access_methods: [{ mode: "code" }],
        ...places,
      },
      effect: "update",
      action: "make by hand",
    });
    return (json["access_grant"] as { access_grant_id: string }).access_grant_id;
  }

  function placesOf(parts: PartsOfGrant | undefined): string[] {
    return [...(parts?.entrances ?? []), ...(parts?.devices ?? [])]
      .map((place) => String(place["acs_entrance_id"] ?? place["device_id"]))
      .sort();
  }
});
