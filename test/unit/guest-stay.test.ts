import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";
import { belongsToReservation } from "../../sdk/components/stay-reservation";

const SYSTEM = "7113de29-6130-4153-a6ea-1b7ca0fe3198";
const GRANT = "pulumi-nodejs:dynamic/seam:AccessGrant";

describe("GuestStay", () => {
  let asked: string[];
  let grants: Record<string, unknown>[];
  let externalType: string;

  beforeEach(async () => {
    asked = [];
    grants = [];
    await pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs }) => {
        asked.push(type);
        if (name === "broken-access") throw new Error("Seam says no");
        if (type === GRANT) grants.push(inputs);
        return { id: `id of ${name}`, state: inputs };
      },
      call: ({ token, inputs }) => {
        asked.push(token);
        const acsEntrances = [{ acsEntranceId: "room", canBelongToReservation: true }];
        return token === "seam:index:getAcsSystem" ? { ...inputs, externalType } : { acsEntrances };
      },
    });
  });

  const settled = () => new Promise((resolve) => setTimeout(resolve, 100));
  const args: seam.GuestStayArgs = {
    reservation: "1017",
    guest: { fullName: "Gus Guest" },
    acsSystemId: SYSTEM,
    doors: ["Front door"],
    checkIn: "2030-06-19T15:00:00Z",
    checkOut: "2030-06-23T11:00:00Z",
  };
  const { acsSystemId: _, doors: __, ...nowhere } = args;

  it.each<[string, seam.GuestStayArgs, string]>([
    [
      "a time zone that is none",
      { ...args, checkIn: "2030-06-19T15:00", timeZone: "Europa/Berlin" },
      'stay: timeZone: "Europa/Berlin" is no time zone. Did you mean "Europe/Berlin"',
    ],
    ["a stay nowhere", nowhere, "stay: no place is named. Give at least one of doors, spaceIds, spaceKeys."],
    ["names of doors of no access system", { ...nowhere, doors: ["Lobby"] }, "stay: give the acsSystemId"],
  ])("refuses %s, before it asks for anything", async (_what, wrong, message) => {
    expect(() => new seam.GuestStay("stay", wrong)).toThrow(message);
    await settled();
    expect(asked).toEqual(["seam:index:GuestStay"]);
  });

  it("refuses somebody who joins without a key of their own, which would be that of the first guest", async () => {
    const joins = new seam.GuestStay("first", args);
    expect(() => new seam.GuestStay("second", { ...args, joins })).toThrow(
      "second: give the guest who joins",
    );
    await settled();
  });

  it("refuses somebody who joins with another reservation, whose key would make that of the first guest invalid", async () => {
    const joins = new seam.GuestStay("first", args);
    expect(
      () => new seam.GuestStay("second", { ...args, joins, guestKey: "gia", reservation: "1018" }),
    ).toThrow('second: joins a stay of reservation "1017", and gives "1018". Give both the same.');
    await settled();
  });

  it("keeps the reservation as the key of the only guest, and gives the others keys with it", async () => {
    const joins = new seam.GuestStay("first", args);
    new seam.GuestStay("second", { ...args, joins, guestKey: "gia" });
    await settled();
    expect(grants).toMatchObject([
      { accessGrantKey: "1017", reservationKey: "1017", acsEntranceIds: ["room"] },
      { accessGrantKey: "1017/gia", reservationKey: "1017", acsEntranceIds: ["room"] },
    ]);
  });

  it("is left as it is while the stay that it joins cannot be made", async () => {
    const joins = new seam.GuestStay("broken", args);
    new seam.GuestStay("second", { ...args, joins, guestKey: "gia" });
    await settled();
    // Of a resource with this value the provider makes nothing, and changes nothing.
    expect(grants).toMatchObject([{ accessGrantKey: "1017/gia", reservationKey: "pulumi-seam:failed" }]);
  });

  it("tells no places but the given ones", async () => {
    new seam.GuestStay("stay", { ...nowhere, spaceIds: ["floor"], spaceKeys: ["suite"] });
    await settled();
    expect(grants).toMatchObject([{ spaceIds: ["floor"], spaceKeys: ["suite"], reservationKey: "1017" }]);
    expect(grants[0]).not.toHaveProperty("acsEntranceIds");
  });

  it.each<[expected: boolean, says: string, doors: (boolean | undefined)[], type: string]>([
    [true, "one door can", [false, undefined, true], "salto_ks_site"],
    [false, "no door can", [false, false], "visionline_system"],
    [true, "a door of such a system says nothing", [false, undefined], "visionline_system"],
    [true, "a door of such a system says nothing", [undefined], "salto_space_system"],
    [false, "a door of another system says nothing", [undefined], "salto_ks_site"],
  ])("is told to Seam: %s, where %s %p %s", async (expected, _says, doors, type) => {
    externalType = type;
    const known = doors.map((canBelongToReservation) => ({
      acsSystemId: SYSTEM,
      ...(canBelongToReservation !== undefined && { canBelongToReservation }),
    }));
    const isTold = belongsToReservation(known, {});
    expect(await new Promise((resolve) => isTold.apply(resolve))).toBe(expected);
    expect(asked).toEqual(
      doors.includes(undefined) && !doors.includes(true) ? ["seam:index:getAcsSystem"] : [],
    );
  });
});
