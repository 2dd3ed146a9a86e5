import { CREDENTIALS, call, emulator, judge, make, only, resources, start, stop } from "./by-hand";

beforeEach(() => start());
afterEach(() => stop());

describe("the credentials and users of an import", () => {
  it("declares the doors of a credential, but not those that its user's access groups open", async () => {
    const { acsUsers, acsEntrances, acsAccessGroups } = emulator.ids;
    await call("/acs/access_groups/add_user", {
      acs_access_group_id: acsAccessGroups["salto-ks/staff"],
      acs_user_id: acsUsers["salto-ks/ada"],
    });
    await make({ acs_user_id: acsUsers["salto-ks/ada"], ends_at: "2031-01-01T00:00:00Z" });
    await make({
      acs_user_id: acsUsers["latch/ben"],
      allowed_acs_entrance_ids: [acsEntrances["latch/front-door"]],
    });
    const inputs = (await resources()).map((resource) => resource.inputs);
    expect(inputs).toEqual([
      { accessMethod: "code", acsUserId: acsUsers["salto-ks/ada"], endsAt: "2031-01-01T00:00:00.000Z" },
      {
        accessMethod: "code",
        acsUserId: acsUsers["latch/ben"],
        allowedAcsEntranceIds: [acsEntrances["latch/front-door"]],
      },
    ]);
  });

  it("leaves out what is over, and what is a part of another credential", async () => {
    const acs_user_id = emulator.ids.acsUsers["salto-ks/ada"];
    const over = await make({ acs_user_id, ends_at: new Date(Date.now() + 60_000).toISOString() });
    const copy = await make({ acs_user_id });
    emulator.edit.acsCredential(copy, { parent_acs_credential_id: over });
    const judged = await judge(CREDENTIALS, { now: new Date(Date.now() + 120_000) });
    expect(judged).toMatchObject([
      { id: over, isProblem: false, reason: expect.stringContaining("it ended") },
      { id: copy, isProblem: false, reason: expect.stringContaining("copy") },
    ]);
  });

  it("says what cannot be declared, such as a mobile key that is no multi-phone credential", async () => {
    const id = await make({
      access_method: "mobile_key",
      acs_user_id: emulator.ids.acsUsers["salto-ks/ada"],
    });
    expect(await judge(CREDENTIALS)).toMatchObject([
      { id, isProblem: true, reason: expect.stringContaining("isMultiPhoneSyncCredential") },
    ]);
  });

  it("tells nobody to look at a PIN that the lock system has not given yet", async () => {
    const id = await make({ acs_user_id: emulator.ids.acsUsers["brivo/ada"] });
    expect(emulator.credentials().map(({ code }) => code)).toEqual([null]);
    const [taken] = await resources();
    expect(taken).toMatchObject({ id, outputs: { __sought: true } });
    expect(taken?.note).toBeUndefined();
  });

  it("says that doors may be missing where a credential's user is suspended", async () => {
    const user = emulator.ids.acsUsers["latch/ben"];
    await make({
      acs_user_id: user,
      allowed_acs_entrance_ids: [emulator.ids.acsEntrances["latch/front-door"]],
    });
    emulator.edit.acsUser(user, { is_suspended: true });
    expect(await resources()).toMatchObject([{ note: expect.stringContaining("suspended") }]);
    expect(await judge({ ...only("users"), user, system: "Latch property" })).toMatchObject([
      { inputs: { isSuspended: true } },
    ]);
  });

  it("says that doors may be missing where the access of a user of Salto KS has not begun", async () => {
    const { acsSystems, acsEntrances } = emulator.ids;
    const { acs_user } = await call("/acs/users/create", {
      acs_system_id: acsSystems["salto-ks"],
      full_name: "Nia New",
      email_address: "nia@example.com",
      access_schedule: { starts_at: "2035-01-01T00:00:00Z", ends_at: "2036-01-01T00:00:00Z" },
    });
    await make({
      acs_user_id: acs_user.acs_user_id,
      allowed_acs_entrance_ids: [acsEntrances["salto-ks/garage"]],
    });
    expect(await resources()).toMatchObject([{ note: expect.stringContaining("not subscribed") }]);
  });

  it("takes no user whom the access system has lost", async () => {
    const id = emulator.ids.acsUsers["brivo/ada"];
    emulator.edit.acsUser(id, { errors: [{ error_code: "deleted_externally", message: "Gone" }] });
    const judged = await judge({ system: "Brivo property", ...only("users") });
    expect(judged.find((one) => one.id === id)).toMatchObject({
      isProblem: true,
      reason: "the access system does not have it any more",
    });
  });
});
