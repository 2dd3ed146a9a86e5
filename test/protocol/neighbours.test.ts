import { startEmulator } from "../../emulator";
import { secret } from "./plugin-client";
import { PluginProcess } from "./plugin-process";

const start = () => startEmulator();
let seam: Awaited<ReturnType<typeof start>>;
const running: PluginProcess[] = [];

beforeAll(async () => {
  seam = await start();
});
afterEach(() => Promise.all(running.splice(0).map((plugin) => plugin.stop())));
afterAll(() => seam?.close());

const started = async (resource: string) => {
  const plugin = await PluginProcess.start(resource, { apiKey: secret(seam.apiKey), endpoint: seam.url });
  running.push(plugin);
  return plugin;
};

/** The processes of one command: that of the program's provider, and that of one which only the state names. */
async function command(declared: string, deleted: string) {
  const now = await started(declared);
  const before = await now.neighbour(deleted);
  running.push(before);
  return { now, before };
}

/** Deploys a resource by a command of before. */
async function deployed(resource: string, inputs: Record<string, unknown>) {
  const plugin = await started(resource);
  const made = await plugin.create(inputs);
  await plugin.stop();
  return made;
}

const isInStaff = () =>
  seam
    .memberships()
    [seam.ids.acsAccessGroups["salto-ks/staff"]]?.includes(seam.ids.acsUsers["salto-ks/ben"]) ?? false;
const membership = () => ({
  acsAccessGroupId: seam.ids.acsAccessGroups["salto-ks/staff"],
  acsUserId: seam.ids.acsUsers["salto-ks/ben"],
});
const staff = () => seam.ids.acsAccessGroups["salto-ks/staff"];
/** A user of these groups; of none, it names none. */
const member = (groups: readonly string[]) => ({
  acsSystemId: seam.ids.acsSystems["salto-ks"],
  fullName: "Mia Member",
  ...(groups.length > 0 && { acsAccessGroupIds: groups }),
});
const pin = (code: string) => ({
  accessMethod: "code",
  acsUserId: seam.ids.acsUsers["salto-ks/ada"],
  code,
});
const codes = () => seam.credentials().map(({ code }) => code);

describe("providers of one program", () => {
  it("take nobody out whom the other one has just been told to let in, under another name", async () => {
    const { id, properties } = await deployed("AcsAccessGroupMembership", membership());
    const { now, before } = await command("AcsAccessGroupMembership", "AcsAccessGroupMembership");
    await now.create((await now.check({}, membership())).inputs);
    await before.delete(id, properties);
    expect(isInStaff()).toBe(true);
  });

  it("delete no identity on which something of the other one hangs", async () => {
    const { id, properties } = await deployed("UserIdentity", { fullName: "Hedy Example" });
    const { now, before } = await command("AcsUser", "UserIdentity");
    const user = {
      acsSystemId: seam.ids.acsSystems["salto-ks"],
      fullName: "Hedy Example",
      userIdentityId: id,
    };
    await now.create((await now.check({}, user)).inputs);
    await before.delete(id, properties);
    expect(seam.users()).toContainEqual(expect.objectContaining({ full_name: "Hedy Example" }));
  });

  it("delete what the other one keeps no more, since it is made anew after all", async () => {
    const { id, properties } = await deployed("AcsCredential", pin("4714"));
    const { now, before } = await command("AcsCredential", "AcsCredential");
    const { inputs } = await now.check(pin("4714"), pin("4714"));
    await now.diff(id, properties, inputs);
    // As with the option `replaceOnChanges`.
    await now.create((await now.check({}, pin("4714"))).inputs);
    expect(codes()).toEqual(["4714", "4714"]);
    await before.delete(id, properties);
    expect(codes()).toEqual(["4714"]);
  });

  it("take nobody out of a group whom a membership of the other one keeps in it from now on", async () => {
    const { id, properties } = await deployed("AcsUser", member([staff()]));
    const { now, before: other } = await command("AcsUser", "AcsAccessGroupMembership");
    const membershipOf = { acsAccessGroupId: staff(), acsUserId: id };
    await other.create((await other.check({}, membershipOf)).inputs);
    const { inputs } = await now.check(member([staff()]), member([]));
    await now.diff(id, properties, inputs);
    await now.update(id, properties, inputs);
    expect(seam.memberships()[staff()]).toContain(id);
  });

  it("make anew what an update of the other one has taken away", async () => {
    const user = await deployed("AcsUser", member([staff()]));
    const membershipOf = { acsAccessGroupId: staff(), acsUserId: user.id };
    const { id, properties } = await deployed("AcsAccessGroupMembership", membershipOf);
    const { now, before: other } = await command("AcsUser", "AcsAccessGroupMembership");
    const { inputs } = await now.check(member([staff()]), member([]));
    await now.diff(user.id, user.properties, inputs);
    await now.update(user.id, user.properties, inputs);
    await other.check(membershipOf, membershipOf);
    expect((await other.diff(id, properties, membershipOf)).replaces).not.toEqual([]);
  });

  it("leave the encoded card that goes on beside what the other one has made in its place", async () => {
    const [first, second] = Object.entries(seam.ids.acsEntrances).flatMap(([key, id]) =>
      key.startsWith("visionline/") ? [id] : [],
    );
    const card = { accessMethod: "card", acsUserId: seam.ids.acsUsers["visionline/ada"] };
    const before = { ...card, allowedAcsEntranceIds: [first] };
    const after = { ...card, allowedAcsEntranceIds: [first, second] };
    const { id, properties } = await deployed("AcsCredential", before);
    seam.edit.encodeCard(id, "number");
    const { now, before: former } = await command("AcsCredential", "AcsCredential");
    const { properties: encoded } = await now.read(id, properties);
    const { inputs } = await now.check(before, after);
    await now.diff(id, encoded, inputs);
    await now.create(inputs);
    await former.delete(id, encoded);
    expect(seam.credentials()).toContainEqual(expect.objectContaining({ acs_credential_id: id }));
  });

  it("delete no user by which a grant of the other one opens", async () => {
    const { id: userIdentityId } = await deployed("UserIdentity", { fullName: "Ivy Example" });
    const user = { acsSystemId: seam.ids.acsSystems["salto-ks"], fullName: "Ivy Example", userIdentityId };
    const { id, properties } = await deployed("AcsUser", user);
    const stay = {
      userIdentityId,
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [seam.ids.acsEntrances["salto-ks/front-door"]],
    };
    const grant = await deployed("AccessGrant", stay);
    const { now, before } = await command("AccessGrant", "AcsUser");
    await now.diff(grant.id, grant.properties, (await now.check(stay, stay)).inputs);
    await before.delete(id, properties);
    expect(seam.users()).toContainEqual(expect.objectContaining({ acs_user_id: id }));
  });

  it("know nothing of a command of before", async () => {
    const { now, before } = await command("AcsAccessGroupMembership", "AcsAccessGroupMembership");
    const { id, properties } = await now.create((await now.check({}, membership())).inputs);
    // Its process has ended.
    await now.stop();
    await before.delete(id, properties);
    expect(isInStaff()).toBe(false);
  });
});
