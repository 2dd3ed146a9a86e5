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

describe("GuestStay", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("lets a guest in, extends and shortens the stay in place, moves rooms, and leaves nothing behind", async () => {
    const before = emulator.snapshot();
    const stay: seam.GuestStayArgs = {
      reservation: "1017",
      guest: { fullName: "Gus Guest", emailAddress: "gus@example.com" },
      acsSystemId: emulator.ids.acsSystems["salto-ks"],
      doors: ["Front door"],
      checkIn: "2030-06-19T15:00:00Z",
      checkOut: "2030-06-23T11:00:00Z",
    };
    const program = async () => {
      const { accessMethods, userIdentityId } = new seam.GuestStay("stay", stay);
      return { accessMethods, userIdentityId };
    };
    await withStack({ emulator, program }, async (stack) => {
      const { outputs } = await stack.up();
      expect(outputs["accessMethods"]).toEqual([
        expect.objectContaining({ mode: "code", code: expect.stringMatching(/^\d+$/) }),
      ]);
      emulator.requests.clear();
      assertNoChanges(await stack.up());
      expect(emulator.requests.count("/access_methods/list")).toBe(0);
      // What a refresh writes is as secret, and as much a list, as what an up writes.
      assertNoChanges(await stack.refresh());
      expect((await stack.up()).outputs["accessMethods"]).toEqual(outputs["accessMethods"]);

      stay.methods = ["mobile_key", "code"];
      emulator.requests.clear();
      const added = await stack.up();
      assertChanges(added, { "stay-access": "updated" });
      assertRequests(emulator, [{ path: "/access_grants/request_access_methods" }]);
      expect(added.outputs["accessMethods"]).toEqual([
        expect.objectContaining({ mode: "mobile_key", instantKeyUrl: expect.stringContaining("https:") }),
        expect.objectContaining({
          mode: "code",
          code: (outputs["accessMethods"] as [{ code: string }])[0].code,
        }),
      ]);

      emulator.requests.clear();
      stay.checkOut = "2030-06-25T11:00:00Z";
      assertChanges(await stack.up(), { "stay-access": "updated" });
      stay.checkIn = "2030-06-20T15:00:00Z";
      stay.checkOut = "2030-06-22T11:00:00+02:00";
      assertChanges(await stack.up(), { "stay-access": "updated" });
      assertRequests(emulator, [
        { path: "/access_grants/update", body: { ends_at: "2030-06-25T11:00:00.000Z" } },
        {
          path: "/access_grants/update",
          body: { starts_at: "2030-06-20T15:00:00.000Z", ends_at: "2030-06-22T09:00:00.000Z" },
        },
      ]);

      stay.doors = ["Garage"];
      emulator.requests.clear();
      assertChanges(await stack.up(), { "stay-access": "replaced" });
      assertRequests(emulator, [
        { path: "/access_grants/delete" },
        { path: "/access_grants/create", body: { access_grant_key: "1017" } },
      ]);

      stay.doors = ["Office"];
      emulator.faults.add({
        route: "/access_grants/create",
        fault: "answer",
        status: 400,
        body: { error: { type: "invalid_input", message: "The office is closed" } },
      });
      await expect(stack.up()).rejects.toThrow(
        /The office is closed[\s\S]*was deleted to make room for it, so there is no access in its place now/,
      );
      emulator.faults.clear();
      await stack.up();
      expect(emulator.accessGrants()).toHaveLength(1);
    });
    expect(emulator.snapshot()).toEqual(before);
  });

  it("tells Seam the reservation where a door or a door of a space can belong to one, and nowhere else", async () => {
    const { acsSystems, acsEntrances, userIdentities } = emulator.ids;
    const stay = (name: string, places: Partial<seam.GuestStayArgs>) =>
      new seam.GuestStay(name, {
        reservation: name,
        userIdentityId: userIdentities["ben"],
        checkIn: "2030-06-19T15:00:00Z",
        checkOut: "2030-06-23T11:00:00Z",
        methods: ["card"],
        ...places,
      });
    emulator.edit.acsEntrance(acsEntrances["salto-space/library"], { can_belong_to_reservation: true });
    const rooms = [acsEntrances["visionline/room-101"]];
    const program = async () => {
      const visionline = { acsSystemId: acsSystems["visionline"] };
      const saltoSpace = { acsSystemId: acsSystems["salto-space"] };
      stay("room", { ...visionline, doors: ["Lobby", "Room 102"] });
      stay("lobby", { ...visionline, doors: ["Lobby"] });
      stay("library", { ...saltoSpace, doors: ["Library"] });
      stay("lab", { ...saltoSpace, doors: ["Lab"], userIdentityId: userIdentities["ada"] });
      const space = new seam.Space("suite", { name: "Suite", spaceKey: "suite", acsEntranceIds: rooms });
      stay("suite-by-id", { spaceIds: [space.spaceId] });
      stay("suite-by-key", { spaceKeys: [space.spaceKey.apply((key) => key ?? "")] });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.preview();
      await stack.up();
      const keys = emulator.accessGrants().map(({ reservation_key, access_grant_key }) => {
        return [access_grant_key, reservation_key];
      });
      expect(Object.fromEntries(keys)).toEqual({
        lab: undefined,
        library: "library",
        lobby: undefined,
        room: "room",
        "suite-by-id": "suite-by-id",
        "suite-by-key": "suite-by-key",
      });

      // A door more in the space reaches both grants, and changes none.
      rooms.push(acsEntrances["visionline/room-103"]);
      emulator.requests.clear();
      assertChanges(await stack.up(), { suite: "updated" });
      assertRequests(emulator, [{ path: "/spaces/update" }]);
      const opening = emulator
        .credentials()
        .filter(({ allowed_acs_entrance_ids }) => allowed_acs_entrance_ids.includes(rooms[1] as string));
      expect(opening).toHaveLength(2);
      assertNoChanges(await stack.up());

      // Nor does one that makes a reservation possible where there was none, or impossible where there was one.
      emulator.edit.acsEntrance(acsEntrances["visionline/lobby"], { can_belong_to_reservation: true });
      emulator.edit.acsEntrance(acsEntrances["salto-space/library"], { can_belong_to_reservation: false });
      assertNoChanges(await stack.up());
      // A space that cannot be found takes away nobody's access.
      emulator.faults.add({
        route: "/spaces/get_related",
        fault: "answer",
        status: 404,
        body: { error: { type: "space_not_found", message: "Space not found" }, ok: false },
      });
      assertNoChanges(await stack.preview());
      emulator.faults.clear();
    });
  });
});
