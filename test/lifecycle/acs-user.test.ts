import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { dynamicProvider } from "../../provider/engine/dynamic";
import { createClient, type SeamClient } from "../../provider/http/client";
import { PartialFailure } from "../../provider/lifecycle/errors";
import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsAccessGroupMembership } from "../../provider/resources/acs-access-group-membership";
import { acsUser } from "../../provider/resources/acs-user";

type Properties = Record<string, unknown>;

describe("an update of an AcsUser", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;
  let inputs: Properties;
  let id: string;
  let outputs: Properties;

  beforeEach(async () => {
    emulator = await startEmulator();
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey }, { maxTries: 1 });
    inputs = { acsSystemId: emulator.ids.acsSystems["salto-ks"], fullName: "Bob Example" };
    // An identity has one user in an access system.
    emulator.edit.deleteAcsUser(emulator.ids.acsUsers["salto-ks/ada"]);
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  const create = async (more: Properties = {}) => {
    inputs = { ...inputs, ...more };
    ({ id, outputs } = await acsUser.create(seam, inputs, new Run()));
    emulator.requests.clear();
  };
  const update = async (change: Properties, run = new Run()) => {
    const news = Object.fromEntries(
      Object.entries({ ...inputs, ...change }).filter(([, value]) => value !== undefined),
    );
    outputs = await acsUser.update(seam, id, outputs, news, run);
    inputs = news;
  };
  const user = () => emulator.users().find(({ acs_user_id }) => acs_user_id === id);
  const groups = async () => {
    const body = { acs_user_id: id };
    const { json } = await seam.call({
      path: "/acs/access_groups/list",
      body,
      effect: "read",
      action: "look",
    });
    return (json["acs_access_groups"] as { name: string }[]).map(({ name }) => name).sort();
  };

  it("links, links otherwise and unlinks in place, so that credentials and groups stay", async () => {
    await create();
    const { ada, ben } = emulator.ids.userIdentities;
    for (const userIdentityId of [ada, ben, undefined]) {
      await update({ userIdentityId });
      expect(user()?.user_identity_id).toBe(userIdentityId);
    }
    expect(emulator.requests.count("/acs/users/update")).toBe(0);
    expect(emulator.requests.count("/acs/users/delete")).toBe(0);
  });

  it("goes on where the half of it was done", async () => {
    const { ada, ben } = emulator.ids.userIdentities;
    await create({ userIdentityId: ada });
    emulator.faults.add({ fault: "unavailable", route: "/user_identities/add_acs_user" });
    await expect(update({ userIdentityId: ben })).rejects.toThrow(/503/);
    emulator.faults.clear();
    await update({ userIdentityId: ben });
    expect(user()?.user_identity_id).toBe(ben);
  });

  it("changes groups by memberships, and leaves the one that a membership of the program declares", async () => {
    const { acsAccessGroups } = emulator.ids;
    const [staff, residents] = [acsAccessGroups["salto-ks/staff"], acsAccessGroups["salto-ks/residents"]];
    await create({ acsAccessGroupIds: [staff] });
    await update({ acsAccessGroupIds: [staff, residents] });
    expect(await groups()).toEqual(["Residents", "Staff"]);
    const run = new Run();
    run.checked("membership", { acsAccessGroupId: staff, acsUserId: id }, true);
    await update({ acsAccessGroupIds: [] }, run);
    expect(await groups()).toEqual(["Staff"]);
  });

  it("takes the start out of a schedule by letting it begin now, and keeps one that was never declared", async () => {
    const endsAt = "2036-01-01T00:00:00.000Z";
    await create({ accessSchedule: { startsAt: "2035-01-01T00:00:00.000Z", endsAt } });
    const before = Date.now();
    await update({ accessSchedule: { endsAt } });
    const startsAt = Date.parse(user()?.access_schedule?.starts_at ?? "");
    expect(startsAt).toBeGreaterThanOrEqual(before);
    expect(startsAt).toBeLessThanOrEqual(Date.now());

    await update({ accessSchedule: { endsAt: "2037-01-01T00:00:00.000Z" } });
    expect(user()?.access_schedule).toMatchObject({ starts_at: new Date(startsAt).toISOString() });
    // What Seam's documents want: both ends in every update.
    for (const { body } of emulator.requests.all({ path: "/acs/users/update" })) {
      expect(body).toMatchObject({
        access_schedule: { starts_at: expect.any(String), ends_at: expect.any(String) },
      });
    }
  });

  it("suspends before anything else and unsuspends after it, and not what is so already", async () => {
    const { ada } = emulator.ids.userIdentities;
    const routes = () =>
      emulator.requests
        .all()
        .map(({ path }) => path)
        .filter((path) => /suspend|add_acs_user/.test(path));
    await create({ isSuspended: false });
    await update({ isSuspended: true, userIdentityId: ada });
    expect(user()?.is_suspended).toBe(true);
    expect(routes()).toEqual(["/acs/users/suspend", "/user_identities/add_acs_user"]);
    emulator.requests.clear();
    await update({ isSuspended: undefined, userIdentityId: emulator.ids.userIdentities.ben });
    expect(user()?.is_suspended).toBe(false);
    expect(routes()).toEqual(["/user_identities/add_acs_user", "/acs/users/unsuspend"]);

    emulator.edit.acsUser(id, { is_suspended: true });
    emulator.requests.clear();
    await update({ isSuspended: true });
    expect(routes()).toEqual([]);
    expect(outputs["isSuspended"]).toBe(true);
  });

  it("shows in a refresh that somebody lifted a suspension, and lets alone one that nobody declares", async () => {
    await create({ isSuspended: true });
    emulator.edit.acsUser(id, { is_suspended: false });
    const seen = await acsUser.read(seam, id, outputs, new Run());
    expect(seen?.inputs).toEqual({ ...inputs, isSuspended: false });
    expect(acsUser.diff(seen?.outputs ?? {}, inputs)).toMatchObject({ changed: true, replaces: [] });

    inputs = { acsSystemId: inputs["acsSystemId"], fullName: "Eve Example" };
    await create();
    emulator.edit.acsUser(id, { is_suspended: true });
    const other = await acsUser.read(seam, id, outputs, new Run());
    expect(other).toMatchObject({ inputs, outputs: { isSuspended: true } });
    expect(acsUser.diff(other?.outputs ?? {}, inputs).changed).toBe(false);
  });

  it("of one that could not be suspended at its creation does that, and makes no second user", async () => {
    emulator.faults.add({ fault: "unavailable", route: "/acs/users/suspend" });
    const before = emulator.users().length;
    const declared = { ...inputs, isSuspended: true };
    const failure = await acsUser.create(seam, declared, new Run()).catch((error) => error);
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure.reasons.join("\n")).toMatch(/suspend acs_user .*503.*isSuspended: Seam holds false/s);
    expect(acsUser.diff(failure.outputs, declared)).toMatchObject({ changed: true, replaces: [] });
    emulator.faults.clear();
    const mended = await acsUser.update(seam, failure.id, failure.outputs, declared, new Run());
    expect(mended).toMatchObject(declared);
    expect(emulator.users()).toHaveLength(before + 1);
  });

  it("is created once and suspended when the answer of its create is lost", async () => {
    emulator.faults.add({ fault: "reset-after-work", route: "/acs/users/create", times: 1 });
    const before = emulator.users().length;
    await create({ isSuspended: true });
    expect(user()?.is_suspended).toBe(true);
    expect(emulator.users()).toHaveLength(before + 1);
  });

  it("is suspended by hand and then declared not to be: no longer", async () => {
    await create();
    emulator.edit.acsUser(id, { is_suspended: true });
    const observed = await acsUser.read(seam, id, outputs, new Run());
    outputs = observed?.outputs ?? {};
    expect(acsUser.diff(outputs, inputs).changed).toBe(false);
    expect(acsUser.diff(outputs, { ...inputs, isSuspended: false }).changed).toBe(true);
    await update({ isSuspended: false });
    expect(user()?.is_suspended).toBe(false);
  });

  it("leaves a group that a membership resource declares, too, and that resource puts it back", async () => {
    const group = emulator.ids.acsAccessGroups["salto-ks/staff"];
    await create({ acsAccessGroupIds: [group] });
    const run = new Run();
    const membership = { acsAccessGroupId: group, acsUserId: id };
    // Pulumi comes to the membership only after the user that it hangs on.
    await update({ acsAccessGroupIds: undefined }, run);
    const { diff } = dynamicProvider(acsAccessGroupMembership, run);
    const plan = await diff?.(`${group}/${id}`, { ...membership }, { ...membership });
    expect(plan).toMatchObject({ changes: true, deleteBeforeReplace: true });
    await acsAccessGroupMembership.create(seam, membership, run);
    expect(await groups()).toEqual(["Staff"]);
  });

  it("leaves a group that a membership of its identity declares, too, and that resource puts it back", async () => {
    const group = emulator.ids.acsAccessGroups["salto-ks/staff"];
    const userIdentityId = emulator.ids.userIdentities.ada;
    await create({ fullName: "Ada Example", userIdentityId, acsAccessGroupIds: [group] });
    const run = new Run();
    const membership = { acsAccessGroupId: group, userIdentityId };
    await update({ acsAccessGroupIds: undefined }, run);
    const plan = await dynamicProvider(acsAccessGroupMembership, run).diff?.(
      `${group}/${userIdentityId}`,
      { ...membership },
      { ...membership },
    );
    expect(plan).toMatchObject({ changes: true, deleteBeforeReplace: true });
  });

  it("stays when its resource leaves while a declared grant of its person lives on it, and leaves its groups", async () => {
    const person = emulator.ids.userIdentities.ada;
    const staff = emulator.ids.acsAccessGroups["salto-ks/residents"];
    await create({ fullName: "Ada Example", userIdentityId: person, acsAccessGroupIds: [staff] });
    const grant = {
      userIdentityId: person,
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
    };
    const made = await accessGrant.create(seam, grant, new Run());
    const acsUserId = String(emulator.credentials().at(-1)?.acs_user_id);
    const ofUser = { ...outputs, acsUserId };
    // Whoever is out is out of what somebody put them into by hand, too.
    emulator.edit.addToAccessGroup(emulator.ids.acsAccessGroups["salto-ks/staff"], acsUserId);
    const options = (run: Run) => ({ run, awaitGone: false });
    expect(await acsUser.reasonToKeep?.(seam, acsUserId, ofUser, options(new Run()))).toBeUndefined();
    const run = new Run();
    run.checked("AccessGrant", grant, true);
    run.compared("AccessGrant of it", made.id, made.outputs, grant, false);
    const kept = await acsUser.reasonToKeep?.(seam, acsUserId, ofUser, options(run));
    expect(kept?.message).toContain(`access_grant ${made.id} of this program hangs on it`);
    const list = { path: "/acs/access_groups/list", body: { acs_user_id: acsUserId } } as const;
    const { json } = await seam.call({ ...list, effect: "read", action: "look what is left" });
    expect(json).toMatchObject({ acs_access_groups: [] });
  });
});
