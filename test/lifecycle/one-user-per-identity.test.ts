import { setTimeout as pause } from "node:timers/promises";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsUser } from "../../provider/resources/acs-user";
import { userIdentity } from "../../provider/resources/user-identity";
import { bob, createIn, EMAIL, emulator, grantFor, inRun, made, newRun, start, stop, usersOf } from "./bob";

beforeEach(() => start());
afterEach(() => stop());

describe("an identity's only user in an access system", () => {
  const withIdentity = (userIdentityId: string) => bob({ userIdentityId });

  it("is taken over by its resource where Seam made it for a grant of the same program before", async () => {
    const run = newRun();
    const identity = await createIn(run, userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
    await createIn(run, accessGrant, grantFor(identity.id));
    const declared = { ...withIdentity(identity.id), fullName: "Bob B. Example", isSuspended: true };
    const { id } = await createIn(run, acsUser, declared);
    expect(usersOf(identity.id)).toEqual([
      expect.objectContaining({ acs_user_id: id, full_name: "Bob B. Example", is_suspended: true }),
    ]);
  });

  it("is made before a grant of the same program, which waits for it", async () => {
    const run = newRun();
    const identity = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
    const users = inRun(acsUser, run);
    const news = users.check({}, withIdentity(identity.id)).inputs;
    const giving = createIn(run, accessGrant, grantFor(identity.id));
    await pause(100);
    expect(emulator.accessGrants()).toEqual([]);
    const { id } = await users.create(news);
    await giving;
    expect(usersOf(identity.id).map(({ acs_user_id }) => acs_user_id)).toEqual([id]);
  });

  it("is the only one with its e-mail address: a second one fails, which says how to go on", async () => {
    await made(acsUser, bob({ emailAddress: EMAIL }));
    await expect(createIn(newRun(), acsUser, bob({ emailAddress: EMAIL }))).rejects.toThrow(
      /another user with this e-mail address[\s\S]*give this one that name as an alias/,
    );
    expect(emulator.users().filter(({ email_address }) => email_address === EMAIL)).toHaveLength(1);
  });

  it("is made by no resource where there was one before, which says how to go on", async () => {
    const identity = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
    await made(accessGrant, grantFor(identity.id));
    const [there] = usersOf(identity.id);
    await expect(createIn(newRun(), acsUser, withIdentity(identity.id))).rejects.toThrow(
      `an alias; if no resource has it, take it over with adopt: "${there?.acs_user_id}"`,
    );
    expect(usersOf(identity.id)).toHaveLength(1);
  });
});
