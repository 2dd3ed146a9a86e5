import { readFile } from "node:fs/promises";
import * as seam from "pulumi-seam";
import {
  assertChanges,
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "pulumi-seam/testing";
import { pulumiSeam } from "./commands";

interface Method {
  readonly mode: string;
  readonly code?: string;
  readonly instantKeyUrl?: string;
  readonly isIssued: boolean;
}

describe("a guest's stay where Seam issues after five seconds", () => {
  let emulator: Emulator<DefaultKeys>;

  beforeEach(async () => {
    emulator = await startEmulator({
      delays: { issueMs: 5_000, codeMs: 5_000, syncMs: 5_000, cardMs: 5_000 },
    });
  });
  afterEach(() => emulator.close());

  it("gives PIN and link as secrets, a key more in place and a card on an encoder, fails at a shut door, and leaves nothing", async () => {
    const before = emulator.snapshot();
    const { ids } = emulator;
    let methods: seam.AccessMethod[] = ["code"];
    let checkOut = "2035-06-23T11:00:00Z";
    let opensShed = false;
    const stay = (name: string, more: Pick<seam.GuestStayArgs, "acsSystemId" | "doors" | "methods">) =>
      new seam.GuestStay(name, {
        reservation: name,
        guest: { fullName: `${name} Example`, emailAddress: `${name}@example.com` },
        checkIn: "2035-06-19T15:00:00Z",
        checkOut,
        ...more,
      });
    const program = async () => {
      const pin = stay("gus", { acsSystemId: ids.acsSystems["salto-ks"], doors: ["Front door"], methods });
      stay("gia", { acsSystemId: ids.acsSystems.visionline, doors: ["Room 102"], methods: ["card"] });
      if (opensShed) {
        new seam.AccessGrant("shed", {
          userIdentityId: pin.userIdentityId,
          requestedAccessMethods: [{ mode: "code" }],
          deviceIds: [ids.devices.shed],
        });
      }
      return { accessMethods: pin.accessMethods };
    };
    const methodsIn = ({ outputs }: { readonly outputs: Record<string, unknown> }) =>
      outputs["accessMethods"] as Method[];

    await withStack({ emulator, program }, async (stack) => {
      const [pin] = methodsIn(await stack.up());
      expect(pin).toMatchObject({ mode: "code", isIssued: true, code: expect.stringMatching(/^\d+$/) });

      emulator.requests.clear();
      assertNoChanges(await stack.up());
      const paths = emulator.requests.all().map(({ path }) => path);
      // The look-ups of the program's doors by name, and nothing about the stay.
      expect(paths.filter((path) => path !== "/acs/entrances/list")).toEqual([]);

      methods = ["code", "mobile_key"];
      const added = await stack.up();
      assertChanges(added, { "gus-access": "updated" });
      const [same, key] = methodsIn(added);
      expect(same).toMatchObject({ code: pin?.code });
      expect(key).toMatchObject({ mode: "mobile_key", instantKeyUrl: expect.stringContaining("https:") });
      const state = await readFile(stack.stateFile, "utf8");
      expect(state).not.toContain(key?.instantKeyUrl);
      expect(state).not.toContain(`"${pin?.code}"`);

      expect(await pulumiSeam(stack, "encode", "gia", "--encoder", "Front desk")).toMatchObject({ code: 0 });

      checkOut = "2035-06-24T11:00:00Z";
      assertChanges(await stack.up(), { "gus-access": "updated", "gia-access": "updated" });
      expect(emulator.accessGrants().map(({ ends_at }) => ends_at)).toEqual(
        Array(2).fill("2035-06-24T11:00:00.000Z"),
      );

      opensShed = true;
      await expect(stack.up()).rejects.toThrow(/device_does_not_support_access_codes.*Shed/);
      opensShed = false;
      await stack.up();
      expect(emulator.accessGrants()).toHaveLength(2);
    });
    expect(emulator.snapshot()).toEqual(before);
  });
});
