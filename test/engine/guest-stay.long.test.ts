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

type Properties = Record<string, unknown>;

describe("GuestStay of several guests, and in a time zone", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("lets two guests of one reservation in, moves both to another room, and keeps the one who stays longer", async () => {
    let doors = ["Lobby", "Room 101"];
    let isFirstHere = true;
    const checkOut = { gus: "2030-06-23T11:00:00Z", gia: "2030-06-23T11:00:00Z" };
    const stay = (guest: "gus" | "gia", more: Partial<seam.GuestStayArgs> = {}) =>
      new seam.GuestStay(guest, {
        reservation: "1018",
        guest: { fullName: guest },
        acsSystemId: emulator.ids.acsSystems["visionline"],
        doors,
        checkIn: "2030-06-19T15:00:00Z",
        checkOut: checkOut[guest],
        methods: ["card"],
        ...more,
      });
    const program = async () => {
      const gus = isFirstHere ? { joins: stay("gus") } : {};
      stay("gia", { guestKey: "gia", ...gus });
    };
    const cards = () =>
      emulator.credentials().map(({ visionline_metadata }) => visionline_metadata as Properties);
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      assertRequests(emulator, [
        { path: "/user_identities/create" },
        { path: "/user_identities/create" },
        { path: "/access_grants/create", body: { reservation_key: "1018", access_grant_key: "1018" } },
        { path: "/access_grants/create", body: { reservation_key: "1018", access_grant_key: "1018/gia" } },
      ]);
      const [first] = emulator.credentials();
      expect(cards()).toMatchObject([
        { is_valid: true, joiner_acs_credential_ids: [] },
        { is_valid: true, joiner_acs_credential_ids: [first?.acs_credential_id] },
      ]);
      assertNoChanges(await stack.up());

      checkOut.gus = "2030-06-22T11:00:00Z";
      assertChanges(await stack.preview(), { "gus-access": "updated" });
      assertChanges(await stack.up(), { "gus-access": "updated" });

      doors = ["Lobby", "Room 102"];
      emulator.requests.clear();
      assertChanges(await stack.up(), { "gus-access": "replaced", "gia-access": "replaced" });
      expect(emulator.requests.all({ method: "POST" }).map(({ status }) => status)).not.toContain(409);
      expect(cards()).toMatchObject([{ is_valid: true }, { is_valid: true }]);

      isFirstHere = false;
      emulator.requests.clear();
      assertChanges(await stack.up(), { gus: "deleted", "gus-guest": "deleted", "gus-access": "deleted" });
      expect(emulator.accessGrants()).toMatchObject([{ access_grant_key: "1018/gia" }]);
    });
  });

  it("takes its times in a time zone", async () => {
    const program = async () => {
      new seam.GuestStay("stay", {
        reservation: "1019",
        userIdentityId: emulator.ids.userIdentities["ben"],
        acsSystemId: emulator.ids.acsSystems["salto-ks"],
        doors: ["Front door"],
        timeZone: "Europe/Berlin",
        checkIn: "2030-03-30T15:00",
        checkOut: "2030-03-31",
      });
    };
    await withStack({ emulator, program }, async (stack) => {
      await stack.up();
      assertRequests(emulator, [
        {
          path: "/access_grants/create",
          body: { starts_at: "2030-03-30T14:00:00.000Z", ends_at: "2030-03-31T22:00:00.000Z" },
        },
      ]);
      assertNoChanges(await stack.up());
    });
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
