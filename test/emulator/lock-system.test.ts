import { type DefaultKeys, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index";
import { post } from "./api";

let seam: Emulator<DefaultKeys>;
const start = async (options: EmulatorOptions & { seed?: never }) => {
  seam = await startEmulator({ clock: "2030-01-01T00:00:00.000Z", ...options });
};
afterEach(() => seam.close());

const call = async (path: string, body: object) => (await post(seam, path, body)).body;
const ada = () => seam.ids.acsUsers["salto-ks/ada"];
const user = async (acs_user_id: string) => (await call("/acs/users/get", { acs_user_id })).acs_user;

it.each([
  ["as-sent", "2030-06-01T10:11:12.345Z"],
  ["second", "2030-06-01T10:11:12.000Z"],
  ["minute", "2030-06-01T10:11:00.000Z"],
] as const)("writes times %s, on credentials and in schedules", async (writesTimes, written) => {
  await start({ writesTimes });
  const sent = "2030-06-01T12:11:12.345+02:00";
  const { acs_credential } = await call("/acs/credentials/create", {
    access_method: "code",
    acs_user_id: ada(),
    starts_at: sent,
    ends_at: "2031-01-01T00:00:00.000Z",
  });
  expect(acs_credential.starts_at).toBe(written);
  await call("/acs/credentials/update", {
    acs_credential_id: acs_credential.acs_credential_id,
    ends_at: sent.replace("2030", "2032"),
  });
  expect(seam.credentials()[0]?.ends_at).toBe(written.replace("2030", "2032"));
  await call("/acs/users/update", {
    acs_user_id: ada(),
    access_schedule: { starts_at: sent, ends_at: sent },
  });
  expect((await user(ada())).access_schedule).toEqual({ starts_at: written, ends_at: written });
});

it.each([
  ["as-sent", "  Zoe\u0308  "],
  ["trimmed-nfc", "Zo\u00eb"],
] as const)("writes names %s", async (writesNames, written) => {
  await start({ writesNames });
  const full_name = "  Zoe\u0308  ";
  const { acs_user } = await call("/acs/users/create", { acs_system_id: seam.ids.acsSystems.pti, full_name });
  expect([acs_user.full_name, acs_user.display_name]).toEqual([written, written]);
  await call("/acs/users/update", { acs_user_id: ada(), full_name });
  expect((await user(ada())).full_name).toBe(written);
});

it("never shows the end of a credential that ends all the same, if it is told so", async () => {
  await start({ showsEndsAt: false });
  const { acs_credential } = await call("/acs/credentials/create", {
    access_method: "code",
    acs_user_id: ada(),
    allowed_acs_entrance_ids: [seam.ids.acsEntrances["salto-ks/garage"]],
    ends_at: "2030-01-02T00:00:00.000Z",
  });
  const { acs_credential_id } = acs_credential;
  expect(acs_credential).not.toHaveProperty("ends_at");
  const doors = async () =>
    (await call("/acs/credentials/list_accessible_entrances", { acs_credential_id })).acs_entrances.length;
  expect(await doors()).toBe(1);
  seam.clock.advance({ days: 1 });
  expect(await doors()).toBe(0);
});

it("finds out later that another user of the system has the e-mail address", async () => {
  await start({ delays: { syncMs: 1_000 } });
  const { acs_user } = await call("/acs/users/create", {
    acs_system_id: seam.ids.acsSystems["salto-ks"],
    full_name: "Zoe",
    email_address: "ADA@example.com",
  });
  expect(acs_user.errors).toEqual([]);
  seam.clock.advance(1_000);
  const errors = async (id: string) =>
    (await user(id)).errors.map((error: Record<string, unknown>) => error["error_code"]);
  expect(await errors(acs_user.acs_user_id)).toEqual(["failed_to_create_on_acs_system"]);
  await call("/acs/users/update", { acs_user_id: acs_user.acs_user_id, email_address: "zoe@example.com" });
  await call("/acs/users/update", { acs_user_id: ada(), email_address: "ben@example.com" });
  seam.clock.advance(1_000);
  expect([await errors(acs_user.acs_user_id), await errors(ada())]).toEqual([
    [],
    ["failed_to_update_on_acs_system"],
  ]);
});
