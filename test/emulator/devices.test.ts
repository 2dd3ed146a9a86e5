import { type Emulator, type Seed, startEmulator } from "../../emulator/index";
import { post } from "./api";

const SEED: Seed = {
  workspaces: [
    {
      user_identities: [{ key: "ada" }, { key: "ben" }],
      devices: [
        { key: "cabin" },
        { key: "shed", takes_access_codes: false },
        { key: "gate", is_online: false },
        { key: "short", time_constraints: { max_duration_hours: 24 } },
        { key: "ending", time_constraints: { is_ongoing_supported: false } },
        { key: "slots", time_constraints: { slot_minutes: 60 } },
      ],
    },
  ],
};

let seam: Emulator;
beforeEach(async () => {
  seam = await startEmulator({ seed: SEED, clock: "2030-01-01T00:00:00.000Z" });
});
afterEach(() => seam.close());

const call = async (path: string, body: object) => (await post(seam, path, body)).body;
const grant = async (devices: string[], more: object = {}) =>
  (
    await call("/access_grants/create", {
      user_identity_id: seam.ids.userIdentities["ada"],
      requested_access_methods: [{ mode: "code", code: "4711" }],
      device_ids: devices.map((key) => seam.ids.devices[key]),
      ends_at: "2030-01-05T00:00:00.000Z",
      ...more,
    })
  ).access_grant;
const codesOf = (issues: readonly object[]) =>
  issues.map((issue) => Object.entries(issue).find(([name]) => /^(error|warning)_code$/.test(name))?.[1]);

it("finds devices by id, name and what they can", async () => {
  const { device } = await call("/devices/get", { name: "cabin" });
  expect(device).toMatchObject({
    device_id: seam.ids.devices["cabin"],
    can_program_online_access_codes: true,
  });
  const { devices } = await call("/devices/list", { exclude_if: ["can_program_online_access_codes"] });
  expect(devices.map((row: Record<string, unknown>) => row["display_name"])).toEqual(["shed"]);
  const offline = (await call("/devices/get", { device_id: seam.ids.devices["gate"] })).device;
  expect([offline.properties.online, codesOf(offline.errors)]).toEqual([false, ["device_offline"]]);
});

it("leaves out a device that takes no access codes, and says which", async () => {
  const { warnings, errors } = await grant(["cabin", "shed"]);
  expect(warnings).toEqual([
    expect.objectContaining({
      warning_code: "device_does_not_support_access_codes",
      device_id: seam.ids.devices["shed"],
    }),
  ]);
  expect(errors).toEqual([]);
  expect(seam.accessMethods()[0]).toMatchObject({ is_issued: true, code: "4711" });
});

it("makes no access method where no device takes a code", async () => {
  const { access_method_ids, errors } = await grant(["shed"]);
  expect(access_method_ids).toEqual([]);
  expect(errors).toEqual([
    expect.objectContaining({
      error_code: "cannot_create_requested_access_methods",
      missing_device_ids: [seam.ids.devices["shed"]],
    }),
  ]);
});

it.each([
  ["short", {}, "duration_exceeds_max"],
  ["short", { ends_at: null }, "ongoing_not_supported"],
  ["ending", { ends_at: null }, "ongoing_not_supported"],
  ["slots", { ends_at: "2030-01-05T00:30:00.000Z" }, "times_do_not_match_slots"],
])("says why %s cannot have an access code with %j", async (device, times, reason) => {
  const { warnings } = await grant(["cabin", device], times);
  expect(warnings).toEqual([
    expect.objectContaining({
      warning_code: "device_time_constraints_violated",
      device_id: seam.ids.devices[device],
      reason,
    }),
  ]);
});

it("chooses another PIN where a device has the requested one already, and says both", async () => {
  await grant(["cabin"]);
  const { warnings } = await grant(["cabin"], { user_identity_id: seam.ids.userIdentities["ben"] });
  const [, second] = seam.accessMethods();
  expect(second?.code).not.toBe("4711");
  expect(warnings).toEqual([
    expect.objectContaining({
      warning_code: "requested_code_unavailable",
      device_id: seam.ids.devices["cabin"],
      original_code: "4711",
      new_code: second?.code,
    }),
  ]);
});

it("issues nothing at a device that is offline: first it is late, then it has failed, until it is online", async () => {
  await grant(["gate"], { starts_at: "2030-01-02T00:00:00.000Z" });
  const method = () => {
    const [{ is_issued, warnings, errors } = { is_issued: false, warnings: [], errors: [] }] =
      seam.accessMethods();
    return [is_issued, codesOf(warnings), codesOf(errors)];
  };
  expect(method()).toEqual([false, ["delay_in_issuing"], []]);
  seam.clock.advance({ days: 1 });
  expect(method()).toEqual([false, [], ["failed_to_issue"]]);
  seam.edit.device(String(seam.ids.devices["gate"]), { properties: { online: true } });
  expect(method()).toEqual([true, [], []]);
  expect(seam.accessMethods()[0]?.code).toBe("4711");
});

it("refuses devices that there are not", async () => {
  const device_ids = [seam.workspaceId];
  for (const [path, body] of [
    ["/access_grants/create", { user_identity: { full_name: "Zoe" }, requested_access_methods: [] }],
    ["/spaces/create", { name: "Nowhere" }],
  ] as const) {
    const answer = await post(seam, path, { ...body, device_ids });
    expect([answer.status, answer.body.error.type]).toEqual([404, "device_not_found"]);
  }
  expect(seam.snapshot().user_identities).toHaveLength(2);
});
