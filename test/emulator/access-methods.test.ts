import { type DefaultKeys, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index";
import { post } from "./api";

type Door = DefaultKeys["acsEntrances"];

const ISSUE = { issueMs: 5_000 };

let seam: Emulator<DefaultKeys>;
const start = async (options: EmulatorOptions & { seed?: never } = {}) => {
  seam = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", ...options });
};
afterEach(() => seam.close());

const call = async (path: string, body: object) => (await post(seam, path, body)).body;

const create = async (modes: readonly object[], doors: readonly Door[], more: object = {}) => {
  const { access_grant } = await call("/access_grants/create", {
    user_identity_id: seam.ids.userIdentities.ada,
    requested_access_methods: modes,
    acs_entrance_ids: doors.map((door) => seam.ids.acsEntrances[door]),
    starts_at: "2030-01-01T00:00:00.000Z",
    ends_at: "2030-02-01T00:00:00.000Z",
    ...more,
  });
  return access_grant;
};
const grantOf = async (access_grant_id: string) =>
  (await call("/access_grants/get", { access_grant_id })).access_grant;
const methodsOf = async (access_grant_id: string) =>
  (await call("/access_methods/list", { access_grant_id })).access_methods;
const codesOf = (issues: Record<string, unknown>[]) =>
  issues.map((issue) => issue["error_code"] ?? issue["warning_code"] ?? issue["mutation_code"]);

it("issues access methods later, and shows until then that it is going on", async () => {
  await start({ delays: ISSUE });
  const grant = await create(
    [{ mode: "code", code: "4711" }, { mode: "mobile_key" }],
    ["salto-ks/front-door"],
  );
  expect(grant).not.toHaveProperty("instant_key_url");
  for (const method of await methodsOf(grant.access_grant_id)) {
    expect(method).toMatchObject({ is_issued: false, issued_at: null });
    expect(codesOf(method.pending_mutations)).toEqual(["provisioning_access"]);
  }
  expect((await methodsOf(grant.access_grant_id))[0].code).toBeNull();
  seam.clock.advance(4_999);
  expect((await methodsOf(grant.access_grant_id))[0].is_issued).toBe(false);
  seam.clock.advance(1);
  const [code, key] = await methodsOf(grant.access_grant_id);
  expect(code).toMatchObject({
    is_issued: true,
    issued_at: expect.stringMatching(/^2030-01-01T00:00:05/),
    code: "4711",
    pending_mutations: [],
  });
  expect(key).toMatchObject({
    is_issued: true,
    client_session_token: expect.stringMatching(/^seam_cst/),
    instant_key_url: expect.stringMatching(/^https:/),
  });
  expect(await grantOf(grant.access_grant_id)).toMatchObject({
    client_session_token: key.client_session_token,
    instant_key_url: key.instant_key_url,
  });
});

it("shows the link of an instant key at the grant only where it has a single mobile key", async () => {
  await start();
  const both = await create([{ mode: "mobile_key" }, { mode: "mobile_key" }], ["brivo/warehouse"]);
  expect(both).not.toHaveProperty("instant_key_url");
  expect(both.client_session_token).toMatch(/^seam_cst/);
});

it("issues a PIN that the lock system chooses when it is known, and says that it is another one", async () => {
  await start({ delays: { issueMs: 1_000, codeMs: 3_000 } });
  const { access_grant_id } = await create([{ mode: "code", code: "4711" }], ["latch/front-door"]);
  seam.clock.advance(1_000);
  expect((await methodsOf(access_grant_id))[0]).toMatchObject({ is_issued: false, code: null });
  seam.clock.advance(2_000);
  const [method] = await methodsOf(access_grant_id);
  const [credential] = seam.credentials();
  expect(method).toMatchObject({ is_issued: true, code: credential?.code });
  expect(credential?.warnings).toEqual([
    expect.objectContaining({
      warning_code: "requested_code_unavailable",
      original_code: "4711",
      new_code: credential?.code,
    }),
  ]);
});

it("makes a credential for each door where a credential of the system takes one", async () => {
  await start();
  const grant = await create([{ mode: "code" }], ["latch/front-door", "latch/apartment-1"]);
  expect(grant.errors).toEqual([]);
  expect(seam.credentials().map((credential) => credential.allowed_acs_entrance_ids.length)).toEqual([1, 1]);
});

it("says at the grant what a system refuses, and makes no access method that opens nothing", async () => {
  await start();
  const hotel = await create([{ mode: "code" }, { mode: "card" }], ["visionline/lobby"]);
  expect(codesOf(hotel.errors)).toEqual(["cannot_create_requested_access_methods"]);
  expect(hotel.errors[0].message).toContain("Visionline");
  expect(
    hotel.requested_access_methods.map((request: never) => request["created_access_method_ids"]),
  ).toEqual([[], hotel.access_method_ids]);
  const mixed = await create([{ mode: "code" }], ["visionline/lobby", "brivo/warehouse"]);
  expect(codesOf(mixed.errors)).toEqual(["cannot_create_requested_access_methods"]);
  expect(mixed.access_method_ids).toHaveLength(1);
});

it("says that an access method was not issued before its grant began, until it is", async () => {
  await start({ delays: { issueMs: 60_000 } });
  const { access_grant_id } = await create([{ mode: "code" }], ["brivo/warehouse"], {
    starts_at: "2030-01-01T00:00:30.000Z",
  });
  seam.clock.advance(29_000);
  expect((await methodsOf(access_grant_id))[0].errors).toEqual([]);
  seam.clock.advance(1_000);
  expect(codesOf((await methodsOf(access_grant_id))[0].errors)).toEqual(["failed_to_issue"]);
  seam.clock.advance(30_000);
  expect((await methodsOf(access_grant_id))[0]).toMatchObject({ is_issued: true, errors: [] });
});

it("revokes and issues again when the times change, with the same PIN", async () => {
  await start({ delays: ISSUE });
  const { access_grant_id } = await create([{ mode: "code" }], ["brivo/warehouse"]);
  seam.clock.advance(5_000);
  const [{ code, issued_at }] = await methodsOf(access_grant_id);
  const ends_at = "2030-03-01T00:00:00.000Z";
  await call("/access_grants/update", { access_grant_id, ends_at });
  const grant = await grantOf(access_grant_id);
  expect([grant.ends_at, ...codesOf(grant.warnings), ...codesOf(grant.pending_mutations)]).toEqual([
    ends_at,
    "updating_access_times",
    "updating_access_times",
  ]);
  expect(grant.pending_mutations[0]).toMatchObject({
    access_method_ids: grant.access_method_ids,
    from: { ends_at: "2030-02-01T00:00:00.000Z" },
    to: { ends_at },
  });
  const [during] = await methodsOf(access_grant_id);
  expect(during).toMatchObject({ is_issued: false, code });
  expect([codesOf(during.warnings), codesOf(during.pending_mutations)]).toEqual([
    ["updating_access_times"],
    ["updating_access_times"],
  ]);
  seam.clock.advance(5_000);
  expect(await grantOf(access_grant_id)).toMatchObject({ warnings: [], pending_mutations: [] });
  const [after] = await methodsOf(access_grant_id);
  expect(after).toMatchObject({ is_issued: true, code, warnings: [], pending_mutations: [] });
  expect(after.issued_at).not.toBe(issued_at);
  expect(seam.credentials()[0]?.ends_at).toBe(ends_at);
  const { events } = await call("/events/list", { since: "2029-01-01T00:00:00Z", access_grant_id });
  expect(codesOf(events)).toBeDefined();
  const kinds = (await call("/events/list", { since: "2029-01-01T00:00:00Z" })).events
    .map((event: Record<string, unknown>) => event["event_type"])
    .filter((type: string) => type.startsWith("access_method."));
  expect(kinds).toEqual(["access_method.created", "access_method.issued", "access_method.reissued"]);
});

it("ends one update of the times after the other", async () => {
  await start({ delays: ISSUE });
  const { access_grant_id } = await create([{ mode: "code" }], ["brivo/warehouse"]);
  seam.clock.advance(5_000);
  for (const day of ["02", "03"]) {
    await call("/access_grants/update", { access_grant_id, ends_at: `2030-03-${day}T00:00:00.000Z` });
    seam.clock.advance(3_000);
  }
  expect((await methodsOf(access_grant_id))[0].is_issued).toBe(false);
  expect(codesOf((await grantOf(access_grant_id)).warnings)).toContain("updating_access_times");
  seam.clock.advance(2_000);
  expect((await methodsOf(access_grant_id))[0].is_issued).toBe(true);
  expect(await grantOf(access_grant_id)).toMatchObject({ warnings: [], pending_mutations: [] });
});

it("adds an access method in place, and the others keep what they have", async () => {
  await start();
  const { access_grant_id } = await create([{ mode: "code" }], ["salto-ks/front-door"]);
  const [before] = await methodsOf(access_grant_id);
  const { access_grant } = await call("/access_grants/request_access_methods", {
    access_grant_id,
    requested_access_methods: [{ mode: "mobile_key", instant_key_max_use_count: 2 }],
  });
  const [same, added] = await methodsOf(access_grant_id);
  expect(same).toEqual(before);
  expect(added).toMatchObject({ mode: "mobile_key", is_issued: true });
  expect(access_grant.requested_access_methods).toEqual([
    expect.objectContaining({ mode: "code" }),
    expect.objectContaining({ mode: "mobile_key", instant_key_max_use_count: 2 }),
  ]);
});

it.each([
  ["its id", (method: string, _grant: string) => ({ access_method_id: method }), 1],
  ["its grant", (_method: string, grant: string) => ({ access_grant_id: grant }), 2],
  ["the reservation", () => ({ reservation_key: "stay-1" }), 2],
])("deletes access methods by %s, with their credentials, and the grant stays", async (_, by, gone) => {
  await start({ delays: { deletionMs: 1_000 } });
  const { access_grant_id } = await create(
    [{ mode: "card" }, { mode: "mobile_key" }],
    ["visionline/room-101"],
    {
      reservation_key: "stay-1",
    },
  );
  const [first] = await methodsOf(access_grant_id);
  await call("/access_methods/delete", by(first.access_method_id, access_grant_id));
  expect(codesOf((await methodsOf(access_grant_id))[0].warnings)).toEqual(["being_deleted"]);
  seam.clock.advance(1_000);
  const grant = await grantOf(access_grant_id);
  expect(grant.access_method_ids).toHaveLength(2 - gone);
  expect(grant.requested_access_methods).toHaveLength(2 - gone);
  expect(seam.credentials()).toHaveLength(2 - gone);
});

it("deletes access methods by one thing at a time", async () => {
  await start();
  const { access_grant_id, access_method_ids } = await create([{ mode: "code" }], ["brivo/warehouse"]);
  for (const body of [{}, { access_grant_id, access_method_id: access_method_ids[0] }])
    expect((await post(seam, "/access_methods/delete", body)).status).toBe(400);
  expect(seam.accessMethods()).toHaveLength(1);
});

it("lists access methods of a grant or a door, and never all of them", async () => {
  await start();
  const grant = await create([{ mode: "code" }], ["brivo/warehouse"], { access_grant_key: "one" });
  await create([{ mode: "code" }], ["salto-ks/garage"]);
  const acs_entrance_id = seam.ids.acsEntrances["brivo/warehouse"];
  for (const by of [{ access_grant_key: "one" }, { acs_entrance_id }]) {
    const { access_methods } = await call("/access_methods/list", by);
    expect(access_methods.map((method: Record<string, unknown>) => method["access_method_id"])).toEqual(
      grant.access_method_ids,
    );
  }
  for (const body of [{}, { space_id: acs_entrance_id }, { device_id: acs_entrance_id }])
    expect((await post(seam, "/access_methods/list", body)).status).toBe(400);
});

it("does not issue a mobile key that is sent to an address which the person has not", async () => {
  seam = (await startEmulator({
    seed: {
      workspaces: [
        {
          user_identities: [{ key: "zoe" }, { key: "yan", email_address: "yan@example.com" }],
          acs_systems: [
            {
              key: "site",
              kind: "brivo",
              rules: { mobileKeysAreSentTo: "email_address" },
              entrances: [{ key: "door" }],
            },
          ],
        },
      ],
    },
  })) as unknown as Emulator<DefaultKeys>;
  for (const person of Object.values(seam.ids.userIdentities))
    await create([{ mode: "mobile_key" }], [], {
      user_identity_id: person,
      acs_entrance_ids: Object.values(seam.ids.acsEntrances),
    });
  expect(
    seam
      .accessMethods()
      .map((method) => [method.is_issued, codesOf(method.warnings as never), method.instant_key_url]),
  ).toEqual([
    [false, ["user_identity_missing_email_address"], undefined],
    [true, [], expect.stringMatching(/^https:/)],
  ]);
});

it("says in a sentence for people whether somebody can get in", async () => {
  await start({ delays: ISSUE });
  const status = async (id: string) => (await grantOf(id)).display_status;
  const { access_grant_id: id } = await create([{ mode: "code" }], ["brivo/warehouse"], {
    starts_at: "2030-01-01T00:00:03.000Z",
  });
  expect([await status(id), seam.accessMethods()[0]?.display_status]).toEqual(["Upcoming", "Being issued"]);
  seam.clock.advance(3_000);
  expect(await status(id)).toBe("Awaiting issuance");
  seam.clock.advance(2_000);
  expect([await status(id), seam.accessMethods()[0]?.display_status]).toEqual(["Active", "Issued"]);
  seam.clock.advance({ days: 31 });
  expect(await status(id)).toBe("Ended");
});
