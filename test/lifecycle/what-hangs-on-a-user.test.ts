import { setTimeout as pause } from "node:timers/promises";
import type { Created } from "../../provider/lifecycle/lifecycle";
import type { Run } from "../../provider/lifecycle/run";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsAccessGroupMembership } from "../../provider/resources/acs-access-group-membership";
import { acsCredential } from "../../provider/resources/acs-credential";
import { acsUser } from "../../provider/resources/acs-user";
import { userIdentity } from "../../provider/resources/user-identity";
import { post } from "../emulator/api";
import {
  bob,
  createIn,
  credentials,
  EMAIL,
  emulator,
  grantFor,
  groupsOf,
  inRun,
  made,
  newRun,
  notices,
  PHONE,
  refuse,
  site,
  staff,
  start,
  stays,
  stop,
  userNamed,
  usersOf,
} from "./bob";

beforeEach(() => start());
afterEach(() => stop());

/** Deleting a user takes along whatever hangs on it in Seam, also by the identity that Seam has linked. */
describe("what the program declares of a person", () => {
  let user: Created;
  const contact = { emailAddress: EMAIL, phoneNumber: PHONE };
  const memberOf = (identity: string) => ({ acsAccessGroupId: staff(), userIdentityId: identity });

  /** A user with an identity that its state does not know of. */
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
  /** Without the phone number the user is made anew. */
  const withoutPhone = (run: Run) => {
    const service = inRun(acsUser, run);
    const news = service.check(user.outputs, bob({ emailAddress: EMAIL })).inputs;
    expect(service.diff(user.id, user.outputs, news)).toMatchObject({ deleteBeforeReplace: true });
    return service;
  };

  describe("when its user is removed", () => {
    it.each([
      ["grant", accessGrant, grantFor],
      ["membership", acsAccessGroupMembership, memberOf],
    ] as const)("keeps the user in Seam, for a %s of its identity", async (_, resource, newsOf) => {
      const identity = await linked();
      const one = await made(resource, newsOf(identity));
      const before = [credentials(), await groupsOf(user.id)];
      const run = newRun();
      expect(stays(resource, run, one, newsOf(identity))).toBe(true);
      await inRun(acsUser, run).delete(user.id, user.outputs);
      expect(userNamed(user.id)).toBeDefined();
      expect([credentials(), await groupsOf(user.id)]).toEqual(before);
      expect(notices).toEqual([expect.stringContaining("stays in Seam")]);
    });

    it("takes along keys that no resource declares, but for those of grants, though a membership keeps the user", async () => {
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

    it("takes from a user that something still names the groups that its resource gave it, and no others", async () => {
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
  });

  describe("when its user is made anew", () => {
    it("refuses that for a grant, looked at before or not", async () => {
      const identity = await linked();
      const grant = await made(accessGrant, grantFor(identity));
      await expect(withoutPhone(newRun()).delete(user.id, user.outputs)).rejects.toThrow(
        `access_grant ${grant.id} of its person hangs on it`,
      );
      const run = newRun();
      stays(accessGrant, run, grant, grantFor(identity));
      await expect(withoutPhone(run).delete(user.id, user.outputs)).rejects.toThrow(/grant .* hangs on it/i);
      expect(userNamed(user.id)).toBeDefined();
    });

    it("refuses that for a membership that was looked at before", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      stays(acsAccessGroupMembership, run, membership, memberOf(identity));
      await expect(withoutPhone(run).delete(user.id, user.outputs)).rejects.toThrow(
        /membership .* hangs on it/,
      );
      expect(await groupsOf(user.id)).toEqual([staff()]);
    });

    it("refuses that for a grant before the user's own keys go", async () => {
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

    it("allows that where the plan makes the grant anew, too", async () => {
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

    it("allows that where the grant is for another system, and nobody declares the key", async () => {
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

    it("makes anew what is looked at later", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const pin = { accessMethod: "code", acsUserId: user.id };
      const credential = await made(acsCredential, pin);
      const run = newRun();
      await withoutPhone(run).delete(user.id, user.outputs);
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(false);
      expect(stays(acsCredential, run, credential, pin)).toBe(false);
    });

    it("leaves what is looked at later as it is where Seam refuses to delete the user", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      const users = withoutPhone(run);
      refuse("/acs/users/delete");
      await expect(users.delete(user.id, user.outputs)).rejects.toThrow("invalid_input");
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(true);
      await createIn(run, acsAccessGroupMembership, memberOf(identity));
    });

    it("makes anew what is looked at later where the lock system has deleted the user", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      const outputs = { ...user.outputs, __dead: true };
      const service = inRun(acsUser, run);
      service.diff(user.id, outputs, service.check(outputs, bob(contact)).inputs);
      await service.delete(user.id, outputs);
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(false);
    });

    it("lets a membership that is made while the user is away wait for the user in its place", async () => {
      const identity = await linked();
      const run = newRun();
      const users = withoutPhone(run);
      await users.delete(user.id, user.outputs);
      const joining = createIn(run, acsAccessGroupMembership, memberOf(identity));
      const { id } = await users.create(users.check({}, bob({ emailAddress: EMAIL })).inputs);
      await joining;
      expect(usersOf(identity).map(({ acs_user_id }) => acs_user_id)).toEqual([id]);
      expect(await groupsOf(id)).toEqual([staff()]);
    });

    it.each([
      ["credential", "while the deletion is under way", acsCredential, pinOf],
      ["grant", "while the deletion is under way", accessGrant, grantFor],
      ["credential", "while the user is away", acsCredential, pinOf],
      ["grant", "while the user is away", accessGrant, grantFor],
    ] as const)(
      "lets a %s that is made %s wait for the user in its place",
      async (_, when, resource, newsOf) => {
        const identity = await linked();
        const run = newRun();
        const users = withoutPhone(run);
        const route = "/acs/users/delete";
        emulator.faults.add({ fault: "rate-limited", route, call: 1, retryAfterSeconds: 1 });
        const deleting = users.delete(user.id, user.outputs);
        if (when === "while the user is away") await deleting;
        while (emulator.requests.count(route) === 0) await pause(5);
        const creating = createIn(run, resource, newsOf(identity));
        await deleting;
        await pause(100);
        const { id } = await users.create(users.check({}, bob({ emailAddress: EMAIL })).inputs);
        await creating;
        expect(usersOf(identity).map(({ acs_user_id }) => acs_user_id)).toEqual([id]);
        expect(emulator.credentials().map(({ acs_user_id }) => acs_user_id)).toEqual([id]);
      },
    );

    it("refuses that while a key of the identity is made, and holds up nobody", async () => {
      const identity = await linked();
      const run = newRun();
      const users = withoutPhone(run);
      const route = "/acs/credentials/create";
      emulator.faults.add({ fault: "rate-limited", route, call: 1, retryAfterSeconds: 1 });
      const creating = createIn(run, acsCredential, pinOf(identity));
      while (emulator.requests.count(route) === 0) await pause(5);
      const refused = expect(users.delete(user.id, user.outputs)).rejects.toThrow(
        /credential .* hangs on it/i,
      );
      const { id } = await creating;
      await refused;
      await made(acsAccessGroupMembership, memberOf(identity));
      await createIn(run, acsAccessGroupMembership, memberOf(identity));
      expect(credentials()).toEqual([id]);
    });
  });

  describe("when its user moves to another access system", () => {
    const moved = (run: Run) => {
      const service = inRun(acsUser, run);
      const elsewhere = bob({ ...contact, acsSystemId: emulator.ids.acsSystems["brivo"] });
      service.diff(user.id, user.outputs, service.check(user.outputs, elsewhere).inputs);
      return service;
    };

    it("keeps the user there for a membership that was looked at before", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(true);
      await moved(run).delete(user.id, user.outputs);
      expect(await groupsOf(user.id)).toEqual([staff()]);
    });

    it("takes from a user that is kept there its other keys, which are made anew when they are looked at later", async () => {
      const identity = await linked();
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const pin = await made(acsCredential, pinOf(identity));
      const run = newRun();
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(true);
      await moved(run).delete(user.id, user.outputs);
      expect(credentials()).not.toContain(pin.id);
      expect(stays(acsCredential, run, pin, pinOf(identity))).toBe(false);
    });

    it("deletes the user, and what is looked at later is made anew", async () => {
      const identity = await linked();
      const grant = await made(accessGrant, grantFor(identity));
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      await moved(run).delete(user.id, user.outputs);
      expect(userNamed(user.id)).toBeUndefined();
      expect(stays(accessGrant, run, grant, grantFor(identity))).toBe(false);
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(false);
    });
  });

  describe("when its user's list of groups gets shorter", () => {
    it("takes the user out of a group, and makes anew the membership of the identity in it", async () => {
      user = await made(acsUser, bob({ ...contact, acsAccessGroupIds: [staff()] }));
      const { id: identity } = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
      const membership = await made(acsAccessGroupMembership, memberOf(identity));
      const run = newRun();
      const service = inRun(acsUser, run);
      const news = service.check(user.outputs, bob(contact)).inputs;
      service.diff(user.id, user.outputs, news);
      await service.update(user.id, user.outputs, news);
      expect(await groupsOf(user.id)).toEqual([]);
      expect(stays(acsAccessGroupMembership, run, membership, memberOf(identity))).toBe(false);
    });

    it("ends with the user in a group whose membership is made while the user is taken out of it", async () => {
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
      await createIn(run, acsAccessGroupMembership, memberOf(identity));
      await updating;
      expect(await groupsOf(user.id)).toEqual([staff()]);
    });
  });

  describe("when nothing else hangs on it", () => {
    it.each([
      ["user", acsUser, () => bob()],
      ["identity", userIdentity, () => ({ fullName: "Bob Example", acsSystemIds: [site()] })],
    ] as const)(
      "lets the former %s go with replaceOnChanges: it does not hang on itself",
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
});
