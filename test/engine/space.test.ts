import * as seam from "../../sdk";
import {
  assertChanges,
  assertNoChanges,
  assertRequests,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "../../sdk/testing";

describe("a Space", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("takes a new door to two grants, is silent in the preview after it, and shows a door added by hand in a refresh", async () => {
    const before = emulator.snapshot();
    const { acsEntrances, userIdentities } = emulator.ids;
    const [front, garage, office] = [
      acsEntrances["salto-ks/front-door"],
      acsEntrances["salto-ks/garage"],
      acsEntrances["salto-ks/office"],
    ];
    let doors = [front];
    const program = async () => {
      const space = new seam.Space("guest-areas", { name: "Guest areas", acsEntranceIds: doors });
      for (const guest of ["ada", "ben"] as const) {
        new seam.AccessGrant(guest, {
          userIdentityId: userIdentities[guest],
          requestedAccessMethods: [{ mode: "code" }],
          spaceIds: [space.spaceId],
        });
      }
      return { spaceId: space.spaceId };
    };
    const opened = () =>
      emulator.credentials().map(({ allowed_acs_entrance_ids }) => [...allowed_acs_entrance_ids].sort());

    await withStack({ emulator, program }, async (stack) => {
      const spaceId = String((await stack.up()).outputs["spaceId"]);
      expect(opened()).toEqual([[front], [front]]);

      doors = [front, garage];
      emulator.requests.clear();
      assertChanges(await stack.up(), { "guest-areas": "updated" });
      assertRequests(emulator, [{ path: "/spaces/update", body: { acs_entrance_ids: [...doors].sort() } }]);
      expect(opened()).toEqual([[...doors].sort(), [...doors].sort()]);

      emulator.requests.clear();
      assertNoChanges(await stack.preview());
      expect(emulator.requests.count()).toBe(0);

      emulator.edit.space(spaceId, { acs_entrance_ids: [...doors, office] });
      assertChanges(await stack.refresh(), { "guest-areas": "updated" });
      assertChanges(await stack.up(), { "guest-areas": "updated" });
      expect(opened()).toEqual([[...doors].sort(), [...doors].sort()]);
    });
    expect(emulator.snapshot()).toEqual(before);
  });
});
