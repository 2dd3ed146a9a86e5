import * as seam from "../../sdk";
import {
  assertChanges,
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "../../sdk/testing";

const CREATE = "/acs/credentials/create";
const PEOPLE = ["ada", "ben", "cleo", "dan", "eve", "finn"] as const;

let emulator: Emulator<DefaultKeys>;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

describe("faults under a running engine", () => {
  it("leave exactly 200 credentials of 200 in Seam and in the state, with 20 % of the answers lost after the work", async () => {
    const program = async () => {
      for (let n = 0; n < 200; n++) {
        new seam.AcsCredential(`pin-${n}`, {
          accessMethod: "code",
          acsUserId: emulator.ids.acsUsers[`salto-ks/${PEOPLE[n % PEOPLE.length] as "ada"}`],
          code: String(10_000 + n),
        });
      }
    };
    emulator.faults.add({ fault: "reset-after-work", route: CREATE, probability: 0.1, seed: 3 });
    emulator.faults.add({
      fault: "internal-error",
      workIsDone: true,
      route: CREATE,
      probability: 0.1,
      seed: 4,
    });
    await withStack({ emulator, program }, async (stack) => {
      const { operations } = await stack.up();
      expect(operations.filter(({ failed }) => failed)).toEqual([]);
      const lost = emulator.requests.all({ path: CREATE }).filter(({ fault }) => fault !== undefined);
      expect(lost.length).toBeGreaterThan(20);
      const state = await stack.exportStack();
      const ids = (state.deployment.resources as { type: string; id?: string }[])
        .filter(({ type }) => type.endsWith("AcsCredential"))
        .map(({ id }) => id)
        .sort();
      expect(ids).toHaveLength(200);
      expect(
        emulator
          .credentials()
          .map((credential) => credential.acs_credential_id)
          .sort(),
      ).toEqual(ids);
      emulator.faults.clear();
      assertNoChanges(await stack.preview());
    });
  });

  it("save what the lock system refused as failed with its reason, and the next up mends it", async () => {
    const program = async () => {
      new seam.AcsCredential("card", {
        accessMethod: "card",
        acsUserId: emulator.ids.acsUsers["visionline/ada"],
        endsAt: "2036-01-01T00:00:00Z",
      });
    };
    const reply = {
      acs_credential: {
        acs_credential_id: "11111111-1111-4111-8111-111111111111",
        access_method: "card",
        errors: [
          {
            error_code: "failed_to_create_on_acs_system",
            message: "The server is offline.",
            created_at: "2030-01-01T00:00:00Z",
          },
        ],
        warnings: [],
      },
      ok: true,
    };
    await withStack({ emulator, program }, async (stack) => {
      emulator.faults.add({
        fault: "answer",
        status: 200,
        body: reply,
        route: [CREATE, "/acs/credentials/get"],
      });
      await expect(stack.up()).rejects.toThrow(/failed_to_create_on_acs_system: The server is offline\./);
      const { deployment } = await stack.exportStack();
      const [saved] = deployment.resources.filter(({ type }: { type: string }) =>
        type.endsWith("AcsCredential"),
      );
      expect(saved).toMatchObject({
        id: "11111111-1111-4111-8111-111111111111",
        initErrors: [expect.stringContaining("The server is offline.")],
        outputs: { errors: [{ errorCode: "failed_to_create_on_acs_system" }] },
      });

      emulator.faults.clear();
      const mended = { ...reply.acs_credential, errors: [], ends_at: "2036-01-01T00:00:00.000Z" };
      emulator.faults.add({
        fault: "answer",
        status: 200,
        body: { acs_credential: mended, ok: true },
        route: ["/acs/credentials/get", "/acs/credentials/update"],
      });
      assertChanges(await stack.up(), { card: "updated" });
      expect(emulator.requests.count("/acs/credentials/update")).toBe(1);
      assertNoChanges(await stack.up());
    });
  });
});
