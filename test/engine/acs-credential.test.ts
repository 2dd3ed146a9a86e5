import {
  assertChanges,
  assertNoChanges,
  assertRequests,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "../../sdk/testing";
import { onePin } from "./one-pin";

const UPDATE = "/acs/credentials/update";

let emulator: Emulator<DefaultKeys>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const live = (id: unknown) =>
  emulator.credentials().find((credential) => credential.acs_credential_id === id);

describe("an AcsCredential on the engine", () => {
  it("is created, stays, is updated, replaced, found changed, put right, and taken away", async () => {
    const { declared, program } = onePin(emulator);
    await withStack({ emulator, program }, async (stack) => {
      assertChanges(await stack.preview(), { pin: "created" });
      expect(emulator.credentials()).toEqual([]);
      const { outputs } = await stack.up();
      expect(outputs["code"]).toBe("80808080");
      expect(live(outputs["id"])).toMatchObject({ code: "80808080", ends_at: "2035-02-01T00:00:00.000Z" });

      // The same, written in another way.
      declared.args = { ...declared.args, startsAt: "2035-01-01T02:00:00+02:00", allowedAcsEntranceIds: [] };
      emulator.requests.clear();
      assertNoChanges(await stack.preview());
      expect(emulator.requests.count()).toBe(0);
      assertNoChanges(await stack.up());

      declared.args = { ...declared.args, endsAt: "2035-03-01T00:00:00Z", code: "90909090" };
      assertChanges(await stack.up(), { pin: "updated" });
      assertRequests(emulator, [
        { path: UPDATE, body: { acs_credential_id: outputs["id"], ends_at: "2035-03-01T00:00:00.000Z" } },
      ]);
      expect(live(outputs["id"])).toMatchObject({ code: "90909090" });

      const id = String(outputs["id"]);
      emulator.edit.acsCredential(id, { code: "111111", ends_at: "2039-01-01T00:00:00.000Z" });
      assertChanges(await stack.refresh(), { pin: "updated" });
      assertChanges(await stack.preview(), { pin: "updated" });
      assertChanges(await stack.up(), { pin: "updated" });
      expect(live(id)).toMatchObject({ code: "90909090", ends_at: "2035-03-01T00:00:00.000Z" });

      declared.args = {
        ...declared.args,
        allowedAcsEntranceIds: [emulator.ids.acsEntrances["salto-ks/garage"]],
      };
      const replaced = await stack.up();
      assertChanges(replaced, { pin: "replaced" });
      expect(live(id)).toBeUndefined();
      expect(live(replaced.outputs["id"])?.allowed_acs_entrance_ids).toEqual([
        emulator.ids.acsEntrances["salto-ks/garage"],
      ]);

      emulator.edit.deleteAcsCredential(String(replaced.outputs["id"]));
      assertChanges(await stack.refresh(), { pin: "deleted" });
      assertChanges(await stack.up(), { pin: "created" });

      declared.isDeclared = false;
      assertChanges(await stack.up(), { pin: "deleted" });
      expect(emulator.credentials()).toEqual([]);
    });
  });

  it("reports five mistakes in one preview, and sends nothing", async () => {
    const { program } = onePin(emulator, {
      accessMethod: "pin" as "code",
      code: "12ab34",
      endsAt: "2020-01-01T00:00:00Z",
      allowedAcsEntranceIds: ["front door"],
      ...{ start_at: "2035-01-01T00:00:00Z" },
      startsAt: "2019-01-01T00:00:00Z",
    });
    emulator.requests.clear();
    await withStack({ emulator, program }, async (stack) => {
      const { message } = await stack.preview().catch((error) => error);
      for (const path of ["accessMethod", "code", "endsAt", "allowedAcsEntranceIds[0]", "start_at"]) {
        expect(message).toContain(`has a problem: ${path}: `);
      }
      expect(message.split("has a problem").length - 1).toBe(5);
      expect(message).not.toContain("12ab34");
      expect(emulator.requests.count()).toBe(0);
    });
  });
});
