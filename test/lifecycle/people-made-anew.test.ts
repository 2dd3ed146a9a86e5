import { setTimeout as pause } from "node:timers/promises";
import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
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

const EMAIL = "bob@example.com";
const PHONE = "+15555550117";

/** Users and identities that go, or are made anew, in calls as the engine makes them in one command. */
describe("a person who is made anew, or goes", () => {
  let emulator: Emulator<DefaultKeys>;
  let notices: string[];

  beforeEach(async () => {
    emulator = await startEmulator();
    notices = [];
  });
  afterEach(() => emulator.close());

  const newRun = () => new Run((text) => notices.push(text));
  const inRun = (resource: ResourceLifecycle, run = newRun()) => serviceOf(emulator, resource, run);
  const made = (resource: ResourceLifecycle, news: Properties) => madeBefore(emulator, resource, news);
  /** A resource that stays as it is: whether a plan calls for a change. */
  const stays = (resource: ResourceLifecycle, run: Run, one: Made, news: Properties) => {
    const service = inRun(resource, run);
    return !service.diff(one.id, one.outputs, service.check(news, news).inputs).changed;
  };
  const site = () => emulator.ids.acsSystems["salto-ks"];
  const staff = () => emulator.ids.acsAccessGroups["salto-ks/staff"];
  const userNamed = (id: string) => emulator.users().find(({ acs_user_id }) => acs_user_id === id);
  const bob = (more: Properties = {}) => ({ acsSystemId: site(), fullName: "Bob Example", ...more });
  const credentials = () => emulator.credentials().map(({ acs_credential_id }) => acs_credential_id);
  const groupsOf = async (acs_user_id: string) => {
    const { body } = await post(emulator, "/acs/access_groups/list", { acs_user_id });
    return body.acs_access_groups.map(({ acs_access_group_id }: Properties) => acs_access_group_id);
  };
  const suspend = (id: string) => emulator.edit.acsUser(id, { is_suspended: true });

  describe("does not hang on itself", () => {
    it.each([
      ["user", acsUser, () => bob()],
      ["identity", userIdentity, () => ({ fullName: "Bob Example", acsSystemIds: [site()] })],
    ] as const)(
      "with replaceOnChanges of a %s, so that the former one goes",
      async (_, resource, declared) => {
        const old = await made(resource, declared());
        const service = inRun(resource);
        const news = { ...declared(), fullName: "Rob Example" };
        service.diff(old.id, old.outputs, service.check(declared(), news).inputs);
        await service.create(service.check({}, news).inputs);
        await service.delete(old.id, old.outputs);
        expect(notices).toEqual([]);
        expect(emulator.users().map(({ full_name }) => full_name)).not.toContain("Bob Example");
      },
    );
  });

  describe("whom the access system's own people have suspended", () => {
    it.each([
      ["after adopt was taken out", true, {}],
      ["with another case of the address", false, { emailAddress: "BOB@example.com" }],
    ])("is not let in by --replace %s", async (_, adopt, change) => {
      const there = await made(acsUser, bob({ emailAddress: EMAIL }));
      const before = bob({ emailAddress: EMAIL, ...(adopt && { adopt: there.id }) });
      const { id, outputs } = adopt ? await made(acsUser, before) : there;
      suspend(id);
      const service = inRun(acsUser);
      const now = bob({ emailAddress: EMAIL, ...change });
      // The engine keeps the inputs of a run that changed nothing.
      service.check(now, now);
      service.check({}, now);
      await expect(service.delete(id, outputs)).rejects.toThrow(/is suspended/);
      expect(userNamed(id)).toMatchObject({ is_suspended: true });
    });

    it("is not let in by a second run under another name, where the first one had made it already", async () => {
      const ann = await made(acsUser, bob({ emailAddress: EMAIL }));
      suspend(ann.id);
      const users = inRun(acsUser);
      const again = bob({ emailAddress: EMAIL });
      users.diff("made by the first run", { ...again, acsUserId: "x" }, users.check(again, again).inputs);
      await expect(users.delete(ann.id, ann.outputs)).rejects.toThrow(/is suspended/);
      expect(userNamed(ann.id)).toBeDefined();
    });

    it("does not keep a refresh from ending where the lock system has deleted them since", () => {
      const state = {
        ...bob({ emailAddress: EMAIL }),
        acsUserId: "x",
        isSuspended: true,
        errors: [{ errorCode: "deleted_externally" }],
        __dead: true,
      };
      const service = inRun(acsUser);
      expect(service.diff("x", state, bob({ emailAddress: EMAIL }))).toMatchObject({ changed: true });
    });

    it("is not let in by an identity without contact details, which is made before the old one goes", async () => {
      const before = { fullName: "Bob Example", acsSystemIds: [site()] };
      const after = { ...before, acsSystemIds: [site(), emulator.ids.acsSystems["brivo"]] };
      const old = await made(userIdentity, before);
      suspend(String(usersOf(old.id)[0]?.acs_user_id));
      const service = inRun(userIdentity);
      service.diff(old.id, old.outputs, service.check(old.outputs, after).inputs);
      const fresh = service.check({}, after).inputs;
      await expect(service.create(fresh)).rejects.toThrow(/is suspended/);
      expect(emulator.users().filter(({ full_name }) => full_name === "Bob Example")).toHaveLength(1);
    });

    it("goes although somebody else with the same address stays", async () => {
      await emulator.close();
      emulator = await startEmulator({ takenEmailAddresses: "accepted" });
      const news = { ...bob({ emailAddress: EMAIL }), fullName: "Ann Example" };
      const ann = await made(acsUser, news);
      const { id, outputs } = await made(acsUser, bob({ emailAddress: EMAIL }));
      suspend(id);
      const run = newRun();
      expect(stays(acsUser, run, ann, news)).toBe(true);
      await inRun(acsUser, run).delete(id, outputs);
      expect(userNamed(id)).toBeUndefined();
      expect(userNamed(ann.id)).toBeDefined();
    });

    it("is no obstacle where the program keeps them suspended itself", async () => {
      const before = { fullName: "Bob Example", emailAddress: EMAIL, acsSystemIds: [site()] };
      const after = { ...before, acsSystemIds: [emulator.ids.acsSystems["brivo"]] };
      const identity = await made(userIdentity, { ...before, acsSystemIds: [] });
      const kept = bob({ userIdentityId: identity.id, isSuspended: true });
      const user = await made(acsUser, kept);
      const run = newRun();
      const identities = inRun(userIdentity, run);
      identities.diff(identity.id, identity.outputs, identities.check(identity.outputs, after).inputs);
      inRun(acsUser, run).diff(user.id, user.outputs, { ...kept, userIdentityId: "unknown" });
      await identities.delete(identity.id, identity.outputs);
      expect(usersOf(identity.id)).toEqual([]);
    });
  });

  describe("takes nothing along that the program declares of the identity which Seam has linked", () => {
    let user: Made;
    const contact = { emailAddress: EMAIL, phoneNumber: PHONE };
    const memberOf = (identity: string) => ({ acsAccessGroupId: staff(), userIdentityId: identity });

    /** The state does not know of the identity. */
    async function linked(): Promise<string> {
      user = await made(acsUser, bob(contact));
      const { id } = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
      await post(emulator, "/user_identities/add_acs_user", { user_identity_id: id, acs_user_id: user.id });
      return id;
    }
    const pinOf = (userIdentityId: string) => ({
      accessMethod: "code",
      userIdentityId,
      acsSystemId: site(),
    });
    const grantFor = (userIdentityId: string) => ({
      userIdentityId,
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
      endsAt: "2035-01-01T00:00:00.000Z",
    });
    /** Without the phone number the user is made anew. */
    const withoutPhone = (run: Run) => {
      const service = inRun(acsUser, run);
      const news = service.check(user.outputs, bob({ emailAddress: EMAIL })).inputs;
      expect(service.diff(user.id, user.outputs, news)).toMatchObject({ deleteBeforeReplace: true });
      return service;
    };

    it("by a removal: the user stays for a grant, and for a membership", async () => {
      const identity = await linked();
      const grant = await made(accessGrant, grantFor(identity));
      const before = credentials();
      const run = newRun();
      expect(stays(accessGrant, run, grant, grantFor(identity))).toBe(true);
      await inRun(acsUser, run).delete(user.id, user.outputs);
      expect(credentials()).toEqual(before);
      expect(userNamed(user.id)).toBeDefined();

      await inRun(accessGrant).delete(grant.id, grant.outputs);
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const later = newRun();
      expect(stays(acsAccessGroupMembership, later, membership, memberOf(identity))).toBe(true);
      await inRun(acsUser, later).delete(user.id, user.outputs);
      expect(await groupsOf(user.id)).toEqual([staff()]);
      expect(notices).toHaveLength(2);
    });

    it("by a removal, with which keys go that no resource declares, but for those of grants", async () => {
      const identity = await linked();
      await made(accessGrant, grantFor(identity));
      const before = credentials();
      // By hand, or by a resource with `deletedWith`.
      await made(acsCredential, { accessMethod: "code", acsUserId: user.id });
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      stays(acsAccessGroupMembership, run, membership, memberOf(identity));
      await inRun(acsUser, run).delete(user.id, user.outputs);
      expect(before).toHaveLength(1);
      expect(credentials()).toEqual(before);
      expect(notices).toEqual([
        expect.stringMatching(/stays in Seam, since a membership in .* give its id as `adopt`[^.]*\.$/),
      ]);
    });

    it("by a removal, which takes from a user that is still named the groups that its resource gave it", async () => {
      const groups = [staff(), emulator.ids.acsAccessGroups["salto-ks/residents"]] as const;
      user = await made(acsUser, bob({ acsAccessGroupIds: [groups[0]] }));
      await post(emulator, "/acs/access_groups/add_user", {
        acs_user_id: user.id,
        acs_access_group_id: groups[1],
      });
      const pin = { accessMethod: "code", acsUserId: user.id };
      const credential = await made(acsCredential, pin);
      const byHand = await made(acsCredential, { ...pin, accessMethod: "mobile_key" });
      const run = newRun();
      expect(stays(acsCredential, run, credential, pin)).toBe(true);
      await inRun(acsUser, run).delete(user.id, user.outputs);
      expect(credentials()).toEqual(expect.arrayContaining([credential.id, byHand.id]));
      expect(await groupsOf(user.id)).toEqual([groups[1]]);
      expect(notices).toEqual([
        expect.stringContaining(
          `It keeps its membership in acs_access_group ${groups[1]}, acs_credential ${byHand.id}, which`,
        ),
      ]);
    });

    it("by a replacement: it is refused for a grant in whatever order, and for what was looked at before", async () => {
      const identity = await linked();
      const grant = await made(accessGrant, grantFor(identity));
      await expect(withoutPhone(newRun()).delete(user.id, user.outputs)).rejects.toThrow(
        `access_grant ${grant.id} of its person hangs on it`,
      );
      await inRun(accessGrant).delete(grant.id, grant.outputs);

      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      stays(acsAccessGroupMembership, run, membership, memberOf(identity));
      await expect(withoutPhone(run).delete(user.id, user.outputs)).rejects.toThrow(
        /membership .* hangs on it/,
      );
      expect(await groupsOf(user.id)).toEqual([staff()]);
    });

    it("by a replacement that a grant is in the way of: it is refused before the user's own keys go", async () => {
      const identity = await linked();
      // It may be one that the same run takes out, and only at its end.
      await made(accessGrant, grantFor(identity));
      const pin = await made(acsCredential, { accessMethod: "code", acsUserId: user.id });
      const member = await made(acsAccessGroupMembership, { acsAccessGroupId: staff(), acsUserId: user.id });
      const before = credentials();
      const run = newRun();
      withoutPhone(run);
      const refusal = /access_grant .* hangs on it .* Nothing was deleted.* has to go in a run before/;
      emulator.requests.clear();
      await expect(inRun(acsCredential, run).delete(pin.id, pin.outputs)).rejects.toThrow(refusal);
      const asked = emulator.requests.count("/access_grants/list");
      await expect(inRun(acsAccessGroupMembership, run).delete(member.id, member.outputs)).rejects.toThrow(
        refusal,
      );
      expect(emulator.requests.count("/access_grants/list")).toBe(asked);
      expect(credentials()).toEqual(before);
      expect(await groupsOf(user.id)).toEqual([staff()]);
    });

    it("by a replacement: no grant is in the way that the plan replaces, too", async () => {
      const identity = await linked();
      const grant = await made(accessGrant, grantFor(identity));
      const run = newRun();
      const grants = inRun(accessGrant, run);
      const elsewhere = {
        ...grantFor(identity),
        acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/office"]],
      };
      grants.diff(grant.id, grant.outputs, grants.check(grant.outputs, elsewhere).inputs);
      await withoutPhone(run).delete(user.id, user.outputs);
      expect(userNamed(user.id)).toBeUndefined();
    });

    it("by a move to another access system: the user goes, and what is looked at later is made anew", async () => {
      const identity = await linked();
      const grant = await made(accessGrant, grantFor(identity));
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const moved = (run: Run) => {
        const service = inRun(acsUser, run);
        const news = service.check(user.outputs, {
          ...bob(contact),
          acsSystemId: emulator.ids.acsSystems["brivo"],
        }).inputs;
        service.diff(user.id, user.outputs, news);
        return service;
      };
      const held = newRun();
      expect(stays(acsAccessGroupMembership, held, membership, memberOf(identity))).toBe(true);
      await moved(held).delete(user.id, user.outputs);
      expect(await groupsOf(user.id)).toEqual([staff()]);

      const pin = await made(acsCredential, pinOf(identity));
      const early = newRun();
      expect(stays(acsAccessGroupMembership, early, membership, memberOf(identity))).toBe(true);
      await moved(early).delete(user.id, user.outputs);
      expect(credentials()).not.toContain(pin.id);
      expect(stays(acsCredential, early, pin, pinOf(identity))).toBe(false);

      const run = newRun();
      await moved(run).delete(user.id, user.outputs);
      expect(userNamed(user.id)).toBeUndefined();
      expect(stays(accessGrant, run, grant, grantFor(identity))).toBe(false);
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(false);
    });

    it("by a replacement that Seam refuses: what is looked at later stays", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      const users = withoutPhone(run);
      emulator.faults.add({
        fault: "answer",
        status: 400,
        body: { error: { type: "invalid_input", message: "no" } },
        route: "/acs/users/delete",
        call: 1,
      });
      await expect(users.delete(user.id, user.outputs)).rejects.toThrow();
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(true);
      const memberships = inRun(acsAccessGroupMembership, run);
      await memberships.create(memberships.check({}, memberOf(identity)).inputs);
    });

    it("by a replacement of whom the lock system has deleted: what is looked at later is made anew", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      const outputs = { ...user.outputs, __dead: true };
      const service = inRun(acsUser, run);
      service.diff(user.id, outputs, service.check(outputs, bob(contact)).inputs);
      await service.delete(user.id, outputs);
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(false);
    });

    it("by an identity that leaves, whose user has failed only in part", async () => {
      const identity = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
      const run = newRun();
      const service = inRun(acsUser, run);
      emulator.faults.add({
        fault: "answer",
        status: 400,
        body: { error: { type: "invalid_input", message: "no" } },
        route: "/acs/users/suspend",
        call: 1,
      });
      const news = bob({ emailAddress: EMAIL, isSuspended: true });
      await expect(service.create(service.check({}, news).inputs)).rejects.toThrow();
      const [there] = emulator.users().filter(({ full_name }) => full_name === "Bob Example");
      const acs_user_id = String(there?.acs_user_id);
      await post(emulator, "/user_identities/add_acs_user", { user_identity_id: identity.id, acs_user_id });
      await inRun(userIdentity, run).delete(identity.id, identity.outputs);
      expect(userNamed(acs_user_id)).toBeDefined();
    });

    it("by a replacement: what is looked at later is made anew", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const pin = { accessMethod: "code", acsUserId: user.id };
      const credential = await made(acsCredential, pin);
      const run = newRun();
      await withoutPhone(run).delete(user.id, user.outputs);
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(false);
      expect(stays(acsCredential, run, credential, pin)).toBe(false);
    });

    it("but what is of another system, or declared by nobody", async () => {
      const identity = await linked();
      const elsewhere = {
        ...grantFor(identity),
        acsEntranceIds: [emulator.ids.acsEntrances["brivo/front-door"]],
      };
      const grant = await made(accessGrant, elsewhere);
      await made(acsCredential, { accessMethod: "code", acsUserId: user.id });
      const run = newRun();
      expect(stays(accessGrant, run, grant, elsewhere)).toBe(true);
      await withoutPhone(run).delete(user.id, user.outputs);
      expect(userNamed(user.id)).toBeUndefined();
    });

    it("by a membership that is made anew while the user is away: it waits for the user in its place", async () => {
      const identity = await linked();
      const run = newRun();
      const users = withoutPhone(run);
      await users.delete(user.id, user.outputs);
      const memberships = inRun(acsAccessGroupMembership, run);
      const joining = memberships.create(memberships.check({}, memberOf(identity)).inputs);
      const { id } = await users.create(users.check({}, bob({ emailAddress: EMAIL })).inputs);
      await joining;
      expect(usersOf(identity).map(({ acs_user_id }) => acs_user_id)).toEqual([id]);
      expect(await groupsOf(id)).toEqual([staff()]);
    });

    it.each([
      ["credential", "while the deletion is under way", acsCredential, (identity: string) => pinOf(identity)],
      ["grant", "while the deletion is under way", accessGrant, (identity: string) => grantFor(identity)],
      ["credential", "while the user is away", acsCredential, (identity: string) => pinOf(identity)],
      ["grant", "while the user is away", accessGrant, (identity: string) => grantFor(identity)],
    ] as const)("by a %s of the identity that is made %s: it waits", async (_, when, resource, newsOf) => {
      const identity = await linked();
      const run = newRun();
      const users = withoutPhone(run);
      const route = "/acs/users/delete";
      emulator.faults.add({ fault: "rate-limited", route, call: 1, retryAfterSeconds: 1 });
      const deleting = users.delete(user.id, user.outputs);
      if (when === "while the user is away") await deleting;
      while (emulator.requests.count(route) === 0) await pause(5);
      const service = inRun(resource, run);
      const creating = service.create(service.check({}, newsOf(identity)).inputs);
      await deleting;
      await pause(100);
      const { id } = await users.create(users.check({}, bob({ emailAddress: EMAIL })).inputs);
      await creating;
      expect(usersOf(identity).map(({ acs_user_id }) => acs_user_id)).toEqual([id]);
      expect(emulator.credentials().map(({ acs_user_id }) => acs_user_id)).toEqual([id]);
    });

    it("by a replacement that begins while a key of the identity is made: it is refused, and holds up nobody", async () => {
      const identity = await linked();
      const run = newRun();
      const users = withoutPhone(run);
      const route = "/acs/credentials/create";
      emulator.faults.add({ fault: "rate-limited", route, call: 1, retryAfterSeconds: 1 });
      const service = inRun(acsCredential, run);
      const creating = service.create(service.check({}, pinOf(identity)).inputs);
      while (emulator.requests.count(route) === 0) await pause(5);
      const refused = expect(users.delete(user.id, user.outputs)).rejects.toThrow(
        /credential .* hangs on it/i,
      );
      const { id } = await creating;
      await refused;
      await made(acsAccessGroupMembership, memberOf(identity));
      const memberships = inRun(acsAccessGroupMembership, run);
      await memberships.create(memberships.check({}, memberOf(identity)).inputs);
      expect(credentials()).toEqual([id]);
    });

    it("by an identity that is made anew: what is looked at later is made anew", async () => {
      const identity = await made(userIdentity, {
        fullName: "Bob Example",
        emailAddress: EMAIL,
        acsSystemIds: [site()],
      });
      const pin = { accessMethod: "code", acsUserId: String(usersOf(identity.id)[0]?.acs_user_id) };
      const credential = await made(acsCredential, pin);
      const grant = await made(accessGrant, grantFor(identity.id));
      const run = newRun();
      const service = inRun(userIdentity, run);
      const after = { ...identity.outputs, acsSystemIds: [] };
      service.diff(identity.id, identity.outputs, service.check(identity.outputs, after).inputs);
      await service.delete(identity.id, identity.outputs);
      expect(stays(acsCredential, run, credential, pin)).toBe(false);
      expect(stays(accessGrant, run, grant, grantFor(identity.id))).toBe(false);
    });

    it("by its own list of groups, which a membership of the identity is in, too", async () => {
      user = await made(acsUser, bob({ ...contact, acsAccessGroupIds: [staff()] }));
      const { id: identity } = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      const service = inRun(acsUser, run);
      const news = service.check(user.outputs, bob(contact)).inputs;
      service.diff(user.id, user.outputs, news);
      await service.update(user.id, user.outputs, news);
      const isThere = (await groupsOf(user.id)).length > 0;
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(isThere);
    });

    it("by its own list of groups, while a membership of the identity is looked at, or made", async () => {
      user = await made(acsUser, bob({ ...contact, acsAccessGroupIds: [staff()] }));
      const { id: identity } = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
      await post(emulator, "/user_identities/add_acs_user", {
        user_identity_id: identity,
        acs_user_id: user.id,
      });
      const run = newRun();
      const service = inRun(acsUser, run);
      const news = service.check(user.outputs, bob(contact)).inputs;
      service.diff(user.id, user.outputs, news);
      // The request is refused once, and sent again.
      const route = "/acs/access_groups/remove_user";
      emulator.faults.add({ fault: "rate-limited", route, call: 1, retryAfterSeconds: 1 });
      const updating = service.update(user.id, user.outputs, news);
      while (emulator.requests.count(route) === 0) await pause(5);
      const memberships = inRun(acsAccessGroupMembership, run);
      await memberships.create(memberships.check({}, memberOf(identity)).inputs);
      await updating;
      expect(await groupsOf(user.id)).toEqual([staff()]);
    });
  });

  describe("has one user of an identity in an access system", () => {
    const withIdentity = (userIdentityId: string) => bob({ userIdentityId });
    const grantFor = (userIdentityId: string) => ({
      userIdentityId,
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [emulator.ids.acsEntrances["salto-ks/front-door"]],
    });
    const create = (resource: ResourceLifecycle, run: Run, news: Properties) => {
      const service = inRun(resource, run);
      return service.create(service.check({}, news).inputs);
    };

    it("where a grant of the same program was made first: the resource takes over the user that Seam made", async () => {
      const run = newRun();
      const identity = await create(userIdentity, run, { fullName: "Bob Example", emailAddress: EMAIL });
      await create(accessGrant, run, grantFor(identity.id));
      const declared = { ...withIdentity(identity.id), fullName: "Bob B. Example", isSuspended: true };
      const { id } = await create(acsUser, run, declared);
      expect(usersOf(identity.id)).toEqual([
        expect.objectContaining({ acs_user_id: id, full_name: "Bob B. Example", is_suspended: true }),
      ]);
    });

    it("where a grant of the same program comes while the user is declared: it waits", async () => {
      const run = newRun();
      const identity = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
      const users = inRun(acsUser, run);
      const news = users.check({}, withIdentity(identity.id)).inputs;
      const giving = create(accessGrant, run, grantFor(identity.id));
      await pause(100);
      const { id } = await users.create(news);
      await giving;
      expect(usersOf(identity.id).map(({ acs_user_id }) => acs_user_id)).toEqual([id]);
    });

    it("and one of an address: the second one fails, with the ways to go on", async () => {
      await made(acsUser, bob({ emailAddress: EMAIL }));
      await expect(create(acsUser, newRun(), bob({ emailAddress: EMAIL }))).rejects.toThrow(
        /another user with this e-mail address[\s\S]*give this one that name as an alias/,
      );
      expect(emulator.users().filter(({ email_address }) => email_address === EMAIL)).toHaveLength(1);
    });

    it("where there was one before: it is refused, with the ways to go on", async () => {
      const identity = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
      await made(accessGrant, grantFor(identity.id));
      const [there] = usersOf(identity.id);
      await expect(create(acsUser, newRun(), withIdentity(identity.id))).rejects.toThrow(
        `an alias; if no resource has it, take it over with adopt: "${there?.acs_user_id}"`,
      );
      expect(usersOf(identity.id)).toHaveLength(1);
    });
  });

  it("keeps a shared identity with a user whom the access system's own people have suspended", async () => {
    const there = { fullName: "Bob Example", emailAddress: EMAIL };
    const first = await made(userIdentity, there);
    const shared = await made(userIdentity, there);
    const { id } = await made(acsUser, bob({ userIdentityId: first.id }));
    suspend(id);
    await inRun(userIdentity).delete(shared.id, shared.outputs);
    expect(userNamed(id)).toMatchObject({ is_suspended: true });
    expect(notices).toHaveLength(1);
  });

  it("is not made anew as an identity that was there before, where access hangs on it that others gave", async () => {
    const there = { fullName: "Bob Example", emailAddress: EMAIL };
    const first = await made(userIdentity, there);
    const shared = await made(userIdentity, there);
    expect(shared).toMatchObject({ id: first.id, outputs: { __shared: true } });
    const doors = [emulator.ids.acsEntrances["salto-ks/front-door"]];
    const { body } = await post(emulator, "/access_grants/create", {
      user_identity_id: first.id,
      acs_entrance_ids: doors,
      requested_access_methods: [{ mode: "code" }],
    });
    const service = inRun(userIdentity);
    const news = service.check(shared.outputs, { ...there, acsSystemIds: [site()] }).inputs;
    expect(service.diff(first.id, shared.outputs, news)).toMatchObject({ deleteBeforeReplace: true });
    await expect(service.delete(first.id, shared.outputs)).rejects.toThrow(
      /this stack did not give hangs on it/,
    );
    const { access_grant_id } = body.access_grant;
    expect((await post(emulator, "/access_grants/get", { access_grant_id })).status).toBe(200);
  });

  it("keeps a membership that may get another name when the plan for its user is refused", async () => {
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

  it("stays in the state where it was to be taken over under another name, and that was refused", async () => {
    const old = await made(acsUser, bob());
    const service = inRun(acsUser);
    const other = service.check({}, { ...bob(), fullName: "Somebody Else", adopt: old.id }).inputs;
    await expect(service.create(other)).rejects.toThrow(/Cannot adopt/);
    await expect(service.delete(old.id, old.outputs)).rejects.toThrow(/the state keeps it/);
    expect(userNamed(old.id)).toBeDefined();
  });

  function usersOf(identity: string) {
    return emulator.users().filter(({ user_identity_id }) => user_identity_id === identity);
  }
});

interface Made {
  readonly id: string;
  readonly outputs: Properties;
}
