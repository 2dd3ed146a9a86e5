import { startEmulator } from "../../../emulator/index";
import { post } from "../api";
import type { Places, Seam } from "./places";

/** Credentials, people, groups and spaces. */
export function credentialPlaces(seam: Seam): Places {
  const call = (path: string, body: object) => post(seam, path, body);
  const ada = () => seam.ids.acsUsers["salto-ks/ada"];
  const create = (more: object = {}) =>
    call("/acs/credentials/create", { access_method: "code", acs_user_id: ada(), ...more });
  const doorsOf = async (credentialId: string) =>
    (await call("/acs/credentials/list_accessible_entrances", { acs_credential_id: credentialId })).body
      .acs_entrances.length;
  return {
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
      expect(answer.body.acs_credential).toMatchObject({
        starts_at: "2029-01-01T00:00:00.000Z",
        warnings: [],
      });
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
  };
}
