import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator/index";
import { post } from "./api";

type Clock = Emulator["clock"];

let seam: Emulator<DefaultKeys>;
afterEach(() => seam?.close());

const start = async (delays: object = {}) => {
  seam = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", delays });
  return seam.ids.acsUsers["salto-ks/ada"];
};
const create = async (more: object) => {
  const answer = await post(seam, "/acs/credentials/create", { access_method: "code", ...more });
  return answer.body.acs_credential;
};
const get = async (acs_credential_id: string) => post(seam, "/acs/credentials/get", { acs_credential_id });

it("does everything at once unless it is told to take its time", async () => {
  const credential = await create({ acs_user_id: await start() });
  expect(credential.code).toMatch(/^\d+$/);
  expect(credential.is_latest_desired_state_synced_with_provider).toBe(true);
});

it("syncs, makes the PIN and deletes when the clock says that it is time", async () => {
  const user = await start({ syncMs: 2_000, codeMs: 3_000, deletionMs: 1_000 });
  const { acs_credential_id: id, ...made } = await create({ acs_user_id: user });
  expect(made).toMatchObject({ code: null, is_latest_desired_state_synced_with_provider: false });
  seam.clock.advance({ seconds: 2 });
  expect((await get(id)).body.acs_credential).toMatchObject({
    code: null,
    is_latest_desired_state_synced_with_provider: true,
    latest_desired_state_synced_with_provider_at: expect.stringMatching(/^2030-01-01T00:00:02/),
  });
  seam.clock.advance(1_000);
  expect((await get(id)).body.acs_credential.code).toMatch(/^\d+$/);

  await post(seam, "/acs/credentials/delete", { acs_credential_id: id });
  expect((await get(id)).body.acs_credential.warnings).toEqual([
    expect.objectContaining({ warning_code: "being_deleted" }),
  ]);
  seam.clock.advance(999);
  expect((await get(id)).status).toBe(200);
  seam.clock.advance(1);
  expect((await get(id)).status).toBe(404);
});

it("does not bring a credential back that was deleted before it was synced", async () => {
  const user = await start({ syncMs: 5_000 });
  const { acs_credential_id } = await create({ acs_user_id: user });
  await post(seam, "/acs/credentials/delete", { acs_credential_id });
  seam.clock.advance({ minutes: 1 });
  expect((await post(seam, "/acs/credentials/list", { acs_user_id: user })).body.acs_credentials).toEqual([]);
});

it("refuses an end that is past by its own clock, not by the machine's", async () => {
  const acs_user_id = await start();
  seam.clock.set("2035-01-01T00:00:00.000Z");
  const body = { access_method: "code", acs_user_id, ends_at: "2034-12-31T00:00:00.000Z" };
  const answer = await post(seam, "/acs/credentials/create", body);
  expect(answer.body.error.message).toBe("ends_at must be in the future");
});

it("keeps running after it was advanced, and stands still after it was set", async () => {
  seam = await startEmulator();
  seam.clock.advance({ days: 1 });
  expect(Date.parse(seam.clock.now()) - Date.now()).toBeGreaterThan(86_000_000);
  expect(seam.clock.isStopped).toBe(false);
  seam.clock.set("2030-01-01T00:00:00.000Z");
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(seam.clock.now()).toBe("2030-01-01T00:00:00.000Z");
});

it.each([
  ["NaN", (clock: Clock) => clock.advance(Number.NaN)],
  ["nothing", (clock: Clock) => clock.advance(undefined as never)],
  ["no part", (clock: Clock) => clock.advance({})],
  ["an infinite time", (clock: Clock) => clock.advance(Number.POSITIVE_INFINITY)],
  ["a part that is no number", (clock: Clock) => clock.advance({ hours: Number.NaN })],
  ["a misspelt part", (clock: Clock) => clock.advance({ hour: 1 } as never)],
  ["more years than there are", (clock: Clock) => clock.advance({ days: 1e12 })],
  ["an instant without a zone", (clock: Clock) => clock.set("2030-01-01T00:00:00")],
  ["a date", (clock: Clock) => clock.set("2030-01-01")],
  ["a day that there is not", (clock: Clock) => clock.set("2030-02-30T00:00:00Z")],
])("is moved by no %s", async (_, move) => {
  await start({ syncMs: 1_000 });
  expect(() => move(seam.clock)).toThrow(/clock/);
  expect(seam.clock.now()).toBe("2030-01-01T00:00:00.000Z");
});

it("starts at no time without a zone and with no delay that is none, and says all that is wrong", async () => {
  await expect(
    startEmulator({ clock: "2030-01-01T00:00:00", delays: { syncMs: Number.NaN, sinkMs: 1 } as never }),
  ).rejects.toThrow(/clock: .*zone.*delays.syncMs: .*delays: .*sinkMs/s);
});
