import { type DefaultKeys, type Emulator, type Seed, startEmulator } from "../../emulator/index";
import { post } from "./api";

let seam: Emulator<DefaultKeys>;
const start = async (delays: object = {}) => {
  seam = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", delays });
};
afterEach(() => seam.close());

const call = async (path: string, body: object) => (await post(seam, path, body)).body;
const desk = () => ({ acs_encoder_id: seam.ids.acsEncoders["visionline/front-desk"] });
const attemptOf = async ({
  action_attempt: { action_attempt_id },
}: {
  action_attempt: { action_attempt_id: string };
}) => (await call("/action_attempts/get", { action_attempt_id })).action_attempt;

const stay = async () => {
  const { access_grant } = await call("/access_grants/create", {
    user_identity_id: seam.ids.userIdentities.ada,
    requested_access_methods: [{ mode: "card" }],
    acs_entrance_ids: [seam.ids.acsEntrances["visionline/room-101"]],
    reservation_key: "stay-1",
    ends_at: "2030-01-05T00:00:00.000Z",
  });
  return {
    access_grant_id: String(access_grant.access_grant_id),
    access_method_id: String(access_grant.access_method_ids[0]),
  };
};
const methodOf = async (access_method_id: string) =>
  (await call("/access_methods/get", { access_method_id })).access_method;

const WAITS = {
  is_issued: false,
  issued_at: null,
  is_encoding_required: true,
  is_ready_for_encoding: true,
  is_assignment_required: false,
  is_ready_for_assignment: false,
};
const DONE = { is_issued: true, is_encoding_required: false, is_ready_for_encoding: false };

it("issues a card when a person encodes it, and needs it encoded again when the times change", async () => {
  await start({ issueMs: 1_000, cardMs: 2_000 });
  const { access_grant_id, access_method_id } = await stay();
  expect(await methodOf(access_method_id)).toMatchObject({ ...WAITS, is_ready_for_encoding: false });
  seam.clock.advance(1_000);
  expect(await methodOf(access_method_id)).toMatchObject(WAITS);

  const encoding = await call("/access_methods/encode", { ...desk(), access_method_id });
  expect(encoding.action_attempt).toMatchObject({
    action_type: "ENCODE_CREDENTIAL",
    status: "pending",
    result: null,
  });
  expect(await methodOf(access_method_id)).toMatchObject(WAITS);
  seam.clock.advance(2_000);
  const attempt = await attemptOf(encoding);
  expect(attempt).toMatchObject({ status: "success", error: null, result: { is_issued: true } });
  expect(attempt.result.card_number).toMatch(/^[0-9a-f]{16}$/);
  expect(await methodOf(access_method_id)).toMatchObject(DONE);

  await call("/access_grants/update", { access_grant_id, ends_at: "2030-01-06T00:00:00.000Z" });
  seam.clock.advance(1_000);
  expect(await methodOf(access_method_id)).toMatchObject(WAITS);
  expect(seam.credentials()[0]?.warnings).toEqual([
    expect.objectContaining({ warning_code: "needs_to_be_reissued" }),
  ]);
  await call("/acs/encoders/encode_credential", { ...desk(), access_method_id });
  seam.clock.advance(2_000);
  expect(await methodOf(access_method_id)).toMatchObject(DONE);
  expect(seam.credentials()[0]?.warnings).toEqual([]);
  const { events } = await call("/events/list", { since: "2029-01-01T00:00:00Z", access_method_id });
  expect(events.map((event: Record<string, unknown>) => event["event_type"])).toEqual([
    "access_method.created",
    "access_method.card_encoding_required",
    "access_method.issued",
    "access_method.card_encoding_required",
    "access_method.reissued",
  ]);
});

it.each([
  "no_credential_on_encoder",
  "encoding_interrupted",
  "uncategorized_error",
  "action_attempt_expired",
])("fails to encode with %s when that is simulated, once", async (error_code) => {
  await start();
  const { access_method_id } = await stay();
  await call("/acs/encoders/simulate/next_credential_encode_will_fail", { ...desk(), error_code });
  const encode = () => call("/access_methods/encode", { ...desk(), access_method_id });
  expect((await encode()).action_attempt).toMatchObject({
    status: "error",
    result: null,
    error: { type: error_code },
  });
  expect(await methodOf(access_method_id)).toMatchObject(WAITS);
  expect((await encode()).action_attempt.status).toBe("success");
});

it("fails a simulated encoding only for the credential that is meant", async () => {
  await start();
  const { access_method_id } = await stay();
  await call("/acs/encoders/simulate/next_credential_encode_will_fail", {
    ...desk(),
    error_code: "uncategorized_error",
    acs_credential_id: seam.workspaceId,
  });
  const { action_attempt } = await call("/access_methods/encode", { ...desk(), access_method_id });
  expect(action_attempt.status).toBe("success");
});

it("does not encode a card of another system, one that is on a card already, or one that was deleted", async () => {
  await start({ cardMs: 1_000 });
  const { access_method_id } = await stay();
  const outcome = async (more: object) => {
    const encoding = await call("/acs/encoders/encode_credential", { ...desk(), access_method_id, ...more });
    seam.clock.advance(1_000);
    return (await attemptOf(encoding)).error?.type;
  };
  const elsewhere = { acs_encoder_id: seam.ids.acsEncoders["hotek/front-desk"] };
  expect(await outcome(elsewhere)).toBe("incompatible_card_format");
  expect(await outcome({})).toBeUndefined();
  expect(await outcome({})).toBe("credential_cannot_be_reissued");
  const { acs_credential } = await call("/acs/credentials/create", {
    access_method: "card",
    acs_user_id: seam.ids.acsUsers["visionline/ben"],
  });
  const { acs_credential_id } = acs_credential;
  const encoding = await call("/acs/encoders/encode_credential", { ...desk(), acs_credential_id });
  seam.edit.deleteAcsCredential(acs_credential_id);
  seam.clock.advance(1_000);
  expect((await attemptOf(encoding)).error.type).toBe("credential_deleted");
});

it("scans what lies on the encoder, and says whether it is out of date", async () => {
  await start();
  const scan = async () => (await call("/acs/encoders/scan_credential", desk())).action_attempt;
  expect((await scan()).error.type).toBe("no_credential_on_encoder");
  const { access_grant_id, access_method_id } = await stay();
  await call("/access_methods/encode", { ...desk(), access_method_id });
  const [credential] = seam.credentials();
  const found = await scan();
  expect(found.result).toMatchObject({
    acs_credential_on_encoder: { card_number: credential?.card_number, ends_at: "2030-01-05T00:00:00.000Z" },
    acs_credential_on_seam: { acs_credential_id: credential?.acs_credential_id },
    warnings: [],
  });
  await call("/access_grants/update", { access_grant_id, ends_at: "2030-01-06T00:00:00.000Z" });
  const warnings = async () =>
    (await scan()).result.warnings.map((warning: Record<string, unknown>) => warning["warning_code"]);
  expect(await warnings()).toEqual(["acs_credential_on_encoder_out_of_sync"]);
  const simulate = (how: string, more: object) =>
    call(`/acs/encoders/simulate/next_credential_scan_will_${how}`, { ...desk(), ...more });
  await simulate("succeed", { scenario: "credential_does_not_exist_on_seam" });
  expect(await warnings()).toEqual(["acs_credential_on_seam_not_found"]);
  await simulate("succeed", { scenario: "credential_on_encoder_is_empty" });
  expect((await scan()).result).toMatchObject({
    acs_credential_on_encoder: { card_number: null, is_issued: false },
    acs_credential_on_seam: null,
    warnings: [],
  });
  await simulate("fail", { error_code: "uncategorized_error" });
  expect((await scan()).error.type).toBe("uncategorized_error");
});

it("makes a credential of a scanned card for a user", async () => {
  await start();
  const acs_user_id = seam.ids.acsUsers["visionline/ben"];
  const { action_attempt } = await call("/acs/encoders/scan_to_assign_credential", {
    ...desk(),
    acs_user_id,
  });
  expect(action_attempt).toMatchObject({
    action_type: "SCAN_TO_ASSIGN_CREDENTIAL",
    status: "success",
    result: { acs_user_id, access_method: "card", is_issued: true },
  });
  expect(seam.credentials()[0]?.card_number).toBe(action_attempt.result.card_number);
});

it("lists encoders by system and by id", async () => {
  await start();
  const list = async (by: object) => (await call("/acs/encoders/list", by)).acs_encoders.length;
  const { acsSystems, acsEncoders } = seam.ids;
  expect(await list({})).toBe(Object.keys(acsEncoders).length);
  expect(await list({ acs_system_id: acsSystems.visionline })).toBe(1);
  expect(await list({ acs_system_ids: [acsSystems.visionline, acsSystems.vostio] })).toBe(2);
  expect(await list({ acs_encoder_ids: [acsEncoders["hotek/front-desk"]] })).toBe(1);
});

describe("on a system whose cards are assigned", () => {
  const assigning = (cards?: string[]): Seed => ({
    workspaces: [
      {
        user_identities: [{ key: "ada" }],
        acs_systems: [
          {
            key: "site",
            kind: "brivo",
            rules: { cardsNeedAssignment: true },
            cards,
            entrances: [{ key: "door" }],
          },
        ],
      },
    ],
  });
  const open = async (cards?: string[]) => {
    const other = await startEmulator({ seed: assigning(cards) });
    seam = other as unknown as Emulator<DefaultKeys>;
    const { access_grant } = await call("/access_grants/create", {
      user_identity_id: other.ids.userIdentities["ada"],
      requested_access_methods: [{ mode: "card" }, { mode: "card" }],
      acs_entrance_ids: [other.ids.acsEntrances["site/door"]],
    });
    return access_grant.access_method_ids as string[];
  };
  const assign = async (access_method_id: string | undefined, card_number: string) =>
    (await call("/access_methods/assign_card", { access_method_id, card_number })).action_attempt;

  it("issues an access method by a card that the system knows", async () => {
    const [first, second] = await open(["04A1", "04B2"]);
    expect(await methodOf(String(first))).toMatchObject({
      is_issued: false,
      is_encoding_required: false,
      is_assignment_required: true,
      is_ready_for_assignment: true,
    });
    expect((await assign(first, "FFFF")).error.type).toBe("credential_not_found");
    expect(await assign(first, "04A1")).toMatchObject({
      action_type: "ASSIGN_CREDENTIAL",
      status: "success",
      result: { access_method_id: first, is_issued: true, is_assignment_required: false },
    });
    expect((await assign(second, "04A1")).error.type).toBe("credential_not_found");
    expect((await assign(first, "04B2")).error.type).toBe("uncategorized_error");
    expect(seam.credentials().map((credential) => credential.card_number)).toEqual(["04A1", null]);
  });

  it("takes any number where the seed names no cards", async () => {
    const [first] = await open();
    expect((await assign(first, "FFFF")).status).toBe("success");
  });
});

it("shows no number of a card in its records", async () => {
  await start();
  const { access_method_id } = await stay();
  await call("/access_methods/assign_card", { access_method_id, card_number: "04A1B2C3" });
  expect(JSON.stringify([...seam.requests])).not.toContain("04A1B2C3");
});
