import { accessGrant } from "../../provider/resources/access-grant";
import { acsCredential } from "../../provider/resources/acs-credential";
import { acsUser } from "../../provider/resources/acs-user";
import { userIdentity } from "../../provider/resources/user-identity";
import { post } from "../emulator/api";
import {
  bob,
  createIn,
  EMAIL,
  emulator,
  grantFor,
  inRun,
  made,
  newRun,
  notices,
  refuse,
  site,
  start,
  stays,
  stop,
  userNamed,
  usersOf,
} from "./bob";

beforeEach(() => start());
afterEach(() => stop());

describe("what hangs on an identity that goes, or is made anew", () => {
  it("is made anew where it is looked at later", async () => {
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

  it("keeps the identity in Seam for a user that this run has made, though only in part", async () => {
    const identity = await made(userIdentity, { fullName: "Bob Example", emailAddress: EMAIL });
    const run = newRun();
    refuse("/acs/users/suspend");
    const news = bob({ emailAddress: EMAIL, isSuspended: true });
    await expect(createIn(run, acsUser, news)).rejects.toThrow("suspend");
    const [there] = emulator.users().filter(({ full_name }) => full_name === "Bob Example");
    const acs_user_id = String(there?.acs_user_id);
    await post(emulator, "/user_identities/add_acs_user", { user_identity_id: identity.id, acs_user_id });
    await inRun(userIdentity, run).delete(identity.id, identity.outputs);
    expect(userNamed(acs_user_id)).toBeDefined();
    expect(notices).toEqual([expect.stringContaining(`acs_user ${acs_user_id} of this program hangs on it`)]);
  });

  it("keeps an identity that was there before from being made anew, where others gave the access", async () => {
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
});
