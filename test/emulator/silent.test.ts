import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator/index";
import { post } from "./api";
import { SILENT_PLACES } from "./silent-places";

type Seam = Emulator<DefaultKeys>;

let seam: Seam;
beforeEach(async () => {
  seam = await startEmulator({ clock: "2030-01-01T00:00:00.000Z" });
});
afterEach(() => seam.close());

const NOWHERE = "00000000-0000-4000-8000-000000000000";

const call = (path: string, body: object) => post(seam, path, body);
const ada = () => seam.ids.acsUsers["salto-ks/ada"];
const create = (more: object = {}) =>
  call("/acs/credentials/create", { access_method: "code", acs_user_id: ada(), ...more });
const doorsOf = async (credentialId: string) =>
  (await call("/acs/credentials/list_accessible_entrances", { acs_credential_id: credentialId })).body
    .acs_entrances.length;

const garage = () => seam.ids.acsEntrances["salto-ks/garage"];
const wanted = (more: object) => ({
  user_identity_id: seam.ids.userIdentities.ada,
  requested_access_methods: [{ mode: "code" }],
  ...more,
});
const grant = (more: object) => call("/access_grants/create", wanted(more));
const encode = (access_method_id: string | undefined) =>
  call("/access_methods/encode", {
    acs_encoder_id: seam.ids.acsEncoders["hotek/front-desk"],
    access_method_id,
  });
const encodeOnce = async () => {
  const doors = { acs_entrance_ids: [seam.ids.acsEntrances["hotek/lobby"]] };
  const made = await grant({ ...doors, requested_access_methods: [{ mode: "card" }] });
  return encode(made.body.access_grant.access_method_ids[0]);
};

/** What the list says that the emulator does, done. */
const PLACES: Record<string, () => Promise<void>> = {
  async "missing-credential"() {
    const { body } = await create();
    const { acs_credential_id } = body.acs_credential;
    expect((await call("/acs/credentials/delete", { acs_credential_id })).status).toBe(200);
    const again = await call("/acs/credentials/delete", { acs_credential_id });
    expect([again.status, again.body.error.type]).toEqual([404, "acs_credential_not_found"]);
  },
  async "custom-code-salto-ks"() {
    expect((await create({ code: "1234" })).body.acs_credential.code).toBe("1234");
    const strict = await startEmulator({
      seed: {
        workspaces: [
          {
            acs_systems: [
              { key: "ks", kind: "salto_ks", rules: { customCode: "refused" }, users: [{ key: "ada" }] },
            ],
          },
        ],
      },
    });
    const body = { access_method: "code", code: "1234", acs_user_id: strict.ids.acsUsers["ks/ada"] };
    const answer = await post(strict, "/acs/credentials/create", body);
    await strict.close();
    expect(answer.status).toBe(400);
  },
  async refusals() {
    const answer = await create({ acs_user_id: seam.ids.acsUsers["latch/ada"], code: "1234" });
    expect([answer.status, answer.body.error.type]).toEqual([400, "invalid_input"]);
  },
  async "no-owner"() {
    const answer = await create({ acs_user_id: undefined });
    expect([answer.status, answer.body.error.type]).toEqual([400, "invalid_input"]);
  },
  async "both-owners"() {
    const answer = await create({
      user_identity_id: seam.ids.userIdentities.ben,
      acs_system_id: seam.ids.acsSystems.latch,
    });
    expect(answer.body.acs_credential).toMatchObject({
      acs_user_id: ada(),
      acs_system_id: seam.ids.acsSystems["salto-ks"],
    });
  },
  async "past-start"() {
    const answer = await create({ starts_at: "2029-01-01T00:00:00.000Z" });
    expect(answer.body.acs_credential).toMatchObject({ starts_at: "2029-01-01T00:00:00.000Z", warnings: [] });
    const moving = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", pastStartsAt: "moved" });
    const body = { access_method: "code", acs_user_id: ada(), starts_at: "2029-01-01T00:00:00.000Z" };
    const moved = await post(moving, "/acs/credentials/create", body);
    await moving.close();
    expect(moved.body.acs_credential.starts_at).toBe("2030-01-01T00:00:00.000Z");
    expect(moved.body.acs_credential.warnings[0].warning_code).toBe("schedule_modified");
  },
  async "user-identity-on-credential"() {
    expect((await create()).body.acs_credential).not.toHaveProperty("user_identity_id");
    const showing = await startEmulator({ showsUserIdentityId: true });
    const body = { access_method: "code", acs_user_id: ada() };
    const shown = await post(showing, "/acs/credentials/create", body);
    await showing.close();
    expect(shown.body.acs_credential.user_identity_id).toBe(seam.ids.userIdentities.ada);
  },
  async "doors-on-group-systems"() {
    const { body } = await create({ allowed_acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/garage"]] });
    const { acs_credential_id } = body.acs_credential;
    expect(await doorsOf(acs_credential_id)).toBe(1);
    await call("/acs/users/add_to_access_group", {
      acs_user_id: ada(),
      acs_access_group_id: seam.ids.acsAccessGroups["salto-ks/staff"],
    });
    expect(await doorsOf(acs_credential_id)).toBe(3);
  },
  async "foreign-entrances"() {
    const answer = await create({ allowed_acs_entrance_ids: [seam.ids.acsEntrances["latch/front-door"]] });
    expect(answer.status).toBe(200);
  },
  async "code-with-other-methods"() {
    expect((await create({ access_method: "card", code: "1234" })).body.acs_credential.code).toBe("1234");
  },
  async "duplicate-credentials"() {
    expect((await create({ code: "1234" })).status).toBe(200);
    expect((await create({ code: "1234" })).status).toBe(200);
  },
  async "cloud-key"() {
    expect((await create({ access_method: "cloud_key" })).status).toBe(200);
  },
  async "metadata-of-other-vendors"() {
    const { status, body } = await create({ visionline_metadata: { override: true } });
    expect(status).toBe(200);
    expect(body.acs_credential).not.toHaveProperty("visionline_metadata");
  },
  async "card-format"() {
    const card = { access_method: "card", acs_user_id: seam.ids.acsUsers["visionline/ada"] };
    expect((await create(card)).status).toBe(200);
  },
  async "mobile-keys-not-multi-phone"() {
    expect((await create({ access_method: "mobile_key" })).status).toBe(200);
    const visionline = { access_method: "mobile_key", acs_user_id: seam.ids.acsUsers["visionline/ada"] };
    expect((await create(visionline)).status).toBe(400);
  },
  async "expired-credentials"() {
    const { body } = await create({
      ends_at: "2030-01-02T00:00:00.000Z",
      allowed_acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/garage"]],
    });
    seam.clock.advance({ days: 1 });
    expect(await doorsOf(body.acs_credential.acs_credential_id)).toBe(0);
  },
  async "credentials-of-a-deleted-user"() {
    const { body } = await create({
      allowed_acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/garage"]],
    });
    await call("/acs/users/delete", { acs_user_id: ada() });
    expect(await doorsOf(body.acs_credential.acs_credential_id)).toBe(0);
  },
  async "times-normalized"() {
    const { body } = await create({ ends_at: "2030-06-01T12:00:00+02:00" });
    expect(body.acs_credential.ends_at).toBe("2030-06-01T10:00:00.000Z");
  },
  async "times-without-zone"() {
    const answer = await create({ ends_at: "2030-06-01T12:00:00" });
    expect([answer.status, answer.body.error.type]).toEqual([400, "invalid_input"]);
    expect(answer.body.error.validation_errors.ends_at).toEqual({ _errors: ["Invalid datetime"] });
    await create();
    const events = async (since: string) => (await call("/events/list", { since })).body.events.length;
    expect(await events("2029-12-31T23:59:59")).toBeGreaterThan(0);
    expect(await events("2030-01-01T00:00:01")).toBe(0);
  },
  async "duplicate-keys"() {
    const answer = await call("/user_identities/create", { email_address: "ADA@example.com" });
    expect([answer.status, answer.body.error.type]).toEqual([400, "invalid_input"]);
    expect(answer.body.error.message).toContain("email_address");
  },
  async "memberships-twice"() {
    const member = { acs_user_id: ada(), acs_access_group_id: seam.ids.acsAccessGroups["salto-ks/staff"] };
    for (const path of ["add_to_access_group", "add_to_access_group"])
      expect((await call(`/acs/users/${path}`, member)).status).toBe(200);
    const { body } = await call("/acs/access_groups/list_users", {
      acs_access_group_id: member.acs_access_group_id,
    });
    expect(body.acs_users).toHaveLength(1);
    for (const path of ["remove_from_access_group", "remove_from_access_group"])
      expect((await call(`/acs/users/${path}`, member)).status).toBe(200);
  },
  async "linking-users"() {
    const { ada: owner, ben } = seam.ids.userIdentities;
    const link = (user_identity_id: string) =>
      call("/user_identities/add_acs_user", { acs_user_id: ada(), user_identity_id });
    const unlink = { acs_user_id: ada(), user_identity_id: owner };
    expect((await link(ben)).status).toBe(200);
    const usersOf = async (user_identity_id: string) =>
      (await call("/user_identities/list_acs_users", { user_identity_id })).body.acs_users.length;
    const systems = Object.keys(seam.ids.acsSystems).length - 1;
    expect([await usersOf(owner), await usersOf(ben)]).toEqual([systems - 1, systems + 1]);
    expect((await call("/user_identities/remove_acs_user", unlink)).status).toBe(200);
    expect(await usersOf(ben)).toBe(systems + 1);
  },
  async "merged-ids"() {
    const { ada: merged, ben: stays } = seam.ids.userIdentities;
    await call("/user_identities/merge", {
      user_identity_id: stays,
      merged_user_identity_ids: [merged],
    });
    const listed = await call("/acs/users/list", { user_identity_id: merged });
    expect(listed.body.acs_users).toHaveLength(2 * (Object.keys(seam.ids.acsSystems).length - 1));
    const created = await call("/access_grants/create", {
      user_identity_id: merged,
      requested_access_methods: [{ mode: "code" }],
    });
    expect(created.body.access_grant.user_identity_id).toBe(stays);
  },
  async "deleted-space"() {
    const door = seam.ids.acsEntrances["salto-ks/garage"];
    const { space } = (await call("/spaces/create", { name: "Garage", acs_entrance_ids: [door] })).body;
    await call("/access_grants/create", {
      user_identity_id: seam.ids.userIdentities.ada,
      requested_access_methods: [{ mode: "code" }],
      space_ids: [space.space_id],
    });
    await call("/spaces/delete", { space_id: space.space_id });
    expect(seam.accessGrants()).toEqual([expect.objectContaining({ space_ids: [], acs_entrance_ids: [] })]);
  },
  async "half-a-schedule"() {
    const both = { starts_at: "2030-01-01T00:00:00.000Z", ends_at: "2030-02-01T00:00:00.000Z" };
    await call("/acs/users/update", { acs_user_id: ada(), access_schedule: both });
    const later = { starts_at: "2030-01-15T00:00:00.000Z" };
    await call("/acs/users/update", { acs_user_id: ada(), access_schedule: later });
    const { body } = await call("/acs/users/get", { acs_user_id: ada() });
    expect(body.acs_user.access_schedule).toEqual({ ...both, ...later });
  },
  async "reservation-conflicts"() {
    const stay = (key: keyof Seam["ids"]["acsEntrances"]) =>
      call("/access_grants/create", {
        user_identity_id: seam.ids.userIdentities.ada,
        requested_access_methods: [{ mode: "card" }],
        reservation_key: "stay-1",
        acs_entrance_ids: [seam.ids.acsEntrances[key]],
      });
    expect((await stay("visionline/lobby")).body.error.type).toBe("invalid_input");
    expect((await stay("visionline/room-101")).status).toBe(200);
    const other = await stay("visionline/room-102");
    expect([other.status, other.body.error.type]).toEqual([409, "conflict"]);
  },
  async "rate-limit-reply"() {
    seam.faults.add({ fault: "rate-limited" });
    expect((await create()).body.error.type).toBe("rate_limit_exceeded");
  },
  async "missing-devices"() {
    const answer = await grant({ device_ids: [NOWHERE] });
    expect([answer.status, answer.body.error.type]).toEqual([404, "device_not_found"]);
  },
  async "grant-without-places"() {
    expect((await grant({})).status).toBe(200);
    expect(seam.accessMethods()).toEqual([expect.objectContaining({ is_issued: true })]);
    expect(seam.credentials()).toEqual([]);
  },
  async "refused-access-methods"() {
    const { body } = await grant({ acs_entrance_ids: [seam.ids.acsEntrances["hotek/lobby"]] });
    expect(body.access_grant).toMatchObject({
      access_method_ids: [],
      errors: [{ error_code: "cannot_create_requested_access_methods" }],
    });
  },
  async "times-of-a-grant"() {
    const slow = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", delays: { issueMs: 1_000 } });
    try {
      const { body } = await post(slow, "/access_grants/create", wanted({}));
      slow.clock.advance(1_000);
      const [before] = slow.accessMethods();
      const { access_grant_id } = body.access_grant;
      await post(slow, "/access_grants/update", { access_grant_id, ends_at: "2031-01-01T00:00:00.000Z" });
      expect(slow.accessMethods()[0]).toMatchObject({ is_issued: false, code: before?.code });
      slow.clock.advance(1_000);
      expect(slow.accessMethods()[0]).toMatchObject({ is_issued: true, code: before?.code });
    } finally {
      await slow.close();
    }
  },
  async "doors-of-a-grant"() {
    const { space } = (await call("/spaces/create", { name: "Floor" })).body;
    await grant({
      requested_access_methods: [{ mode: "code" }, { mode: "card" }],
      space_ids: [space.space_id],
      acs_entrance_ids: [seam.ids.acsEntrances["salto-space/library"]],
    });
    for (const { acs_credential_id, access_method } of seam.credentials())
      if (access_method === "card") seam.edit.encodeCard(acs_credential_id, "04A1");
    const isIssued = () => seam.accessMethods().map((method) => [method.mode, method.is_issued]);
    expect(isIssued()).toEqual([
      ["code", true],
      ["card", true],
    ]);
    const more = [seam.ids.acsEntrances["salto-space/lab"]];
    await call("/spaces/update", { space_id: space.space_id, acs_entrance_ids: more });
    expect(isIssued()).toEqual([
      ["code", true],
      ["card", false],
    ]);
  },
  async "deleted-access-methods"() {
    const { access_grant } = (await grant({ requested_access_methods: [{ mode: "code" }, { mode: "card" }] }))
      .body;
    const [access_method_id, other] = access_grant.access_method_ids;
    await call("/access_methods/delete", { access_method_id });
    expect(seam.accessGrants()).toEqual([
      expect.objectContaining({
        access_method_ids: [other],
        requested_access_methods: [expect.objectContaining({ mode: "card" })],
      }),
    ]);
  },
  async "groups-of-a-grant"() {
    const { access_grant } = (await grant({ acs_entrance_ids: [garage()] })).body;
    const ids = { access_grant_ids: [access_grant.access_grant_id] };
    expect((await call("/access_grants/get_related", ids)).body.batch.acs_access_groups).toEqual([]);
    expect(seam.credentials()[0]?.allowed_acs_entrance_ids).toEqual([garage()]);
    expect(Object.values(seam.memberships()).flat()).toEqual([]);
  },
  async "missing-in-a-batch"() {
    const ids = { access_grant_ids: [NOWHERE] };
    expect((await call("/access_grants/get_related", ids)).body.batch.acs_entrances).toEqual([]);
    const strict = await startEmulator({ missingInBatch: "not-found" });
    const answer = await post(strict, "/access_grants/get_related", ids);
    await strict.close();
    expect([answer.status, answer.body.error.type]).toEqual([404, "access_grant_not_found"]);
  },
  async "delay-in-issuing"() {
    const device_ids = [seam.ids.devices["cabin-1"]];
    seam.edit.device(device_ids[0] ?? "", { properties: { online: false } });
    await grant({ device_ids, starts_at: "2031-01-01T00:00:00.000Z" });
    expect(seam.accessMethods()[0]?.warnings).toEqual([
      expect.objectContaining({ warning_code: "delay_in_issuing" }),
    ]);
  },
  async "taken-pins"() {
    const [first, second] = [seam.ids.devices["cabin-1"], seam.ids.devices["cabin-2"]];
    const requested_access_methods = [{ mode: "code", code: "4711" }];
    await grant({ requested_access_methods, device_ids: [first] });
    await grant({ requested_access_methods, device_ids: [first, second] });
    const { access_methods } = seam.snapshot();
    expect(access_methods.map((method) => method.code === "4711")).toEqual([true, false]);
  },
  async "mobile-key-addresses"() {
    const { user_identity } = (await call("/user_identities/create", {})).body;
    const doors = Object.values(seam.ids.acsEntrances);
    await grant({
      user_identity_id: user_identity.user_identity_id,
      requested_access_methods: [{ mode: "mobile_key" }],
      acs_entrance_ids: doors,
    });
    expect(seam.accessMethods()[0]).toMatchObject({ is_issued: true, warnings: [] });
  },
  async "assigned-cards"() {
    for (const { acs_system_id } of (await call("/acs/systems/list", {})).body.acs_systems) {
      const { acs_entrances } = (await call("/acs/entrances/list", { acs_system_id })).body;
      const doors = acs_entrances.map((door: Record<string, unknown>) => door["acs_entrance_id"]);
      await grant({ requested_access_methods: [{ mode: "card" }], acs_entrance_ids: doors });
    }
    expect(seam.accessMethods().some((method) => method.is_assignment_required)).toBe(false);
  },
  async "encoding-without-simulation"() {
    const slow = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", delays: { cardMs: 1_000 } });
    try {
      const at = { acs_encoder_id: slow.ids.acsEncoders["hotek/front-desk"] };
      const owner = { access_method: "card", acs_user_id: slow.ids.acsUsers["hotek/ada"] };
      const { acs_credential_id } = (await post(slow, "/acs/credentials/create", owner)).body.acs_credential;
      await post(slow, "/acs/encoders/encode_credential", { ...at, acs_credential_id });
      expect(slow.credentials()[0]?.is_issued).toBe(false);
      slow.clock.advance(1_000);
      expect(slow.credentials()[0]?.is_issued).toBe(true);
      const { action_attempt } = (await post(slow, "/acs/encoders/scan_credential", at)).body;
      slow.clock.advance(1_000);
      const { action_attempt_id } = action_attempt;
      const scanned = (await post(slow, "/action_attempts/get", { action_attempt_id })).body.action_attempt;
      expect(scanned.result.acs_credential_on_seam).toMatchObject({ acs_credential_id });
    } finally {
      await slow.close();
    }
  },
  async "encoding-an-access-method"() {
    const { action_attempt } = (await encodeOnce()).body;
    expect(action_attempt).toMatchObject({
      action_type: "ENCODE_CREDENTIAL",
      result: { acs_credential_id: seam.credentials()[0]?.acs_credential_id },
    });
  },
  async "encoding-twice"() {
    const first = await encodeOnce();
    expect(first.body.action_attempt.status).toBe("success");
    const again = await encode(seam.accessMethods()[0]?.access_method_id);
    expect(again.body.action_attempt.error.type).toBe("credential_cannot_be_reissued");
  },
  async "simulation-outside-a-sandbox"() {
    const system = { key: "s", kind: "hotek", encoders: [{ key: "desk" }] };
    const real = await startEmulator({
      seed: { workspaces: [{ is_sandbox: false, acs_systems: [system] }] },
    });
    const at = { acs_encoder_id: real.ids.acsEncoders["s/desk"] };
    const answer = await post(real, "/acs/encoders/simulate/next_credential_encode_will_fail", at);
    await real.close();
    expect([answer.status, answer.body.error.type]).toEqual([400, "invalid_input"]);
  },
  async "revoked-entrances"() {
    await create({ allowed_acs_entrance_ids: [garage()] });
    seam.edit.addToAccessGroup(seam.ids.acsAccessGroups["salto-ks/staff"], ada());
    await call("/acs/users/revoke_access_to_all_entrances", { acs_user_id: ada() });
    const { acs_entrances } = (await call("/acs/users/list_accessible_entrances", { acs_user_id: ada() }))
      .body;
    expect(acs_entrances).toEqual([]);
    expect(seam.credentials()).toHaveLength(1);
  },
  async "unmanaged-elsewhere"() {
    const person = { key: "zoe", is_managed: false };
    const other = await startEmulator({ seed: { workspaces: [{ user_identities: [person] }] } });
    const user_identity_id = other.ids.userIdentities["zoe"];
    const answer = await post(other, "/access_grants/create", {
      user_identity_id,
      requested_access_methods: [],
    });
    await other.close();
    expect([answer.status, answer.body.error.type]).toEqual([404, "user_identity_not_found"]);
  },
  async "taken-email-addresses"() {
    const again = {
      acs_system_id: seam.ids.acsSystems.brivo,
      full_name: "Ada",
      email_address: "ada@example.com",
    };
    const errors = async (at: Pick<Seam, "url" | "apiKey">) =>
      (await post(at, "/acs/users/create", again)).body.acs_user.errors.length;
    expect(await errors(seam)).toBe(1);
    const lenient = await startEmulator({ takenEmailAddresses: "accepted" });
    const count = await errors(lenient);
    await lenient.close();
    expect(count).toBe(0);
  },
  async akiles() {
    for (const access_method of ["code", "card", "mobile_key"]) {
      const owner = { acs_user_id: seam.ids.acsUsers["akiles/ada"], code: "1" };
      expect((await create({ access_method, ...owner })).status).toBe(200);
    }
  },
};

it("lists exactly the places that are tested here", () => {
  expect(SILENT_PLACES.map((place) => place.id).sort()).toEqual(Object.keys(PLACES).sort());
});

it.each(SILENT_PLACES.map(({ id, place, does }) => [id, place, does]))(
  "does what the list of silent places says: %s",
  async (id) => {
    await PLACES[id]?.();
    expect.hasAssertions();
  },
);
