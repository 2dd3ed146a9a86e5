import { UNKNOWN } from "../../provider/values/unknown";
import { changesIn, FRONT, GARAGE, OFFICE, STAFF, said } from "./changes/at-doors";
import {
  ADA,
  created,
  credential,
  deleted,
  membership,
  preview,
  replaced,
  same,
  state,
  USER,
  updated,
  urn,
  user,
} from "./changes/steps";

describe("a key that changes", () => {
  it("makes no new PIN of a credential that is only shown as replaced because its user is changed in place", async () => {
    const old = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const fresh = { ...old, inputs: { ...old.inputs, acsUserId: UNKNOWN } };
    const step = (replaceReasons: string[]) => ({
      ...replaced(old, fresh, replaceReasons),
      newState: { ...state(fresh), propertyDependencies: { acsUserId: [ADA.urn] } },
    });
    const renamed = updated(ADA, user({ fullName: "Ada Example-Jones" }), ["fullName"]);
    expect(await changesIn([renamed, step(["acsUserId"])])).toEqual([]);
    expect(await changesIn([renamed, step(["acsUserId", "startsAt"])])).toMatchObject([{ changed: ["key"] }]);
    expect(await changesIn([replaced(ADA, ADA, ["acsSystemId"]), step(["acsUserId"])])).toMatchObject([
      { changed: ["key"] },
    ]);
  });

  it("keeps a declared PIN in a replacement, and interrupts access where the old one goes first", async () => {
    const pin = { acsUserId: USER, allowedAcsEntranceIds: [FRONT], code: "[secret]" };
    const step = replaced(
      credential("pin", pin),
      credential("pin", { ...pin, startsAt: "2029-01-01T00:00:00Z" }),
      ["startsAt"],
    );
    expect(await changesIn([same(ADA), step])).toEqual([]);
    const first = { ...step, oldState: { ...step.oldState, delete: false } };
    expect(await changesIn([same(ADA), first])).toMatchObject([
      { change: "interrupted", door: { name: "Front door" } },
    ]);
    const other = credential("card", {
      acsUserId: USER,
      allowedAcsEntranceIds: [FRONT],
      accessMethod: "card",
    });
    expect(await changesIn([same(ADA), first, same(other)])).toEqual([]);
  });

  it("keeps what a replacement leaves in Seam, unless its user goes there too", async () => {
    const old = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const step = replaced(old, credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [OFFICE] }), [
      "allowedAcsEntranceIds",
    ]);
    const left = { ...step, oldState: { ...step.oldState, retainOnDelete: true } };
    expect(await changesIn([same(ADA), left])).toMatchObject([{ change: "gains", door: { name: "Office" } }]);
    const withUser = [replaced(ADA, ADA, ["acsSystemId"]), left];
    expect(await changesIn(withUser)).toContainEqual(
      expect.objectContaining({ change: "loses", door: { name: "Front door", acsEntranceId: FRONT } }),
    );
  });

  it("says which way in comes, goes, or takes another's place", async () => {
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const card = credential("card", {
      acsUserId: USER,
      allowedAcsEntranceIds: [FRONT],
      accessMethod: "card",
    });
    const sentence = async (steps: object[]) => said(preview(steps));
    const member = membership("member", { acsUserId: USER, acsAccessGroupId: STAFF });
    expect(await sentence([same(ADA), same(member), created(pin)])).toEqual([
      "Ada Example keeps Front door and Office, also by PIN.",
    ]);
    expect(await sentence([same(ADA), same(pin), created(card)])).toEqual([
      "Ada Example keeps Front door, also by card.",
    ]);
    expect(await sentence([same(ADA), same(pin), deleted(card)])).toEqual([
      "Ada Example keeps Front door, but not by card any more.",
    ]);
    expect(await sentence([same(ADA), deleted(pin), created(card)])).toEqual([
      "Ada Example has no access to Front door (PIN) until a new card is encoded; then by card instead of PIN.",
    ]);
  });

  it("interrupts who has a card alone and needs a new one, until it is encoded", async () => {
    const card = (doors: string[], isIssued: boolean) => ({
      ...credential("card", { acsUserId: USER, allowedAcsEntranceIds: doors, accessMethod: "card" }),
      shown: { isIssued },
    });
    const move = replaced(card([FRONT, OFFICE], true), card([FRONT, GARAGE], true), [
      "allowedAcsEntranceIds",
    ]);
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    expect(await changesIn([same(ADA), move])).toMatchObject([
      { change: "interrupted", reason: "encoding", door: { name: "Front door" } },
      { change: "gains", door: { name: "Garage" } },
      { change: "loses", door: { name: "Office" } },
    ]);
    expect(await changesIn([same(ADA), same(pin), move])).toMatchObject([
      { change: "changes", door: { name: "Front door" } },
      { change: "gains" },
      { change: "loses" },
    ]);
    const blank = replaced(card([FRONT], false), card([FRONT, GARAGE], false), ["allowedAcsEntranceIds"]);
    expect(await changesIn([same(ADA), blank])).toMatchObject([
      { change: "changes", door: { name: "Front door" } },
      { change: "gains" },
    ]);
    const stay = (endsAt: string) => ({
      shown: { accessMethods: "[secret]" },
      urn: urn("AccessGrant", "stay"),
      id: "id of stay",
      inputs: {
        userIdentity: { fullName: "Gus Guest" },
        requestedAccessMethods: [{ mode: "card" }],
        acsEntranceIds: [FRONT],
        endsAt,
      },
    });
    const [before, after] = [stay("2035-06-23T11:00:00Z"), stay("2035-06-24T11:00:00Z")];
    expect(await said(preview([updated(before, after, ["endsAt"])]))).toEqual([
      "Gus Guest has no access to Front door (card) until a new card is encoded; then until 2035-06-24 11:00 UTC instead of 2035-06-23 11:00 UTC, with another card.",
    ]);
  });

  it("counts the guests' doors that a key of Vostio opens besides its own", async () => {
    const pin = (more: object) =>
      credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT], ...more });
    const options = (more: object) => pin({ assaAbloyVostioMetadata: { autoJoin: true, ...more } });
    const [one, all] = [
      { overrideGuestAcsEntranceIds: [GARAGE] },
      { joinAllGuestAcsEntrances: true, overrideAllGuestAcsEntrances: false },
    ].map(options) as [ReturnType<typeof pin>, ReturnType<typeof pin>];
    const to = async (before: typeof one, after: typeof one) =>
      (await changesIn([same(ADA), replaced(before, after, ["assaAbloyVostioMetadata"])]))
        .filter(({ change }) => change === "gains" || change === "loses")
        .map(({ change, door }) => `${change} ${door.name}`);
    expect(await to(pin({}), one)).toEqual(["gains Garage"]);
    expect(await to(one, pin({}))).toEqual(["loses Garage"]);
    expect(await to(pin({}), all)).toEqual(["gains Vostio's guest doors"]);
    expect(await to(all, pin({}))).toEqual(["loses Vostio's guest doors"]);
    expect(await to(pin({}), options({}))).toEqual([]);
    const hidden = { ...one, inputs: { ...one.inputs, assaAbloyVostioMetadata: "[secret]" } };
    const told = await changesIn([same(ADA), replaced(pin({}), hidden, ["assaAbloyVostioMetadata"])]);
    expect(told.map(({ unknown }) => unknown)).toContainEqual(["door"]);
  });

  it("takes an empty list of doors for none, with which a key opens those of its user's access groups", async () => {
    const [empty, without] = [[], undefined].map((allowedAcsEntranceIds) =>
      credential("pin", { acsUserId: USER, ...(allowedAcsEntranceIds && { allowedAcsEntranceIds }) }),
    ) as [typeof ADA, typeof ADA];
    const lost = await changesIn([same(ADA), deleted(empty)]);
    expect(lost).toMatchObject([{ change: "loses", door: { acsSystemId: ADA.inputs["acsSystemId"] } }]);
    expect(await changesIn([same(ADA), deleted(without)])).toEqual(lost);
    expect(await changesIn([same(ADA), updated(empty, without, ["allowedAcsEntranceIds"])])).toEqual([]);
  });
});
