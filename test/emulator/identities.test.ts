import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator/index";
import { post } from "./api";

let seam: Emulator<DefaultKeys>;
const start = async (delays: object = {}) => {
  seam = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", delays });
};
afterEach(() => seam.close());

const call = async (path: string, body: object = {}) => (await post(seam, path, body)).body;
const status = async (path: string, body: object) => (await post(seam, path, body)).status;

const grant = async (person: DefaultKeys["userIdentities"], more: object = {}) => {
  const { access_grant } = await call("/access_grants/create", {
    user_identity_id: seam.ids.userIdentities[person],
    requested_access_methods: [{ mode: "code" }],
    acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/front-door"]],
    ...more,
  });
  return String(access_grant.access_grant_id);
};

it("takes an identity's access grants, users and credentials along when it is deleted", async () => {
  await start({ deletionMs: 1_000 });
  const grantId = await grant("ada");
  const other = await grant("ben");
  await call("/user_identities/delete", { user_identity_id: seam.ids.userIdentities.ada });
  const { access_grant } = await call("/access_grants/get", { access_grant_id: grantId });
  expect(access_grant.warnings[0].warning_code).toBe("being_deleted");
  seam.clock.advance(1_000);
  expect(seam.accessGrants().map((left) => left.access_grant_id)).toEqual([other]);
  expect(seam.accessMethods()).toHaveLength(1);
  expect(seam.credentials()).toHaveLength(1);
  expect(seam.users().some((user) => user.user_identity_id === seam.ids.userIdentities.ada)).toBe(false);
});

it("takes them along as well when somebody deletes the identity by hand", async () => {
  await start({ deletionMs: 60_000 });
  await grant("ada");
  seam.edit.deleteUserIdentity(seam.ids.userIdentities.ada);
  expect(seam.accessGrants()).toEqual([]);
});

it("lets the id and the key of a merged identity stand for the one that stays, with all that was its", async () => {
  await start();
  const { user_identity: twin } = await call("/user_identities/create", {
    user_identity_key: "ada-2",
    email_address: "ada@work.example.com",
    phone_number: "+15550100077",
  });
  const { user_identity: primary } = await call("/user_identities/create", { user_identity_key: "ada-1" });
  const { access_grant } = await call("/access_grants/create", {
    user_identity_id: twin.user_identity_id,
    requested_access_methods: [{ mode: "code" }],
    acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/front-door"]],
  });
  const merge = {
    user_identity_id: primary.user_identity_id,
    merged_user_identity_ids: [twin.user_identity_id],
  };
  await call("/user_identities/merge", merge);
  const after = seam.snapshot();
  // "Repeating a merge that has already been applied makes no further changes."
  expect(await status("/user_identities/merge", merge)).toBe(200);
  expect(seam.snapshot()).toEqual(after);

  for (const by of [{ user_identity_id: twin.user_identity_id }, { user_identity_key: "ada-2" }])
    expect((await call("/user_identities/get", by)).user_identity).toMatchObject({
      user_identity_id: primary.user_identity_id,
      user_identity_key: "ada-1",
      email_address: "ada@work.example.com",
      phone_number: "+15550100077",
      merged_user_identity_ids: [twin.user_identity_id],
      merged_user_identity_keys: ["ada-2"],
      acs_user_ids: [expect.any(String)],
    });
  const list = await call("/access_grants/list", { user_identity_id: twin.user_identity_id });
  expect(list.access_grants).toEqual([
    expect.objectContaining({
      access_grant_id: access_grant.access_grant_id,
      user_identity_id: primary.user_identity_id,
    }),
  ]);
  const { user_identities } = await call("/user_identities/list");
  expect(
    user_identities.map((identity: Record<string, unknown>) => identity["user_identity_id"]),
  ).not.toContain(twin.user_identity_id);
});

it("merges by ids or by keys, but not by both at once", async () => {
  await start();
  const { ada, ben } = seam.ids.userIdentities;
  for (const body of [
    {},
    { user_identity_id: ada },
    { user_identity_id: ada, merged_user_identity_keys: ["ben"] },
    {
      user_identity_id: ada,
      user_identity_key: "a",
      merged_user_identity_ids: [ben],
      merged_user_identity_keys: ["b"],
    },
  ])
    expect(await status("/user_identities/merge", body)).toBe(400);
  expect(seam.snapshot().user_identities).toHaveLength(6);
});

it("links and unlinks a user in place, with its credentials", async () => {
  await start();
  const acs_user_id = seam.ids.acsUsers["salto-ks/ada"];
  const { ada, ben } = seam.ids.userIdentities;
  await call("/acs/credentials/create", { access_method: "code", acs_user_id });
  const usersOf = async (user_identity_id: string) =>
    (await call("/user_identities/list_acs_users", { user_identity_id })).acs_users.map(
      (user: Record<string, unknown>) => user["acs_user_id"],
    );
  // Somebody else's user stays where it is.
  await call("/user_identities/remove_acs_user", { acs_user_id, user_identity_id: ben });
  expect(await usersOf(ada)).toContain(acs_user_id);
  await call("/user_identities/remove_acs_user", { acs_user_id, user_identity_id: ada });
  expect(await usersOf(ada)).not.toContain(acs_user_id);
  expect(seam.credentials()).toEqual([expect.objectContaining({ acs_user_id, user_identity_id: undefined })]);
  await call("/user_identities/add_acs_user", { acs_user_id, user_identity_id: ben });
  expect(await usersOf(ben)).toContain(acs_user_id);
  expect(seam.credentials()).toEqual([expect.objectContaining({ acs_user_id, user_identity_id: ben })]);
});

it("makes an identity out of a user for a key that there is not yet", async () => {
  await start();
  const acs_user_id = seam.ids.acsUsers["latch/cleo"];
  await call("/user_identities/remove_acs_user", {
    acs_user_id,
    user_identity_id: seam.ids.userIdentities.cleo,
  });
  seam.edit.acsUser(acs_user_id, { email_address: "cleo@work.example.com", phone_number: undefined });
  for (const _ of ["first", "again"])
    expect(await status("/user_identities/add_acs_user", { acs_user_id, user_identity_key: "cleo-2" })).toBe(
      200,
    );
  const { user_identity } = await call("/user_identities/get", { user_identity_key: "cleo-2" });
  expect(user_identity).toMatchObject({
    full_name: "Cleo Example",
    email_address: "cleo@work.example.com",
    phone_number: null,
    acs_user_ids: [acs_user_id],
  });
});

it("lists the access systems of an identity, and the doors of its grants, credentials and groups", async () => {
  await start();
  const user_identity_id = seam.ids.userIdentities.ada;
  const { acs_systems } = await call("/user_identities/list_acs_systems", { user_identity_id });
  expect(acs_systems).toHaveLength(Object.keys(seam.ids.acsSystems).length - 1);
  const doors = async () =>
    (await call("/user_identities/list_accessible_entrances", { user_identity_id })).acs_entrances
      .map((door: Record<string, unknown>) => door["display_name"])
      .sort();
  expect(await doors()).toEqual([]);
  await grant("ada", { ends_at: "2030-01-02T00:00:00.000Z" });
  await call("/acs/credentials/create", {
    access_method: "code",
    acs_user_id: seam.ids.acsUsers["pti/ada"],
    allowed_acs_entrance_ids: [seam.ids.acsEntrances["pti/gate"]],
  });
  seam.edit.addToAccessGroup(seam.ids.acsAccessGroups["brivo/staff"], seam.ids.acsUsers["brivo/ada"]);
  expect(await doors()).toEqual(["Front door", "Front door", "Gate", "Warehouse"]);
  await call("/acs/users/suspend", { acs_user_id: seam.ids.acsUsers["brivo/ada"] });
  seam.clock.advance({ days: 1 });
  expect(await doors()).toEqual(["Gate"]);
});

it("reports at an identity what is wrong with one of its users", async () => {
  await start();
  const acs_user_id = seam.ids.acsUsers["salto-ks/ada"];
  seam.edit.acsUser(acs_user_id, { errors: [{ error_code: "deleted_externally", message: "Gone." }] });
  expect((await call("/acs/users/get", { acs_user_id })).acs_user.errors[0].error_code).toBe(
    "deleted_externally",
  );
  const { user_identity } = await call("/user_identities/get", {
    user_identity_id: seam.ids.userIdentities.ada,
  });
  expect(user_identity.errors).toEqual([
    expect.objectContaining({ error_code: "issue_with_acs_user", message: "Gone.", acs_user_id }),
  ]);
});

it("leaves a suspended user, and one who is not yet subscribed, out of the doors' lists", async () => {
  await start();
  const staff = seam.ids.acsAccessGroups["salto-ks/staff"];
  const holders = async () =>
    (
      await call("/acs/entrances/list_credentials_with_access", {
        acs_entrance_id: seam.ids.acsEntrances["salto-ks/garage"],
      })
    ).acs_credentials.map((credential: Record<string, unknown>) => credential["acs_user_id"]);
  const users = (["ada", "ben"] as const).map((person) => seam.ids.acsUsers[`salto-ks/${person}`]);
  for (const acs_user_id of users) {
    await call("/acs/credentials/create", { access_method: "code", acs_user_id });
    seam.edit.addToAccessGroup(staff, acs_user_id);
  }
  expect(await holders()).toEqual(users);
  await call("/acs/users/suspend", { acs_user_id: users[0] });
  await call("/acs/users/update", {
    acs_user_id: users[1],
    access_schedule: { starts_at: "2030-02-01T00:00:00.000Z", ends_at: null },
  });
  expect((await call("/acs/users/get", { acs_user_id: users[0] })).acs_user.is_suspended).toBe(true);
  expect(await holders()).toEqual([]);
  await call("/acs/users/unsuspend", { acs_user_id: users[0] });
  seam.clock.advance({ days: 31 });
  expect(await holders()).toEqual(users);
});
