import { type DefaultKeys, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index";
import { post } from "./api";

let seam: Emulator<DefaultKeys>;
const start = async (options: EmulatorOptions & { seed?: never } = {}) => {
  seam = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", ...options });
};
afterEach(() => seam.close());

const call = async (path: string, body: object) => (await post(seam, path, body)).body;
const door = (key: DefaultKeys["acsEntrances"]) => seam.ids.acsEntrances[key];
const codesOf = (issues: readonly object[]) =>
  issues.map((issue) => Object.entries(issue).find(([name]) => name.endsWith("_code"))?.[1]);

const floor = async (doors: readonly DefaultKeys["acsEntrances"][], more: object = {}) =>
  String(
    (await call("/spaces/create", { name: "Floor", acs_entrance_ids: doors.map(door), ...more })).space
      .space_id,
  );
const grant = async (more: object) =>
  (
    await call("/access_grants/create", {
      user_identity_id: seam.ids.userIdentities.ada,
      requested_access_methods: [{ mode: "code" }],
      ...more,
    })
  ).access_grant;
const opened = () =>
  seam
    .credentials()
    .flatMap((credential) => credential.allowed_acs_entrance_ids)
    .sort();

it("lets every grant for a space follow the space's doors, and says so while it goes on", async () => {
  await start({ delays: { issueMs: 5_000, deletionMs: 1_000 } });
  const space_id = await floor(["salto-ks/garage"]);
  const { access_grant_id } = await grant({ space_ids: [space_id] });
  await grant({ space_ids: [space_id], acs_entrance_ids: [door("salto-ks/office")] });
  seam.clock.advance(5_000);
  const added = [door("salto-ks/front-door"), door("brivo/warehouse")];
  await call("/spaces/add_acs_entrances", { space_id, acs_entrance_ids: added });
  const during = (await call("/access_grants/get", { access_grant_id })).access_grant;
  expect([codesOf(during.warnings), codesOf(during.pending_mutations)]).toEqual([
    ["underprovisioned_access"],
    ["updating_spaces"],
  ]);
  expect(codesOf(seam.accessMethods()[0]?.pending_mutations ?? [])).toEqual(["provisioning_access"]);
  seam.clock.advance(5_000);
  const grants = seam.accessGrants();
  expect(grants.map(({ warnings, pending_mutations }) => [warnings, pending_mutations])).toEqual([
    [[], []],
    [[], []],
  ]);
  expect(grants.map((one) => one.acs_entrance_ids.length)).toEqual([3, 4]);
  expect(opened()).toEqual(
    [...added, ...added, door("salto-ks/garage"), door("salto-ks/garage"), door("salto-ks/office")].sort(),
  );

  await call("/spaces/remove_acs_entrances", { space_id, acs_entrance_ids: [door("brivo/warehouse")] });
  const [surplus] = seam.accessGrants();
  expect(codesOf(surplus?.warnings ?? [])).toEqual(["overprovisioned_access"]);
  seam.clock.advance({ seconds: 6 });
  expect(
    seam.credentials().every((credential) => credential.acs_system_id === seam.ids.acsSystems["salto-ks"]),
  ).toBe(true);
});

it("leaves the PIN and the issue of a method alone when its grant gets another door", async () => {
  await start();
  const space_id = await floor(["salto-ks/garage"]);
  await grant({ space_ids: [space_id] });
  const [before] = seam.accessMethods();
  await call("/spaces/update", {
    space_id,
    acs_entrance_ids: [door("salto-ks/garage"), door("salto-ks/office")],
  });
  expect(seam.accessMethods()).toEqual([before]);
  expect(opened()).toEqual([door("salto-ks/garage"), door("salto-ks/office")].sort());
});

it("needs a card encoded again when its grant gets another door", async () => {
  await start();
  const space_id = await floor(["visionline/room-101"]);
  await grant({ space_ids: [space_id], requested_access_methods: [{ mode: "card" }] });
  const [credential] = seam.credentials();
  seam.edit.encodeCard(credential?.acs_credential_id ?? "", "04A1");
  expect(seam.accessMethods()[0]?.is_issued).toBe(true);
  await call("/spaces/add_acs_entrances", { space_id, acs_entrance_ids: [door("visionline/lobby")] });
  expect(seam.accessMethods()[0]).toMatchObject({ is_issued: false, is_encoding_required: true });
  expect(seam.credentials()[0]?.visionline_metadata).toMatchObject({
    guest_acs_entrance_ids: [door("visionline/room-101")],
    common_acs_entrance_ids: [door("visionline/lobby")],
  });
});

it("adds and removes members one by one, and members know their spaces", async () => {
  await start();
  const space_id = await floor([]);
  const device_ids = [seam.ids.devices["cabin-1"], seam.ids.devices.shed];
  await call("/spaces/add_devices", { space_id, device_ids });
  await call("/spaces/add_devices", { space_id, device_ids });
  await call("/spaces/remove_devices", { space_id, device_ids: [seam.ids.devices.shed] });
  await call("/spaces/add_acs_entrances", { space_id, acs_entrance_ids: [door("pti/gate")] });
  expect(seam.spaces()[0]).toMatchObject({
    acs_entrance_count: 1,
    device_count: 1,
    acs_entrance_ids: [door("pti/gate")],
    device_ids: [seam.ids.devices["cabin-1"]],
  });
  const { devices } = await call("/devices/list", { space_id });
  expect(devices.map((device: Record<string, unknown>) => device["space_ids"])).toEqual([[space_id]]);
  expect((await call("/acs/entrances/list", { space_id })).acs_entrances).toHaveLength(1);
  const missing = { space_id, acs_entrance_ids: [space_id] };
  expect((await post(seam, "/spaces/add_acs_entrances", missing)).body.error.type).toBe(
    "acs_entrance_not_found",
  );
});

describe("get_related", () => {
  const idsOf = (rows: Record<string, unknown>[], name: string) => rows.map((row) => row[name]);

  it("gives in one batch what belongs to several grants, named by ids and keys", async () => {
    await start();
    const space_id = await floor(["salto-ks/garage"], { device_ids: [seam.ids.devices["cabin-1"]] });
    const one = await grant({ space_ids: [space_id], acs_entrance_ids: [door("brivo/warehouse")] });
    const two = await grant({
      user_identity_id: seam.ids.userIdentities.ben,
      access_grant_key: "two",
      acs_entrance_ids: [door("salto-ks/garage")],
    });
    await grant({ acs_entrance_ids: [door("pti/gate")] });
    const { batch } = await call("/access_grants/get_related", {
      access_grant_ids: [one.access_grant_id],
      access_grant_keys: ["two"],
    });
    expect(idsOf(batch.acs_entrances, "acs_entrance_id").sort()).toEqual(
      [door("brivo/warehouse"), door("salto-ks/garage")].sort(),
    );
    expect(idsOf(batch.devices, "device_id")).toEqual([seam.ids.devices["cabin-1"]]);
    expect(idsOf(batch.spaces, "space_id")).toEqual([space_id]);
    expect(idsOf(batch.user_identities, "user_identity_id")).toEqual([
      seam.ids.userIdentities.ada,
      seam.ids.userIdentities.ben,
    ]);
    expect(idsOf(batch.access_methods, "access_method_id")).toEqual([
      ...one.access_method_ids,
      ...two.access_method_ids,
    ]);
    expect(idsOf(batch.acs_systems, "acs_system_id").sort()).toEqual(
      [seam.ids.acsSystems.brivo, seam.ids.acsSystems["salto-ks"]].sort(),
    );
    expect(batch.connected_accounts).toHaveLength(3);
  });

  it("gives only what is included, or all but what is excluded", async () => {
    await start();
    const { access_grant_id } = await grant({ acs_entrance_ids: [door("brivo/warehouse")] });
    const kinds = async (selection: object) =>
      Object.keys(
        (await call("/access_grants/get_related", { access_grant_ids: [access_grant_id], ...selection }))
          .batch,
      );
    expect(await kinds({ include: ["acs_entrances", "access_methods"] })).toEqual([
      "acs_entrances",
      "access_methods",
    ]);
    expect(await kinds({ exclude: ["acs_entrances"] })).not.toContain("acs_entrances");
    expect(await kinds({ exclude: ["acs_entrances"] })).toHaveLength(7);
  });

  it("links an access method with the credentials behind it", async () => {
    await start();
    const { access_method_ids } = await grant({
      requested_access_methods: [{ mode: "mobile_key" }],
      acs_entrance_ids: [door("brivo/warehouse"), door("salto-ks/office")],
    });
    const { batch } = await call("/access_methods/get_related", { access_method_ids });
    expect(idsOf(batch.acs_credentials, "acs_credential_id")).toEqual(
      seam.credentials().map((credential) => credential.acs_credential_id),
    );
    const [method] = seam.accessMethods();
    expect(batch.instant_keys).toEqual([
      expect.objectContaining({ instant_key_url: method?.instant_key_url }),
    ]);
    expect(batch.client_sessions).toEqual([expect.objectContaining({ token: method?.client_session_token })]);
    expect(batch.access_grants).toHaveLength(1);
  });

  it("gives what is in a space, and the access methods of its grants", async () => {
    await start();
    const space_id = await floor(["salto-ks/garage"], {
      space_key: "floor",
      device_ids: [seam.ids.devices.shed],
    });
    const { access_method_ids } = await grant({ space_ids: [space_id] });
    for (const by of [{ space_ids: [space_id] }, { space_keys: ["floor"] }]) {
      const { batch } = await call("/spaces/get_related", by);
      expect(idsOf(batch.acs_entrances, "acs_entrance_id")).toEqual([door("salto-ks/garage")]);
      expect(idsOf(batch.devices, "device_id")).toEqual([seam.ids.devices.shed]);
      expect(idsOf(batch.access_methods, "access_method_id")).toEqual(access_method_ids);
    }
  });
});
