import { UNKNOWN } from "../../provider/values/unknown";
import { changesOf, type Directory, needsALook, readPreview } from "../../report/changes";
import { changesIn, FRONT, NOW, OFFICE, STAFF, said, seam } from "./changes/at-doors";
import {
  ADA,
  created,
  credential,
  type Declared,
  deleted,
  grant,
  IDENTITY,
  identity,
  membership,
  preview,
  released,
  replaced,
  same,
  state,
  USER,
  updated,
  urn,
  user,
} from "./changes/steps";

const SYSTEM = "7113de29-6130-4153-a6ea-1b7ca0fe3198";
const OTHER_SYSTEM = "9f6b8996-5349-5273-829f-1116653d315c";
const ada = (more: object = {}) => user({ userIdentityId: IDENTITY, ...more });

/** As Seam tells: all doors and groups are of one system. */
const inSystem = (system: string): Directory => ({ ...seam, systemOf: async () => system });

/** What names the person by the identity, and not the user. */
const pin = credential("pin", {
  userIdentityId: IDENTITY,
  acsSystemId: SYSTEM,
  allowedAcsEntranceIds: [FRONT],
});
const member = membership("member", { userIdentityId: IDENTITY, acsAccessGroupId: STAFF });
const stay = grant("stay", { acsEntranceIds: [FRONT] });

async function exitsWith2(steps: readonly object[], directory = seam): Promise<boolean> {
  return needsALook(await changesOf(readPreview(preview(steps)), { directory, now: NOW }));
}

describe("what hangs on a user by its identity", () => {
  const suspended = updated(ada(), ada({ isSuspended: true }), ["isSuspended"]);
  const over = updated(ada(), ada({ accessSchedule: { endsAt: "2029-12-31T00:00:00Z" } }), [
    "accessSchedule",
  ]);

  it.each([
    ["a credential", pin],
    ["a membership", member],
    ["a grant", stay],
  ])("is lost by %s when the user is suspended or over", async (_, one) => {
    const directory = inSystem(SYSTEM);
    const loss = { change: "loses", door: { name: "Front door" } };
    expect(await changesIn([suspended, same(one)], directory)).toContainEqual(
      expect.objectContaining({ ...loss, door: expect.objectContaining(loss.door), reason: "suspended" }),
    );
    expect(await changesIn([over, same(one)], directory)).toContainEqual(
      expect.objectContaining({ ...loss, door: expect.objectContaining(loss.door) }),
    );
  });

  it("stays where the user is of another system", async () => {
    const elsewhere = credential("pin", { ...pin.inputs, acsSystemId: OTHER_SYSTEM });
    expect(await changesIn([suspended, same(elsewhere)])).toEqual([]);
    expect(await changesIn([suspended, same(member), same(stay)], inSystem(OTHER_SYSTEM))).toEqual([]);
  });

  it("cannot be told where nothing tells the system of a door or group", async () => {
    expect(await said(preview([suspended, same(stay)]))).toEqual([
      "Ada Example may keep or lose Front door (PIN): whether it is by the user that changes cannot be told before it is done.",
    ]);
    expect(await exitsWith2([suspended, same(member)])).toBe(true);
    expect(await changesIn([same(ada({ isSuspended: true })), same(stay), same(member)])).toEqual([]);
  });

  it("is lost when the user is deleted, unless the provider keeps it for what the program declares", async () => {
    const directory = inSystem(SYSTEM);
    expect(await changesIn([deleted(ada()), same(member)], directory)).toMatchObject([
      { change: "loses", door: { name: "Front door" } },
      { change: "loses", door: { name: "Office" } },
    ]);
    expect(await changesIn([deleted(ada()), same(pin), same(member)], directory)).toEqual([]);
    expect(await changesIn([deleted(ada()), same(stay)], directory)).toEqual([]);
    expect(await changesIn([deleted(ada()), released(pin)], directory)).toMatchObject([{ change: "loses" }]);
    // Kept for the grant only if credentials of it are left at this user, and then it is out of other groups.
    expect(await changesIn([deleted(ada()), same(stay), same(member)], directory)).toContainEqual(
      expect.objectContaining({ change: "unknown", unknown: ["user"] }),
    );
  });

  it("is unknown where the user is replaced and what names its identity stays", async () => {
    const anew = replaced(ada(), ada(), ["acsSystemId"]);
    expect(await exitsWith2([anew, same(member)], inSystem(SYSTEM))).toBe(true);
  });
});

describe("a user that leaves the program", () => {
  it("stays for what still names it, and so does its access", async () => {
    const byId = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const left = user({ acsAccessGroupIds: [STAFF] });
    expect(await changesIn([deleted(left), same(byId)])).toEqual([]);
    expect(await changesIn([deleted(left), released(byId)])).toMatchObject([
      { change: "loses", door: { name: "Front door" } },
      { change: "loses", door: { name: "Office" } },
    ]);
  });

  it("under one name, and is taken over under another, is the same user", async () => {
    const other: Declared = {
      ...ADA,
      urn: urn("AcsUser", "ada-again"),
      inputs: { ...ADA.inputs, adopt: USER },
    };
    const byId = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    expect(await changesIn([created(other), same(byId), deleted(ADA)])).toEqual([]);
  });
});

describe("a user identity that goes", () => {
  const user = ada();
  const byUser = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [OFFICE] });

  it("takes what is left in Seam with it: grants, users and what hangs on them", async () => {
    const gone = [deleted(identity()), released(stay), released(user), released(byUser)];
    expect(await changesIn(gone)).toMatchObject([
      { change: "loses", door: { name: "Front door" } },
      { change: "loses", door: { name: "Office" } },
    ]);
  });

  it("stays for what the program still declares, or for access that it did not give", async () => {
    expect(await changesIn([deleted(identity()), same(stay)])).toEqual([]);
    expect(await changesIn([deleted(identity()), same(user), same(byUser)])).toEqual([]);
    const shared = identity({ shown: { __shared: true } });
    expect(await changesIn([deleted(shared), released(stay)])).toEqual([]);
  });

  it("is not kept by a user that is taken off it, nor by what the program only reads", async () => {
    const off = updated(user, ada({ userIdentityId: undefined }), ["userIdentityId"]);
    const read = { ...same(user), op: "read", newState: { ...state(user), external: true } };
    for (const other of [off, read]) {
      expect(await changesIn([deleted(identity()), other, released(stay)])).toContainEqual(
        expect.objectContaining({ change: "loses" }),
      );
    }
  });

  it("by a replacement leaves what becomes of what stays unknown", async () => {
    const anew = replaced(identity(), identity(), ["acsSystemIds"]);
    expect(await changesIn([anew, released(stay)])).toMatchObject([{ change: "loses" }]);
    expect(await changesIn([anew, same(stay)])).toMatchObject([{ change: "unknown", unknown: ["user"] }]);
  });
});

describe("a suspension", () => {
  const byUser = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
  const secret = "[secret]";

  it.each([
    ["not known yet", UNKNOWN],
    ["a secret", secret],
  ])("that is %s cannot be told", async (_, isSuspended) => {
    const step = updated(ADA, user({ isSuspended }), ["isSuspended"]);
    expect(await said(preview([step, same(byUser)]))).toEqual([
      "Ada Example may keep or lose Front door (PIN): whether the person is suspended cannot be told before it is done.",
    ]);
    expect(await exitsWith2([step, same(byUser)])).toBe(true);
    const inputs = { ...byUser.inputs, acsUserId: UNKNOWN };
    const newState = { inputs, propertyDependencies: { acsUserId: [ADA.urn] } };
    const ofNew = { ...created(byUser), newState };
    expect(await exitsWith2([created(user({ isSuspended })), ofNew])).toBe(true);
    expect(await exitsWith2([updated(user({ isSuspended }), user(), ["isSuspended"]), same(byUser)])).toBe(
      true,
    );
  });

  it("that is a secret and stays as it is is no news", async () => {
    const hidden = user({ isSuspended: secret });
    expect(await changesIn([same(hidden), same(byUser)])).toEqual([]);
    const renamed = updated(hidden, user({ isSuspended: secret, fullName: "Ada E." }), ["fullName"]);
    expect(await changesIn([renamed, same(byUser)])).toEqual([]);
  });
});
