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
});
