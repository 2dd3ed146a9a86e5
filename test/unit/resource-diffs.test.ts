import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { wireOutputs } from "../../provider/lifecycle/outputs";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsAccessGroupMembership } from "../../provider/resources/acs-access-group-membership";
import { acsUser } from "../../provider/resources/acs-user";
import { space } from "../../provider/resources/space";
import { userIdentity } from "../../provider/resources/user-identity";
import type { Properties } from "../../provider/values/record";
import { UNKNOWN } from "../../provider/values/unknown";

const A = "11111111-5113-4bdd-8432-acf328ce508c";
const B = "22222222-5113-4bdd-8432-acf328ce508c";
const SEEN = { errors: [], warnings: [] };

/** The plan for a resource that was declared as `before` and is declared as `before` with `change` now. */
function plan(resource: ResourceLifecycle, before: Properties, change: Properties, seen: Properties = {}) {
  const outputs = wireOutputs(resource.table, before, { ...SEEN, ...seen });
  return resource.diff(outputs, { ...before, ...change });
}

const UPDATE = { changed: true, replaces: [] };
const DELETE_FIRST = { deleteBeforeReplace: true };
const CREATE_FIRST = { deleteBeforeReplace: false };

describe("diff of a UserIdentity", () => {
  const ada = { fullName: "Ada", emailAddress: "ada@example.com" };

  it.each(["userIdentityKey", "fullName", "emailAddress", "phoneNumber"])("updates %s in place", (name) => {
    expect(plan(userIdentity, ada, { [name]: "other" })).toMatchObject(UPDATE);
    expect(plan(userIdentity, { ...ada, [name]: "this" }, { [name]: undefined })).toMatchObject(UPDATE);
  });

  it("takes e-mail addresses that differ in case for equal", () => {
    expect(plan(userIdentity, ada, { emailAddress: "Ada@Example.com" }).changed).toBe(false);
  });

  it("never takes for a difference what was filled in elsewhere", () => {
    expect(plan(userIdentity, ada, {}, { phone_number: "+15555550100" }).changed).toBe(false);
  });

  it("replaces for other access systems, deleting first what is unique", () => {
    const change = { acsSystemIds: [A] };
    expect(plan(userIdentity, ada, change)).toMatchObject({ replaces: ["acsSystemIds"], ...DELETE_FIRST });
    expect(plan(userIdentity, ada, { ...change, emailAddress: UNKNOWN })).toMatchObject(DELETE_FIRST);
    expect(plan(userIdentity, { fullName: "Ada" }, change)).toMatchObject(CREATE_FIRST);
  });
});

describe("diff of an AcsUser", () => {
  const schedule = { startsAt: "2030-01-01T00:00:00.000Z", endsAt: "2031-01-01T00:00:00.000Z" };
  const ada = { acsSystemId: A, fullName: "Ada", emailAddress: "ada@example.com", accessSchedule: schedule };

  it.each([
    ["another name", { fullName: "Ada L." }],
    ["another address", { emailAddress: "ada.l@example.com" }],
    ["an added phone number", { phoneNumber: "+15555550100" }],
    ["another end", { accessSchedule: { ...schedule, endsAt: "2032-01-01T00:00:00.000Z" } }],
    ["no schedule any more", { accessSchedule: undefined }],
    ["another identity", { userIdentityId: B }],
    ["other groups", { acsAccessGroupIds: [B] }],
    ["a suspension", { isSuspended: true }],
  ])("updates in place: %s", (_, change) => {
    expect(plan(acsUser, ada, change)).toMatchObject(UPDATE);
  });

  it.each([
    ["emailAddress", { emailAddress: undefined }],
    ["acsSystemId", { acsSystemId: B }],
    ["accessSchedule", { accessSchedule: { startsAt: schedule.startsAt } }],
  ])("replaces where Seam cannot change %s", (property, change) => {
    expect(plan(acsUser, ada, change)).toMatchObject({ replaces: [property] });
  });

  it("compares a schedule by its instants", () => {
    const same = { startsAt: "2030-01-01T01:00:00+01:00", endsAt: "2031-01-01T00:00:00Z" };
    expect(plan(acsUser, ada, { accessSchedule: same }).changed).toBe(false);
  });

  it("deletes first where the system would hold the same person twice", () => {
    const change = { phoneNumber: undefined };
    const called = { phoneNumber: "+15555550100" };
    expect(plan(acsUser, { ...ada, ...called }, change)).toMatchObject(DELETE_FIRST);
    expect(plan(acsUser, ada, { acsSystemId: B })).toMatchObject(CREATE_FIRST);
    expect(plan(acsUser, { acsSystemId: A, fullName: "Ada", ...called }, change)).toMatchObject(CREATE_FIRST);
  });
});

describe("diff of an AccessGrant", () => {
  const stay = { userIdentityId: A, requestedAccessMethods: [{ mode: "code" }], acsEntranceIds: [A] };
  const other = { acsEntranceIds: [B] };

  it("updates name and times in place, and clears name and end", () => {
    const times = { startsAt: "2030-01-01T00:00:00.000Z", endsAt: "2031-01-01T00:00:00.000Z" };
    const change = { name: "Stay", ...times };
    expect(plan(accessGrant, stay, change)).toMatchObject(UPDATE);
    const cleared = plan(accessGrant, { ...stay, ...change }, { name: undefined, endsAt: undefined });
    expect(cleared).toMatchObject(UPDATE);
    expect(plan(accessGrant, { ...stay, ...change }, { startsAt: undefined })).toMatchObject({
      replaces: ["startsAt"],
    });
  });

  it("replaces for other doors or people, and changes methods in place", () => {
    const change = { ...other, userIdentityId: B };
    expect([...plan(accessGrant, stay, change).replaces].sort()).toEqual(Object.keys(change).sort());
    expect(plan(accessGrant, stay, { requestedAccessMethods: [{ mode: "card" }] })).toMatchObject(UPDATE);
  });

  it("compares methods in any order, each as often as it is there", () => {
    const [card, code] = [{ mode: "card" }, { code: "1234", mode: "code" }];
    const before = { ...stay, requestedAccessMethods: [card, code] };
    const changed = (...requestedAccessMethods: Properties[]) =>
      plan(accessGrant, before, { requestedAccessMethods }).changed;
    expect(changed(code, card)).toBe(false);
    expect(changed(code, card, card)).toBe(true);
  });

  it.each([
    ["with a key that stays", { accessGrantKey: "stay-1" }, {}, true],
    ["with a key that is not known yet", { accessGrantKey: "stay-1" }, { accessGrantKey: UNKNOWN }, true],
    ["with another key", { accessGrantKey: "stay-1" }, { accessGrantKey: "stay-2" }, false],
    ["with a reservation that stays", { reservationKey: "r-1" }, {}, true],
    ["with a PIN that stays", { requestedAccessMethods: [{ mode: "code", code: "1234" }] }, {}, true],
    ["with nothing unique", {}, {}, false],
  ])("is replaced %s: deleted first %p", (_, before, change, deleteBeforeReplace) => {
    expect(plan(accessGrant, { ...stay, ...before }, { ...other, ...change })).toMatchObject({
      deleteBeforeReplace,
    });
  });
});

describe("diff of a Space", () => {
  const floor = { spaceKey: "floor", name: "Floor", acsEntranceIds: [A, B] };

  it("updates name, doors and devices in place, and clears both", () => {
    for (const change of [{ name: "Other" }, { acsEntranceIds: [A] }, { deviceIds: [B] }]) {
      expect(plan(space, floor, change)).toMatchObject(UPDATE);
    }
    expect(plan(space, { ...floor, deviceIds: [A] }, { deviceIds: undefined })).toMatchObject(UPDATE);
  });

  it("takes doors in another order, and what nobody declares, for no difference", () => {
    expect(plan(space, floor, { acsEntranceIds: [B, A] }).changed).toBe(false);
    expect(plan(space, floor, {}, { device_ids: [A] }).changed).toBe(false);
    expect(plan(space, { name: "Floor" }, {}, { space_key: "by-hand" }).changed).toBe(false);
  });

  it("replaces for another key, the new one first, so that nobody stands outside in between", () => {
    expect(plan(space, floor, { spaceKey: "other" })).toMatchObject({
      replaces: ["spaceKey"],
      ...CREATE_FIRST,
    });
    expect(plan(space, floor, { spaceKey: UNKNOWN })).toMatchObject(DELETE_FIRST);
  });
});

describe("diff of an AcsAccessGroupMembership", () => {
  it("replaces for any change, the new one first: it may be the same member", () => {
    const member = { acsAccessGroupId: A, acsUserId: A };
    expect(plan(acsAccessGroupMembership, member, { acsUserId: B })).toMatchObject({
      replaces: ["acsUserId"],
      ...CREATE_FIRST,
    });
    const otherwise = { acsUserId: undefined, userIdentityId: B };
    expect(plan(acsAccessGroupMembership, member, otherwise)).toMatchObject(CREATE_FIRST);
  });
});

describe("check of the further resources", () => {
  const now = new Date("2030-01-01T00:00:00Z");
  const problems = (resource: ResourceLifecycle, news: Properties) =>
    resource.check(news, undefined, now).problems.map(({ path }) => path);

  it("wants each to say whom and what it is about", () => {
    expect(problems(userIdentity, {})).toEqual(["fullName"]);
    expect(problems(acsUser, {})).toEqual(["acsSystemId", "fullName"]);
    expect(problems(accessGrant, {})).toEqual(["requestedAccessMethods", "userIdentityId", "acsEntranceIds"]);
    expect(problems(acsAccessGroupMembership, { acsAccessGroupId: A })).toEqual(["acsUserId"]);
  });

  it("refuses two ways of naming somebody", () => {
    const twice = { acsUserId: A, userIdentityId: A };
    expect(problems(acsAccessGroupMembership, { acsAccessGroupId: A, ...twice })).toEqual(["userIdentityId"]);
    const grant = {
      userIdentityId: A,
      userIdentity: {},
      requestedAccessMethods: [{ mode: "code" }],
      spaceKeys: ["a"],
    };
    expect(problems(accessGrant, grant)).toEqual(["userIdentity"]);
  });

  it("refuses an end that is past for something new, or before the start", () => {
    const late = { endsAt: "2029-01-01T00:00:00Z", startsAt: "2029-06-01T00:00:00Z" };
    expect(problems(acsUser, { acsSystemId: A, fullName: "Ada", accessSchedule: late })).toEqual([
      "accessSchedule.endsAt",
      "accessSchedule.endsAt",
    ]);
  });

  it("passes what is not known yet, at any depth", () => {
    const news = {
      userIdentityId: UNKNOWN,
      requestedAccessMethods: [{ mode: UNKNOWN, code: UNKNOWN }, UNKNOWN],
      acsEntranceIds: [UNKNOWN],
      endsAt: UNKNOWN,
    };
    expect(accessGrant.check(news, undefined, now)).toEqual({ inputs: news, problems: [] });
  });

  it("normalises phone numbers", () => {
    const { inputs } = userIdentity.check({ phoneNumber: "+1 (555) 555-0100" }, undefined, now);
    expect(inputs).toEqual({ phoneNumber: "+15555550100" });
  });
});

describe("diff of an AccessGrant whose program works out the reservation", () => {
  const grant = {
    userIdentityId: A,
    requestedAccessMethods: [{ mode: "card" }],
    spaceIds: [B],
    accessGrantKey: "1017",
    isReservationFixed: true,
  };
  const told = { ...grant, reservationKey: "1017" };
  const madeWith = (inputs: Properties) => ({ ...inputs, __declared: "userIdentityId spaceIds" });
  const replaces = (made: Properties, news: Properties) => accessGrant.diff(madeWith(made), news).replaces;

  it("leaves whether it is told as it was when the grant was made", () => {
    expect(replaces(told, grant)).toEqual([]);
    expect(replaces(grant, told)).toEqual([]);
    expect(replaces(grant, { ...told, reservationKey: UNKNOWN })).toEqual([]);
  });

  it("follows the program where it is another reservation, or nobody asks for that", () => {
    expect(replaces(told, { ...told, reservationKey: "1018" })).toEqual(["reservationKey"]);
    const { isReservationFixed: _, ...explicit } = grant;
    expect(replaces(told, explicit)).toEqual(["reservationKey"]);
  });
});
