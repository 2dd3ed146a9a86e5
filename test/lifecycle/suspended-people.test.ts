import { acsUser } from "../../provider/resources/acs-user";
import { userIdentity } from "../../provider/resources/user-identity";
import {
  bob,
  EMAIL,
  emulator,
  inRun,
  made,
  newRun,
  notices,
  site,
  start,
  stays,
  stop,
  suspend,
  userNamed,
  usersOf,
} from "./bob";

type Properties = Record<string, unknown>;

beforeEach(() => start());
afterEach(() => stop());

describe("a person whom the access system's own people have suspended", () => {
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

  it("is not let in by the run after one that made the user under another name already", async () => {
    const ann = await made(acsUser, bob({ emailAddress: EMAIL }));
    suspend(ann.id);
    const users = inRun(acsUser);
    const again = bob({ emailAddress: EMAIL });
    users.diff("made by the first run", { ...again, acsUserId: "x" }, users.check(again, again).inputs);
    await expect(users.delete(ann.id, ann.outputs)).rejects.toThrow(/is suspended/);
    expect(userNamed(ann.id)).toBeDefined();
  });

  it("is planned to be made anew where the lock system has deleted the user since", () => {
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

  it("is not let in by an identity without contact details, which is made before the old one is deleted", async () => {
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

  it("is deleted although somebody else with the same address stays", async () => {
    await stop();
    await start({ takenEmailAddresses: "accepted" });
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

  it("may be made anew where the program keeps them suspended itself", async () => {
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

  it("stays suspended when the resource of a shared identity goes, which leaves the user there", async () => {
    const there = { fullName: "Bob Example", emailAddress: EMAIL };
    const first = await made(userIdentity, there);
    const shared = await made(userIdentity, there);
    const { id } = await made(acsUser, bob({ userIdentityId: first.id }));
    suspend(id);
    await inRun(userIdentity).delete(shared.id, shared.outputs);
    expect(userNamed(id)).toMatchObject({ is_suspended: true });
    expect(notices).toEqual([expect.stringContaining("stays in Seam")]);
  });

  it("is not let in when their identity is made anew, and goes for good when it is removed", async () => {
    const identity = { fullName: "Bob Example", emailAddress: EMAIL, acsSystemIds: [site()] };
    const { id, outputs } = await made(userIdentity, identity);
    suspend(usersOf(id)[0]?.acs_user_id ?? "");

    const service = inRun(userIdentity);
    const acsSystemIds = [site(), emulator.ids.acsSystems["brivo"]];
    const { inputs } = service.check(outputs, { ...identity, acsSystemIds });
    expect(service.diff(id, outputs, inputs)).toMatchObject({ deleteBeforeReplace: true });
    await expect(service.delete(id, outputs)).rejects.toThrow(/is suspended.*It was not deleted/);
    expect(usersOf(id)).toMatchObject([{ is_suspended: true }]);
    // Out for good is out, suspended or not.
    await inRun(userIdentity).delete(id, outputs);
    expect(usersOf(id)).toEqual([]);
  });

  it("is not let in by --replace, whatever else changes in that run", async () => {
    const before = bob({ emailAddress: EMAIL });
    const { id, outputs } = await made(acsUser, before);
    suspend(id);
    const service = inRun(acsUser);
    const { inputs } = inRun(acsUser).check({}, before);
    const news = { ...before, fullName: "Rob Example" };
    service.check({ ...inputs, __provider: "text" }, news);
    // `--replace`: nothing is compared.
    service.check({}, news);
    await expect(service.delete(id, outputs)).rejects.toThrow(/is suspended/);
    expect(userNamed(id)).toMatchObject({ is_suspended: true });
  });

  it.each([
    ["deleted first, since the e-mail address stays", { emailAddress: EMAIL }],
    ["created first", {}],
  ])("is not let in as another user (%s)", async (_, more) => {
    const before = bob({
      ...more,
      accessSchedule: { startsAt: "2030-01-01T00:00:00.000Z", endsAt: "2035-01-01T00:00:00.000Z" },
    });
    // A namesake, with the same inputs but for the address.
    const twins = "emailAddress" in more ? [] : [await made(acsUser, before)];
    const user = await made(acsUser, before);
    suspend(user.id);
    const there = () => emulator.users().filter(({ full_name }) => full_name === "Bob Example");
    const untouched = there();
    const anew = async (after: Properties) => {
      const service = inRun(acsUser);
      const plans = [...twins, user].map(({ id, outputs }) =>
        service.diff(id, outputs, service.check(outputs, after).inputs),
      );
      const fresh = service.check({}, after).inputs;
      if (plans.at(-1)?.deleteBeforeReplace) await service.delete(user.id, user.outputs);
      return service.create(fresh);
    };
    const after = { ...before, accessSchedule: { startsAt: "2030-01-01T00:00:00.000Z" } };
    await expect(anew(after)).rejects.toThrow(
      /it is suspended, .* Declare isSuspended: true.* It was not deleted; .* may have been\./,
    );
    const seen = await inRun(acsUser).read(user.id, user.outputs);
    expect(() => inRun(acsUser).diff(user.id, seen?.outputs ?? {}, after)).toThrow(
      /it is suspended, .* Nothing was deleted\. .*`pulumi refresh`/,
    );
    expect(there()).toEqual(untouched);
    const { id } = await anew({ ...after, isSuspended: true });
    expect(userNamed(id)).toMatchObject({ is_suspended: true });
  });

  it("is let in as another user where the program had suspended them itself, and lets them in again", async () => {
    const startsAt = "2030-01-01T00:00:00.000Z";
    const before = bob({
      isSuspended: true,
      accessSchedule: { startsAt, endsAt: "2035-01-01T00:00:00.000Z" },
    });
    const user = await made(acsUser, before);
    const service = inRun(acsUser);
    const after = bob({ accessSchedule: { startsAt } });
    service.diff(user.id, user.outputs, service.check(user.outputs, after).inputs);
    const next = await service.create(service.check({}, after).inputs);
    expect(userNamed(next.id)).toMatchObject({ is_suspended: false });
  });
});
