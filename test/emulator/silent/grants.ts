import { startEmulator } from "../../../emulator/index";
import { post } from "../api";
import { NOWHERE, type Places, type Seam } from "./places";

/** Access grants, their access methods, cards, devices, and what came with them. */
export function grantPlaces(seam: Seam): Places {
  const call = (path: string, body: object) => post(seam, path, body);
  const ada = () => seam.ids.acsUsers["salto-ks/ada"];
  const create = (more: object = {}) =>
    call("/acs/credentials/create", { access_method: "code", acs_user_id: ada(), ...more });
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
  return {
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
      const { access_grant } = (
        await grant({ requested_access_methods: [{ mode: "code" }, { mode: "card" }] })
      ).body;
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
        const { acs_credential_id } = (await post(slow, "/acs/credentials/create", owner)).body
          .acs_credential;
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
}
