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
  ["POST", "/clock", { set: "noon" }, "ISO 8601"],
  ["POST", "/faults", { fault: "explosion" }, "fault"],
  ["GET", "/nowhere", undefined, "There is no GET /_emulator/nowhere"],
])("says what is wrong with %s %s", async (method, path, body, words) => {
  const answer = await control(method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain(words);
});
