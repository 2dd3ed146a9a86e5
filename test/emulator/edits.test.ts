import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator/index";
import { type Answer, post } from "./api";

type Seam = Emulator<DefaultKeys>;

let seam: Seam;
beforeEach(async () => {
  seam = await startEmulator({ delays: { deletionMs: 60_000 } });
});
afterEach(() => seam.close());

const control = async (method: string, path: string, body?: object): Promise<Answer> => {
  const answer = await fetch(`${seam.url}/_emulator${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
};

const create = async (system: "salto-ks" | "visionline", accessMethod: string) => {
  const body = { access_method: accessMethod, acs_user_id: seam.ids.acsUsers[`${system}/ada`] };
  const { acs_credential } = (await post(seam, "/acs/credentials/create", body)).body;
  return String(acs_credential.acs_credential_id);
};
const get = (acs_credential_id: string) => post(seam, "/acs/credentials/get", { acs_credential_id });

it("changes and deletes a credential behind the client's back, at once and unrecorded", async () => {
  const id = await create("salto-ks", "code");
  seam.requests.clear();
  seam.edit.acsCredential(id, { code: "777777", ends_at: "2040-01-01T00:00:00.000Z" });
  expect(seam.requests.count()).toBe(0);
  expect((await get(id)).body.acs_credential).toMatchObject({
    code: "777777",
    ends_at: "2040-01-01T00:00:00.000Z",
  });
  seam.edit.deleteAcsCredential(id);
  expect((await get(id)).status).toBe(404);
});

it("issues a card when a person encodes it", async () => {
  const id = await create("visionline", "card");
  expect((await get(id)).body.acs_credential).toMatchObject({ is_issued: false, card_number: null });
  seam.edit.encodeCard(id, "04A1B2");
  const { acs_credential } = (await get(id)).body;
  expect(acs_credential).toMatchObject({ is_issued: true, card_number: "04A1B2", warnings: [] });
});

it("deletes people with what is theirs", async () => {
  const id = await create("salto-ks", "code");
  seam.edit.deleteUserIdentity(seam.ids.userIdentities.ada);
  expect((await get(id)).status).toBe(404);
  expect(seam.users().some((user) => user.user_identity_id === seam.ids.userIdentities.ada)).toBe(false);
  expect(() => seam.edit.deleteUserIdentity(seam.ids.userIdentities.ada)).toThrow(
    "There is no user_identity",
  );
});

const grant = async (more: object = {}) => {
  const { access_grant } = (
    await post(seam, "/access_grants/create", {
      user_identity_id: seam.ids.userIdentities.ada,
      requested_access_methods: [{ mode: "code" }],
      acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/front-door"]],
      starts_at: "2035-01-01T00:00:00.000Z",
      ends_at: "2036-01-01T00:00:00.000Z",
      ...more,
    })
  ).body;
  return String(access_grant.access_grant_id);
};

it("changes an access grant as a person does at Seam's console: its access methods follow", async () => {
  const id = await grant();
  const [front, garage] = [
    seam.ids.acsEntrances["salto-ks/front-door"],
    seam.ids.acsEntrances["salto-ks/garage"],
  ];
  seam.edit.accessGrant(id, {
    name: "By hand",
    ends_at: "2037-01-01T00:00:00.000Z",
    acs_entrance_ids: [front, garage],
    warnings: [{ warning_code: "underprovisioned_access", message: "Not all doors." }],
  });
  expect(seam.accessGrants()).toEqual([
    expect.objectContaining({
      name: "By hand",
      display_name: "By hand",
      ends_at: "2037-01-01T00:00:00.000Z",
      acs_entrance_ids: [front, garage],
      warnings: [expect.objectContaining({ warning_code: "underprovisioned_access" })],
    }),
  ]);
  expect(seam.credentials()).toEqual([
    expect.objectContaining({
      ends_at: "2037-01-01T00:00:00.000Z",
      allowed_acs_entrance_ids: [front, garage],
    }),
  ]);
  seam.edit.deleteAccessGrant(id);
  expect([seam.accessGrants(), seam.accessMethods(), seam.credentials()]).toEqual([[], [], []]);
});

it("changes and deletes an access method of a grant", async () => {
  const id = await grant({ requested_access_methods: [{ mode: "code" }, { mode: "mobile_key" }] });
  const [code, key] = seam.accessMethods();
  seam.edit.accessMethod(code?.access_method_id ?? "", {
    is_issued: false,
    issued_at: null,
    errors: [{ error_code: "failed_to_issue", message: "The lock is offline." }],
  });
  seam.edit.deleteAccessMethod(key?.access_method_id ?? "");
  const { access_methods } = (await post(seam, "/access_methods/list", { access_grant_id: id })).body;
  expect(access_methods).toEqual([
    expect.objectContaining({
      mode: "code",
      is_issued: false,
      errors: [expect.objectContaining({ error_code: "failed_to_issue" })],
    }),
  ]);
  expect(seam.accessGrants()[0]?.access_method_ids).toEqual([code?.access_method_id]);
  expect(seam.credentials()).toHaveLength(1);
});

it("changes and deletes a space: the grants for it follow", async () => {
  const doors = seam.ids.acsEntrances;
  const create = { name: "Floor", space_key: "floor", acs_entrance_ids: [doors["salto-ks/garage"]] };
  const { space } = (await post(seam, "/spaces/create", create)).body;
  await grant({ acs_entrance_ids: [], space_ids: [space.space_id] });
  const opened = () => seam.credentials().flatMap((credential) => credential.allowed_acs_entrance_ids);
  expect(opened()).toEqual([doors["salto-ks/garage"]]);
  seam.edit.space(space.space_id, {
    name: "Ground floor",
    acs_entrance_ids: [doors["salto-ks/garage"], doors["brivo/warehouse"]],
  });
  expect(seam.spaces()).toEqual([
    expect.objectContaining({ name: "Ground floor", display_name: "Ground floor", acs_entrance_count: 2 }),
  ]);
  expect(opened().sort()).toEqual([doors["salto-ks/garage"], doors["brivo/warehouse"]].sort());
  seam.edit.deleteSpace(space.space_id);
  expect([seam.spaces(), seam.credentials(), seam.accessGrants()[0]?.space_ids]).toEqual([[], [], []]);
});

it("renames an access group, gives it other doors, puts somebody in and out by hand, and deletes it", async () => {
  const id = seam.ids.acsAccessGroups["salto-ks/staff"];
  const user = seam.ids.acsUsers["salto-ks/ada"];
  const group = async () =>
    (await post(seam, "/acs/access_groups/get", { acs_access_group_id: id })).body.acs_access_group;
  const doors = async () =>
    (await post(seam, "/acs/users/list_accessible_entrances", { acs_user_id: user })).body.acs_entrances;
  seam.edit.acsAccessGroup(id, {
    name: "Everybody",
    acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/office"]],
  });
  expect(await group()).toMatchObject({ name: "Everybody", display_name: "Everybody" });
  seam.edit.addToAccessGroup(id, user);
  expect(seam.memberships()[id]).toEqual([user]);
  expect(await doors()).toHaveLength(1);
  seam.edit.removeFromAccessGroup(id, user);
  expect(await doors()).toHaveLength(0);
  seam.edit.addToAccessGroup(id, user);
  seam.edit.deleteAcsAccessGroup(id);
  expect(await group()).toBeUndefined();
  expect(await doors()).toHaveLength(0);
});

it("changes what is fixed otherwise: a system that loses its connection, a door's name, a device that goes offline", async () => {
  const ids = seam.ids;
  seam.edit.acsSystem(ids.acsSystems.brivo, {
    errors: [{ error_code: "acs_system_disconnected", message: "Gone." }],
  });
  seam.edit.acsEntrance(ids.acsEntrances["brivo/warehouse"], { display_name: "Hall" });
  seam.edit.device(ids.devices.shed, { display_name: "Barn", properties: { online: false } });
  const one = async (path: string, by: object) => Object.values((await post(seam, path, by)).body)[0];
  expect(await one("/acs/systems/get", { acs_system_id: ids.acsSystems.brivo })).toMatchObject({
    errors: [{ error_code: "acs_system_disconnected" }],
  });
  const acs_entrance_id = ids.acsEntrances["brivo/warehouse"];
  expect(await one("/acs/entrances/get", { acs_entrance_id })).toMatchObject({ display_name: "Hall" });
  expect(await one("/devices/get", { device_id: ids.devices.shed })).toMatchObject({
    display_name: "Barn",
    errors: [{ error_code: "device_offline" }],
  });
});

it.each<[string, (edit: Seam["edit"], id: string) => void, RegExp]>([
  [
    "an unknown field and a value of another type",
    (edit, id) => edit.acsCredential(id, { pin: "1", code: 1 } as never),
    /acs_credential: .*code: .*pin/s,
  ],
  [
    "the id that it has",
    (edit, id) => edit.acsCredential(id, { acs_credential_id: id } as never),
    /acs_credential_id/,
  ],
  [
    "an incomplete error",
    (edit, id) => edit.acsCredential(id, { errors: [{ message: "?" }] } as never),
    /errors\.0\.error_code/,
  ],
  [
    "times that are in no zone",
    (edit, id) => edit.acsCredential(id, { starts_at: "2030-01-01", ends_at: "2030-02-01T00:00:00" }),
    /ends_at: .*zone.*starts_at: .*zone/s,
  ],
  [
    "what is hidden",
    (edit) => edit.acsUser(seam.ids.acsUsers["salto-ks/ada"], { hidden: {} } as never),
    /hidden/,
  ],
  [
    "an identity's id",
    (edit) => edit.userIdentity(seam.ids.userIdentities.ada, { user_identity_id: "x" } as never),
    /user_identity_id/,
  ],
])("refuses to edit %s", async (_, change, words) => {
  const id = await create("salto-ks", "code");
  const before = seam.snapshot();
  expect(() => change(seam.edit, id)).toThrow(words);
  expect(seam.snapshot()).toEqual(before);
});

it("dates the errors of an edit, and clears what an edit gives as undefined or null", async () => {
  const id = await create("salto-ks", "code");
  seam.edit.acsCredential(id, { ends_at: "2040-01-01T00:00:00.000Z", code: "4711" });
  seam.edit.acsCredential(id, { ends_at: undefined, errors: [{ error_code: "odd", message: "Odd." }] });
  const { acs_credential } = (await get(id)).body;
  expect(acs_credential.errors[0].created_at).toMatch(/Z$/);
  expect(acs_credential).not.toHaveProperty("ends_at");
  await control("POST", "/edits", { edit: "acsCredential", id, changes: { code: null, starts_at: null } });
  expect((await get(id)).body.acs_credential.code).toBeNull();
  expect((await get(id)).body.acs_credential).not.toHaveProperty("starts_at");
});

it("lets another process read the requests, play faults, move the clock and edit", async () => {
  const id = await create("salto-ks", "code");
  expect((await control("GET", "")).body.workspaces[0]).toMatchObject({ apiKey: seam.apiKey, ids: seam.ids });
  expect((await control("GET", "/requests?path=/acs/credentials/create")).body.requests).toHaveLength(1);
  expect((await control("GET", "/requests/counts")).body.counts).toEqual({ "/acs/credentials/create": 1 });
  const edit = { edit: "acsCredential", id, changes: { code: "888888" } };
  expect((await control("POST", "/edits", edit)).status).toBe(200);
  const staff = seam.ids.acsAccessGroups["salto-ks/staff"];
  const member = { id: staff, acs_user_id: seam.ids.acsUsers["salto-ks/ben"] };
  expect((await control("POST", "/edits", { edit: "addToAccessGroup", ...member })).status).toBe(200);
  expect(seam.memberships()[staff]).toEqual([member.acs_user_id]);
  expect((await control("POST", "/edits", { edit: "deleteAcsUser", id: member.acs_user_id })).status).toBe(
    200,
  );
  expect(seam.memberships()[staff]).toEqual([]);
  expect((await control("GET", "/snapshot")).body.acs_credentials[0].code).toBe("888888");
  await control("POST", "/faults", { fault: "unavailable" });
  expect((await get(id)).status).toBe(503);
  await control("DELETE", "/faults");
  expect((await get(id)).status).toBe(200);
  await control("POST", "/clock", { set: "2031-01-01T00:00:00.000Z" });
  await control("POST", "/clock", { advance: { days: 1 } });
  expect((await control("GET", "/clock")).body).toEqual({
    now: "2031-01-02T00:00:00.000Z",
    is_stopped: true,
  });
  await control("DELETE", "/requests");
  expect(seam.requests.count()).toBe(0);
});

it.each([
  ["POST", "/edits", { edit: "explode", id: "x" }, "edit"],
  ["POST", "/edits", { edit: "deleteSpace", id: "x", changes: {} }, "changes"],
  ["POST", "/edits", { edit: "deleteSpace", id: "x" }, "There is no space x to edit"],
  ["POST", "/edits", { edit: "space", id: "x" }, "changes: "],
  ["POST", "/clock", { set: "noon" }, "ISO 8601"],
  ["POST", "/faults", { fault: "explosion" }, "fault"],
  ["GET", "/nowhere", undefined, "There is no GET /_emulator/nowhere"],
])("says what is wrong with %s %s", async (method, path, body, words) => {
  const answer = await control(method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain(words);
});
