import { UNKNOWN } from "../../provider/values/unknown";
import { changesOf, needsALook, readPreview } from "../../report/changes";
import { changesIn, FRONT, GARAGE, NOW, said, seam } from "./changes/at-doors";
import {
  created,
  deleted,
  grant,
  IDENTITY,
  identity,
  preview,
  released,
  replaced,
  same,
  space,
  updated,
  user,
} from "./changes/steps";

describe("a space", () => {
  const own = grant("stay", { spaceIds: [space([]).id] });

  it("that loses a door, or goes, is told of for the grants of others", async () => {
    const steps = [updated(space([FRONT, GARAGE]), space([FRONT]), ["acsEntranceIds"])];
    expect(await said(preview(steps))).toEqual([
      "whoever else has a grant for the space Area may keep or lose Garage: who cannot be told before it is done.",
    ]);
    expect(needsALook(await changesOf(readPreview(preview(steps)), { directory: seam, now: NOW }))).toBe(
      true,
    );
    expect(await changesIn([deleted(space([FRONT])), same(identity()), deleted(own)])).toMatchObject([
      { change: "loses", person: { name: "Ada Example" }, door: { name: "Front door" } },
      { change: "unknown", unknown: ["person"], door: { name: "Front door" } },
    ]);
    expect(await changesIn([replaced(space([FRONT]), space([FRONT]), ["spaceKey"])])).toMatchObject([
      { change: "unknown" },
    ]);
  });

  it("that gets a door, is new, or is left in Seam takes nothing from anybody", async () => {
    expect(await changesIn([updated(space([FRONT]), space([FRONT, GARAGE]), ["acsEntranceIds"])])).toEqual(
      [],
    );
    expect(await changesIn([created(space([FRONT]))])).toEqual([]);
    expect(await changesIn([released(space([FRONT]))])).toEqual([]);
    const anew = replaced(space([FRONT]), space([GARAGE]), ["spaceKey"]);
    const besides = { ...anew, oldState: { ...anew.oldState, retainOnDelete: true } };
    expect(await changesIn([besides])).toEqual([]);
  });
});

describe("a user or identity that goes", () => {
  it("is told of where nothing that this stack gave hangs on it", async () => {
    for (const gone of [identity(), user({ userIdentityId: IDENTITY })]) {
      expect(await changesIn([deleted(gone)])).toMatchObject([{ change: "unknown", unknown: ["door"] }]);
    }
    expect(await said(preview([deleted(identity())]))).toEqual([
      "Ada Example may keep or lose what this preview does not tell: which doors cannot be told before it is done.",
    ]);
    expect(await changesIn([deleted(user({ isSuspended: true }))])).toEqual([]);
  });

  it("is told of where nothing that is told hangs on a user that is suspended, over, or begins later", async () => {
    const shut: object[] = [
      { isSuspended: true },
      { isSuspended: UNKNOWN },
      { accessSchedule: { endsAt: "2029-12-31T00:00:00Z" } },
      { accessSchedule: { startsAt: "2030-12-31T00:00:00Z" } },
    ];
    for (const inputs of shut) {
      const changed = Object.keys(inputs);
      expect(await changesIn([updated(user(), user(inputs), changed)])).toMatchObject([
        { change: "unknown", unknown: ["door"] },
      ]);
      expect(await changesIn([created(user(inputs))])).toEqual([]);
      expect(await changesIn([same(user(inputs))])).toEqual([]);
    }
    expect(await changesIn([updated(user(), user({ fullName: "Ada E." }), ["fullName"])])).toEqual([]);
  });
});
