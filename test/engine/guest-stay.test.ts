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
});
