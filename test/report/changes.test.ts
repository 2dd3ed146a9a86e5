import { FAILED } from "../../provider/values/failed";
import { UNKNOWN } from "../../provider/values/unknown";
import { changesIn, FRONT, GARAGE, STAFF, said } from "./changes/at-doors";
import {
  ADA,
  created,
  credential,
  deleted,
  grant,
  identity,
  membership,
  preview,
  replaced,
  same,
  space,
  state,
  USER,
  updated,
  user,
} from "./changes/steps";

describe("a change", () => {
  it("gains nothing that somebody has already by another resource, and loses nothing that another one opens", async () => {
    const front = credential("front", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const member = membership("member", { acsUserId: USER, acsAccessGroupId: STAFF });
    const pin = credential("pin", { acsUserId: USER });
    expect(await changesIn([same(ADA), same(member), same(pin), created(front)])).toEqual([]);
    expect(await changesIn([same(ADA), same(member), same(pin), deleted(front)])).toEqual([]);
    expect(await changesIn([same(ADA), deleted(front)])).toMatchObject([
      { change: "loses", door: { name: "Front door" } },
    ]);
  });

  it("is compared with what a failed run before has left as it was", async () => {
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const membershipOf = (acsUserId: string) => membership("m", { acsAccessGroupId: STAFF, acsUserId });
    const left = { ...state(membershipOf(FAILED)), outputs: membershipOf(USER).inputs };
    const step = { ...updated(membershipOf(FAILED), membershipOf(USER), ["acsUserId"]), oldState: left };
    expect(await said(preview([same(ADA), same(pin), step]))).toEqual([]);
  });

  it("is bounded by the user's schedule, whatever a credential says", async () => {
    const pin = credential("pin", {
      acsUserId: USER,
      allowedAcsEntranceIds: [FRONT],
      endsAt: "2035-01-01T00:00:00Z",
    });
    const until = (endsAt: string) => user({ accessSchedule: { endsAt } });
    expect(
      await changesIn([
        updated(until("2031-01-01T00:00:00Z"), until("2032-01-01T00:00:00Z"), ["accessSchedule"]),
        same(pin),
      ]),
    ).toMatchObject([
      {
        change: "changes",
        changed: ["endsAt"],
        before: { endsAt: "2031-01-01T00:00:00.000Z" },
        after: { endsAt: "2032-01-01T00:00:00.000Z" },
      },
    ]);
  });

  it("is none where what goes is over", async () => {
    const over = credential("over", {
      acsUserId: USER,
      allowedAcsEntranceIds: [FRONT],
      endsAt: "2029-12-31T00:00:00Z",
    });
    expect(await changesIn([same(ADA), deleted(over)])).toEqual([]);
  });

  it("is none where a resource is taken over, or leaves the stack and stays in Seam", async () => {
    const pin = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const taken = created({ ...pin, inputs: { ...pin.inputs, adopt: pin.id } });
    expect(await changesIn([same(ADA), taken])).toEqual([]);
    expect(
      await changesIn([
        same(ADA),
        { ...deleted(pin), oldState: { ...deleted(pin).oldState, retainOnDelete: true } },
      ]),
    ).toEqual([]);
  });

  it("cannot be told where doors are not known yet, rather than that they are lost", async () => {
    const old = credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT] });
    const step = replaced(old, { ...old, inputs: { ...old.inputs, allowedAcsEntranceIds: UNKNOWN } }, [
      "allowedAcsEntranceIds",
    ]);
    const changes = await changesIn([same(ADA), step]);
    expect(changes.map(({ change }) => change)).toEqual(["unknown", "unknown"]);
  });

  it("is none where a secret stays as it is, and cannot be told where what it depends on changes", async () => {
    const secret = "[secret]";
    const pin = (more: object) =>
      credential("pin", { acsUserId: USER, allowedAcsEntranceIds: [FRONT], ...more });
    const pins = [{ allowedAcsEntranceIds: secret }, { endsAt: secret }, { acsUserId: secret }].map(pin);
    for (const one of pins) expect(await changesIn([same(ADA), same(one)])).toEqual([]);
    const renamed = updated(ADA, user({ fullName: "Ada Else" }), ["fullName"]);
    const [doors, ends] = pins as [typeof ADA, typeof ADA, typeof ADA];
    const untold = [{ change: "unknown", unknown: ["door"] }];
    expect(await changesIn([renamed, same(doors)])).toMatchObject(untold);
    const moved = updated(ends, ends, ["endsAt"]);
    expect((await changesIn([same(ADA), moved])).map(({ unknown }) => unknown)).toEqual([["endsAt"]]);
    // The doors of its spaces are the grant's.
    const [hidden, stay] = [
      { ...space([]), inputs: { name: "Area", acsEntranceIds: secret } },
      grant("stay", { spaceIds: [space([]).id] }),
    ];
    expect(await changesIn([same(identity()), same(hidden), same(stay)])).toEqual([]);
    const other = updated(hidden, hidden, ["acsEntranceIds"]);
    expect(await changesIn([same(identity()), other, same(stay)])).toMatchObject(untold);
  });
});

describe("a member of an access group", () => {
  const member = membership("member", { acsUserId: USER, acsAccessGroupId: STAFF });
  const key = credential("key", { acsUserId: USER });

  it("loses its doors with the only credential that opens them", async () => {
    expect(await said(preview([same(ADA), same(member), deleted(key)]))).toEqual([
      "Ada Example loses Front door and Office (PIN).",
    ]);
    const card = credential("other", { acsUserId: USER, accessMethod: "card" });
    const other = { ...card, shown: { isIssued: true } };
    expect(await said(preview([same(ADA), same(member), same(other), deleted(key)]))).toEqual([
      "Ada Example keeps Front door and Office, but not by PIN any more.",
    ]);
    expect(await changesIn([same(ADA), created(member), deleted(key)])).toEqual([]);
  });
});

describe("what is in Seam before the change, too", () => {
  const inputs = { accessMethod: "code", acsUserId: USER, allowedAcsEntranceIds: [FRONT] };
  const pin = credential("pin", inputs);

  it("is gained by nobody where the program imports it", async () => {
    expect(await changesIn([same(ADA), { op: "import", urn: pin.urn, newState: state(pin) }])).toEqual([]);
    // The engine's preview tells neither an id nor what Seam has of it.
    for (const one of [pin, grant("stay", { acsEntranceIds: [FRONT] })]) {
      const imported = { op: "import", urn: one.urn, newState: { inputs: one.inputs } };
      expect(await changesIn([same(ADA), same(identity()), imported])).toEqual([]);
    }
  });

  it("is lost by nobody where the program has read it, and declares another in its place", async () => {
    const oldState = { id: "id of another", external: true, inputs: {}, outputs: inputs };
    const own = credential("pin", { ...inputs, allowedAcsEntranceIds: [FRONT, GARAGE] });
    const step = { op: "replace", urn: pin.urn, oldState, newState: { inputs: own.inputs } };
    expect(await changesIn([same(ADA), step])).toMatchObject([{ change: "gains", door: { name: "Garage" } }]);
  });

  it.each(["discard", "delete"])("is lost by nobody where it was only read, by %s", async (op) => {
    const oldState = { id: pin.id, external: true, inputs: {}, outputs: inputs };
    expect(await changesIn([same(ADA), { op, urn: pin.urn, oldState }])).toEqual([]);
  });
});
