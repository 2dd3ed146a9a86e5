import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { PartialFailure } from "../../provider/lifecycle/errors";
import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsAccessGroupMembership } from "../../provider/resources/acs-access-group-membership";
import { acsCredential } from "../../provider/resources/acs-credential";
import { acsUser } from "../../provider/resources/acs-user";
import { userIdentity } from "../../provider/resources/user-identity";
import { FAILED } from "../../provider/values/failed";
import { post } from "../emulator/api";
import { madeBefore, serviceOf } from "./one-command";

type Properties = Record<string, unknown>;

/** Calls as the engine makes them in one command, where their order decides what becomes of somebody's access. */
describe("in the order of the engine's calls", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  const inRun = (resource: ResourceLifecycle, run?: Run) => serviceOf(emulator, resource, run);
  const made = (resource: ResourceLifecycle, news: Properties) => madeBefore(emulator, resource, news);
  const lobby = () => emulator.ids.acsEntrances["visionline/lobby"];
  const frontDoor = () => emulator.ids.acsEntrances["salto-ks/front-door"];

  it("a person whose user the access system's own people have suspended is not let in by being made anew", async () => {
    const [site, other] = [emulator.ids.acsSystems["salto-ks"], emulator.ids.acsSystems["brivo"]];
    const bob = { fullName: "Bob Example", emailAddress: "bob@example.com", acsSystemIds: [site] };
    const { id, outputs } = await made(userIdentity, bob);
    const usersOf = () => emulator.users().filter(({ user_identity_id }) => user_identity_id === id);
    emulator.edit.acsUser(usersOf()[0]?.acs_user_id ?? "", { is_suspended: true });

    const service = inRun(userIdentity);
    const { inputs } = service.check(outputs, { ...bob, acsSystemIds: [site, other] });
    expect(service.diff(id, outputs, inputs)).toMatchObject({ deleteBeforeReplace: true });
    await expect(service.delete(id, outputs)).rejects.toThrow(/is suspended.*It was not deleted/);
    expect(usersOf()).toMatchObject([{ is_suspended: true }]);
    // Out for good is out, suspended or not.
    await inRun(userIdentity).delete(id, outputs);
    expect(usersOf()).toEqual([]);
  });

  it("a suspended user is not let in by being made anew on demand, whatever else changes in that run", async () => {
    const acsSystemId = emulator.ids.acsSystems["salto-ks"];
    const ann = { acsSystemId, fullName: "Ann Example", emailAddress: "ann@example.com" };
    const { id, outputs } = await made(acsUser, ann);
    emulator.edit.acsUser(id, { is_suspended: true });
    const service = inRun(acsUser);
    const { inputs } = inRun(acsUser).check({}, ann);
    const news = { ...ann, fullName: "Ann Other" };
    service.check({ ...inputs, __provider: "text" }, news);
    // `--replace`: nothing is compared.
    service.check({}, news);
    await expect(service.delete(id, outputs)).rejects.toThrow(/is suspended/);
    expect(emulator.users().find(({ acs_user_id }) => acs_user_id === id)).toMatchObject({
      is_suspended: true,
    });
  });

  it("an identity that its user is taken off leaves with its resource", async () => {
    const { id: identity, outputs } = await made(userIdentity, { fullName: "Bob Example" });
    const acsSystemId = emulator.ids.acsSystems["brivo"];
    const bob = await made(acsUser, { acsSystemId, fullName: "Bob Example", userIdentityId: identity });
    const run = new Run();
    const user = inRun(acsUser, run);
    const { inputs } = user.check({ userIdentityId: identity }, { acsSystemId, fullName: "Bob Example" });
    user.diff(bob.id, bob.outputs, inputs);
    await user.update(bob.id, bob.outputs, inputs);
    await inRun(userIdentity, run).delete(identity, outputs);
    expect(emulator.userIdentities().map(({ user_identity_id }) => user_identity_id)).not.toContain(identity);
    expect(emulator.users().map(({ acs_user_id }) => acs_user_id)).toContain(bob.id);
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
      emulator.faults.add({
        fault: "answer",
        route: "/access_grants/create",
        status: 400,
        body: { error: { type: "invalid_input", message: "no" }, ok: false },
      });
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
      () => ({
        acsSystemId: emulator.ids.acsSystems["salto-ks"],
        fullName: "Bob Example",
        emailAddress: "bob@example.com",
      }),
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
    ["a group", () => ({ acsAccessGroupIds: [emulator.ids.acsAccessGroups["salto-ks/staff"]] })],
    ["an identity", () => ({ userIdentityId: emulator.ids.userIdentities["ada"] })],
  ])("%s that came with a refused change is taken back with it", async (_, more) => {
    const before = { acsSystemId: emulator.ids.acsSystems["salto-ks"], fullName: "Bob Example" };
    const { id, outputs } = await made(acsUser, before);
    const state = async () => {
      const { body } = await post(emulator, "/acs/access_groups/list", { acs_user_id: id });
      const user = emulator.users().find(({ acs_user_id }) => acs_user_id === id);
      return [user?.is_suspended, user?.user_identity_id, body.acs_access_groups.length];
    };
    const untouched = await state();
    const refusal = emulator.faults.add({
      fault: "answer",
      route: "/acs/users/update",
      status: 400,
      body: { error: { type: "invalid_input", message: "no" }, ok: false },
    });
    let service = inRun(acsUser);
    const news = service.check(outputs, { ...before, fullName: "Rob Example", ...more() }).inputs;
    service.diff(id, outputs, news);
    const error = await service.update(id, outputs, news).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialFailure);
    expect(await state()).not.toEqual(untouched);

    emulator.faults.remove(refusal);
    service = inRun(acsUser);
    const saved = (error as PartialFailure).outputs;
    const back = service.check(news, before).inputs;
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
    const acsAccessGroupId = emulator.ids.acsAccessGroups["salto-ks/staff"];
    const user = { acsSystemId: emulator.ids.acsSystems["salto-ks"], fullName: "Bob Example" };
    const bob = await made(acsUser, user);
    const membership = await made(acsAccessGroupMembership, { acsAccessGroupId, acsUserId: bob.id });
    const members = async () => {
      const query = { acs_access_group_id: acsAccessGroupId };
      const { body } = await post(emulator, "/acs/access_groups/list_users", query);
      return body.acs_users.map(({ acs_user_id }: Properties) => acs_user_id);
    };
    const goes = async (isFailing: boolean) => {
      const run = new Run();
      const [users, memberships] = [inRun(acsUser, run), inRun(acsAccessGroupMembership, run)];
      const news = users.check(bob.outputs, { ...user, fullName: "Rob Example" }).inputs;
      users.diff(bob.id, bob.outputs, news);
      if (isFailing) {
        emulator.faults.add({ fault: "unavailable", route: "/acs/users/update" });
        await users.update(bob.id, bob.outputs, news).catch(() => undefined);
        emulator.faults.clear();
        memberships.check({}, { acsAccessGroupId, acsUserId: FAILED });
      }
      await memberships.delete(membership.id, membership.outputs);
    };
    await expect(goes(true)).rejects.toThrow("the state keeps it");
    expect(await members()).toContain(bob.id);
    await goes(false);
    expect(await members()).not.toContain(bob.id);
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
    const before = {
      acsSystemId: emulator.ids.acsSystems["salto-ks"],
      fullName: "Bob Example",
      emailAddress: "bob@example.com",
      phoneNumber: "+15555550117",
    };
    const bob = await made(acsUser, before);
    const run = new Run();
    const users = inRun(acsUser, run);
    inRun(acsCredential, run).check({}, { accessMethod: "code", acsUserId: bob.id });
    const { phoneNumber: _, ...after } = before;
    const news = users.check(bob.outputs, after).inputs;
    expect(users.diff(bob.id, bob.outputs, news)).toMatchObject({ deleteBeforeReplace: true });
    users.check({}, after);
    await expect(users.delete(bob.id, bob.outputs)).rejects.toThrow(/an AcsCredential hangs on it/);
    expect(emulator.users().map(({ acs_user_id }) => acs_user_id)).toContain(bob.id);
  });

  it.each([
    ["deleted first, since the e-mail address stays", { emailAddress: "bob@example.com" }],
    ["created first", {}],
  ])("a user whom the front desk has suspended is not let in as another user (%s)", async (_, more) => {
    const before = {
      acsSystemId: emulator.ids.acsSystems["salto-ks"],
      fullName: "Bob Example",
      ...more,
      accessSchedule: { startsAt: "2030-01-01T00:00:00.000Z", endsAt: "2035-01-01T00:00:00.000Z" },
    };
    // A namesake, with the same inputs but for the address.
    const twins = "emailAddress" in more ? [] : [await made(acsUser, before)];
    const bob = await made(acsUser, before);
    emulator.edit.acsUser(bob.id, { is_suspended: true });
    const there = () => emulator.users().filter(({ full_name }) => full_name === "Bob Example");
    const untouched = there();
    const anew = async (after: Properties) => {
      const service = inRun(acsUser);
      const plans = [...twins, bob].map(({ id, outputs }) =>
        service.diff(id, outputs, service.check(outputs, after).inputs),
      );
      const fresh = service.check({}, after).inputs;
      if (plans.at(-1)?.deleteBeforeReplace) await service.delete(bob.id, bob.outputs);
      return service.create(fresh);
    };
    const after = { ...before, accessSchedule: { startsAt: "2030-01-01T00:00:00.000Z" } };
    await expect(anew(after)).rejects.toThrow(
      /it is suspended, .* Declare isSuspended: true.* It was not deleted; .* may have been\./,
    );
    const seen = await inRun(acsUser).read(bob.id, bob.outputs);
    expect(() => inRun(acsUser).diff(bob.id, seen?.outputs ?? {}, after)).toThrow(
      /it is suspended, .* Nothing was deleted\. .*`pulumi refresh`/,
    );
    expect(there()).toEqual(untouched);
    const { id } = await anew({ ...after, isSuspended: true });
    expect(there().find(({ acs_user_id }) => acs_user_id === id)).toMatchObject({ is_suspended: true });
  });

  it("a user whom the program itself has suspended and lets in again is let in as another user, too", async () => {
    const base = { acsSystemId: emulator.ids.acsSystems["salto-ks"], fullName: "Bob Example" };
    const startsAt = "2030-01-01T00:00:00.000Z";
    const before = {
      ...base,
      isSuspended: true,
      accessSchedule: { startsAt, endsAt: "2035-01-01T00:00:00.000Z" },
    };
    const bob = await made(acsUser, before);
    const service = inRun(acsUser);
    const after = { ...base, accessSchedule: { startsAt } };
    service.diff(bob.id, bob.outputs, service.check(bob.outputs, after).inputs);
    const next = await service.create(service.check({}, after).inputs);
    const user = emulator.users().find(({ acs_user_id }) => acs_user_id === next.id);
    expect(user).toMatchObject({ is_suspended: false });
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
