import { PartialFailure } from "../../provider/lifecycle/errors";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsAccessGroupMembership } from "../../provider/resources/acs-access-group-membership";
import { acsCredential } from "../../provider/resources/acs-credential";
import { acsUser } from "../../provider/resources/acs-user";
import { userIdentity } from "../../provider/resources/user-identity";
import { FAILED } from "../../provider/values/failed";
import {
  bob,
  EMAIL,
  emulator,
  groupsOf,
  inRun,
  made,
  newRun,
  PHONE,
  refuse,
  staff,
  start,
  stop,
  suspend,
  userNamed,
} from "./bob";

type Properties = Record<string, unknown>;

/** Calls as the engine makes them in one command, where their order decides what becomes of somebody's access. */
describe("in the order of the engine's calls", () => {
  beforeEach(() => start());
  afterEach(() => stop());

  const lobby = () => emulator.ids.acsEntrances["visionline/lobby"];
  const frontDoor = () => emulator.ids.acsEntrances["salto-ks/front-door"];

  it("an identity that its user is taken off leaves with its resource", async () => {
    const { id: identity, outputs } = await made(userIdentity, { fullName: "Bob Example" });
    const acsSystemId = emulator.ids.acsSystems["brivo"];
    const user = await made(acsUser, bob({ acsSystemId, userIdentityId: identity }));
    const run = newRun();
    const users = inRun(acsUser, run);
    const { inputs } = users.check({ userIdentityId: identity }, bob({ acsSystemId }));
    users.diff(user.id, user.outputs, inputs);
    await users.update(user.id, user.outputs, inputs);
    await inRun(userIdentity, run).delete(identity, outputs);
    expect(emulator.userIdentities().map(({ user_identity_id }) => user_identity_id)).not.toContain(identity);
    expect(userNamed(user.id)).toBeDefined();
  });

  describe("a stay's grant", () => {
    const grant = (more: Properties = {}) => ({
      userIdentityId: emulator.ids.userIdentities["ada"],
      requestedAccessMethods: [{ mode: "card" }],
      acsEntranceIds: [lobby()],
      accessGrantKey: "1017",
      endsAt: "2035-01-01T00:00:00.000Z",
      isReservationFixed: true,
      ...more,
    });

    it("that is made anew on demand makes room for the one that can be told the reservation", async () => {
      const { id, outputs } = await made(accessGrant, grant());
      emulator.edit.acsEntrance(lobby(), { can_belong_to_reservation: true });
      const news = grant({ reservationKey: "1017", endsAt: "2035-02-01T00:00:00.000Z" });
      const service = inRun(accessGrant);
      const { inputs } = service.check(outputs, news);
      expect(service.diff(id, outputs, inputs)).toMatchObject({ changed: true, replaces: [] });
      // `replaceOnChanges`: the engine makes of the update a replacement.
      const fresh = service.check({}, news).inputs;
      await service.delete(id, outputs);
      await service.create(fresh);
      expect(emulator.accessGrants()).toMatchObject([{ reservation_key: "1017" }]);
    });

    it("that was deleted for a new one which is refused is missed in the error", async () => {
      const { id, outputs } = await made(accessGrant, grant());
      const room = emulator.ids.acsEntrances["visionline/room-101"];
      const news = grant({ reservationKey: "1017", acsEntranceIds: [room] });
      const service = inRun(accessGrant);
      const { inputs } = service.check(outputs, news);
      service.diff(id, outputs, inputs);
      const fresh = service.check({}, news).inputs;
      await service.delete(id, outputs);
      refuse("/access_grants/create");
      await expect(service.create(fresh)).rejects.toThrow("there is no access in its place now");
    });
  });

  it.each([
    [
      "AcsCredential with a PIN",
      acsCredential,
      "/acs/credentials/create",
      () => ({ accessMethod: "code", acsUserId: emulator.ids.acsUsers["salto-ks/ada"], code: "471147" }),
      () => emulator.credentials().length,
    ],
    [
      "AcsUser with an e-mail address",
      acsUser,
      "/acs/users/create",
      () => bob({ emailAddress: EMAIL }),
      () => emulator.users().filter(({ full_name }) => full_name === "Bob Example").length,
    ],
    [
      "AccessGrant with a key",
      accessGrant,
      "/access_grants/create",
      () => ({
        userIdentityId: emulator.ids.userIdentities["ada"],
        requestedAccessMethods: [{ mode: "code" }],
        acsEntranceIds: [frontDoor()],
        accessGrantKey: "1017",
      }),
      () => emulator.accessGrants().length,
    ],
  ])(
    "an adopted %s that is made anew on demand stays the adopted one",
    async (_, resource, route, news, count) => {
      const byHand = await made(resource, news());
      const inputs = { ...news(), adopt: byHand.id };
      const { outputs } = await made(resource, inputs);
      emulator.requests.clear();
      // `--replace` of what is deleted first: no comparison is asked for.
      const service = inRun(resource);
      const fresh = service.check({}, inputs).inputs;
      await service.delete(byHand.id, outputs);
      expect((await service.create(fresh)).id).toBe(byHand.id);
      expect(count()).toBe(1);
      expect(emulator.requests.count(route)).toBe(0);
    },
  );

  it.each([
    ["a suspension", () => ({ isSuspended: true })],
    ["a group", () => ({ acsAccessGroupIds: [staff()] })],
    ["an identity", () => ({ userIdentityId: emulator.ids.userIdentities["ada"] })],
  ])("%s that came with a refused change is taken back with it", async (_, more) => {
    const { id, outputs } = await made(acsUser, bob());
    const state = async () => {
      const user = userNamed(id);
      return [user?.is_suspended, user?.user_identity_id, await groupsOf(id)];
    };
    const untouched = await state();
    const refusal = refuse("/acs/users/update");
    let service = inRun(acsUser);
    const news = service.check(outputs, bob({ fullName: "Rob Example", ...more() })).inputs;
    service.diff(id, outputs, news);
    const error = await service.update(id, outputs, news).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialFailure);
    expect(await state()).not.toEqual(untouched);

    emulator.faults.remove(refusal);
    service = inRun(acsUser);
    const saved = (error as PartialFailure).outputs;
    const back = service.check(news, bob()).inputs;
    expect(service.diff(id, saved, back)).toMatchObject({ changed: true, replaces: [] });
    const mended = await service.update(id, saved, back);
    expect(await state()).toEqual(untouched);
    expect(inRun(acsUser).diff(id, mended, back)).toMatchObject({ changed: false });
  });

  it("a door that somebody gave to a grant shows in a refresh, also after an update", async () => {
    const news = {
      userIdentityId: emulator.ids.userIdentities["ada"],
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [frontDoor()],
      endsAt: "2035-01-01T00:00:00.000Z",
    };
    const { id, outputs } = await made(accessGrant, news);
    const garage = emulator.ids.acsEntrances["salto-ks/garage"];
    emulator.edit.accessGrant(id, { acs_entrance_ids: [frontDoor(), garage] });
    const later = { ...news, endsAt: "2035-02-01T00:00:00.000Z" };
    const updated = await inRun(accessGrant).update(id, outputs, later);
    const seen = await inRun(accessGrant).read(id, updated);
    expect(seen?.inputs["acsEntranceIds"]).toEqual([frontDoor(), garage].sort());
  });

  it("a membership that may get another name while its user fails stays, in the state too", async () => {
    const user = await made(acsUser, bob());
    const declared = { acsAccessGroupId: staff(), acsUserId: user.id };
    const membership = await made(acsAccessGroupMembership, declared);
    const goes = async (isFailing: boolean) => {
      const run = newRun();
      const [users, memberships] = [inRun(acsUser, run), inRun(acsAccessGroupMembership, run)];
      const news = users.check(user.outputs, bob({ fullName: "Rob Example" })).inputs;
      users.diff(user.id, user.outputs, news);
      if (isFailing) {
        emulator.faults.add({ fault: "unavailable", route: "/acs/users/update" });
        await users.update(user.id, user.outputs, news).catch(() => undefined);
        emulator.faults.clear();
        memberships.check({}, { ...declared, acsUserId: FAILED });
      }
      await memberships.delete(membership.id, membership.outputs);
    };
    await expect(goes(true)).rejects.toThrow("the state keeps it");
    expect(await groupsOf(user.id)).toEqual([staff()]);
    await goes(false);
    expect(await groupsOf(user.id)).toEqual([]);
  });

  it("a membership that may get another name when the plan for its user is refused stays, in the state too", async () => {
    const user = await made(acsUser, bob({ emailAddress: EMAIL, phoneNumber: PHONE }));
    const membership = await made(acsAccessGroupMembership, {
      acsAccessGroupId: staff(),
      acsUserId: user.id,
    });
    suspend(user.id);
    const run = newRun();
    const users = inRun(acsUser, run);
    const seen = await users.read(user.id, user.outputs);
    const news = users.check(user.outputs, bob({ emailAddress: EMAIL })).inputs;
    expect(() => users.diff(user.id, seen?.outputs ?? {}, news)).toThrow(/is suspended/);
    const memberships = inRun(acsAccessGroupMembership, run);
    memberships.check({}, { acsAccessGroupId: staff(), acsUserId: FAILED });
    await expect(memberships.delete(membership.id, membership.outputs)).rejects.toThrow(/the state keeps it/);
    expect(await groupsOf(user.id)).toEqual([staff()]);
  });

  it("a user that was to be taken over under another name stays in the state where that is refused", async () => {
    const old = await made(acsUser, bob());
    const service = inRun(acsUser);
    const other = service.check({}, { ...bob(), fullName: "Somebody Else", adopt: old.id }).inputs;
    await expect(service.create(other)).rejects.toThrow(/Cannot adopt/);
    await expect(service.delete(old.id, old.outputs)).rejects.toThrow(/the state keeps it/);
    expect(userNamed(old.id)).toBeDefined();
  });

  it("what has ended is left alone when doors change that it shares, and when only the state has to learn something", async () => {
    const news = {
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["salto-ks/ada"],
      allowedAcsEntranceIds: [frontDoor()],
      startsAt: "2020-01-01T00:00:00.000Z",
      endsAt: new Date(Date.now() + 1_500).toISOString(),
    };
    const { id, outputs } = await made(acsCredential, news);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    const moved = { ...news, allowedAcsEntranceIds: [emulator.ids.acsEntrances["salto-ks/garage"]] };
    expect(inRun(acsCredential).diff(id, outputs, moved)).toMatchObject({ changed: false, replaces: [] });

    emulator.edit.deleteAcsCredential(id);
    const over = await inRun(acsCredential).read(id, outputs);
    const waiting = { ...news, waitForSync: true };
    const service = inRun(acsCredential);
    expect(service.diff(id, over?.outputs ?? {}, waiting)).toMatchObject({ changed: true, replaces: [] });
    emulator.requests.clear();
    const updated = await service.update(id, over?.outputs ?? {}, waiting);
    expect(emulator.requests.count("/acs/credentials/get")).toBe(0);
    expect(inRun(acsCredential).diff(id, updated, waiting)).toMatchObject({ changed: false });
  });

  it("a user is not deleted to make room while something names it by its id", async () => {
    const user = await made(acsUser, bob({ emailAddress: EMAIL, phoneNumber: PHONE }));
    const run = newRun();
    const users = inRun(acsUser, run);
    inRun(acsCredential, run).check({}, { accessMethod: "code", acsUserId: user.id });
    const after = bob({ emailAddress: EMAIL });
    const news = users.check(user.outputs, after).inputs;
    expect(users.diff(user.id, user.outputs, news)).toMatchObject({ deleteBeforeReplace: true });
    users.check({}, after);
    await expect(users.delete(user.id, user.outputs)).rejects.toThrow(/an AcsCredential hangs on it/);
    expect(userNamed(user.id)).toBeDefined();
  });

  it("what a wrong key has made elsewhere fails the run, and the next one, as soon as both are looked at", async () => {
    const old = await made(userIdentity, { fullName: "Gus Guest" });
    const elsewhere = { ...old.outputs, workspaceId: "00000000-0000-4000-8000-000000000000" };
    const message = /has resources in 2 workspaces: .* in .*, .* in .*destroy --target/;
    const first = inRun(userIdentity);
    await first.create(first.check({}, { fullName: "Neu Guest" }).inputs);
    const same = first.check(elsewhere, { fullName: "Gus Guest" }).inputs;
    expect(() => first.diff("other", elsewhere, same)).toThrow(message);
    const next = inRun(userIdentity);
    expect(next.diff(old.id, old.outputs, same)).toMatchObject({ changed: false });
    expect(() => next.diff("other", elsewhere, same)).toThrow(message);
  });
});
