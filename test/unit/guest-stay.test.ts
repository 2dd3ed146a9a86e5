import * as pulumi from "@pulumi/pulumi";
import * as seam from "../../sdk";

describe("GuestStay", () => {
  it("refuses a time zone that is none, before it asks for anything", async () => {
    const asked: string[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ type, inputs }) => {
        asked.push(type);
        return { id: "id", state: inputs };
      },
      call: ({ token, inputs }) => {
        asked.push(token);
        return inputs;
      },
    });
    const stay = {
      reservation: "1017",
      guest: { fullName: "Gus Guest" },
      acsSystemId: "7113de29-6130-4153-a6ea-1b7ca0fe3198",
      doors: ["Front door"],
      checkIn: "2030-06-19T15:00",
      checkOut: "2030-06-23",
    };
    expect(() => new seam.GuestStay("stay", { ...stay, timeZone: "Europa/Berlin" })).toThrow(
      'stay: timeZone: "Europa/Berlin" is no time zone. Did you mean "Europe/Berlin"',
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual(["seam:index:GuestStay"]);
  });
});
