import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import { AccessGrant, AcsCredential, AcsUser, UserIdentity } from "../../provider";
import type { DynamicProvider } from "../../provider/engine/dynamic";
import { createClient, type SeamClient } from "../../provider/http/client";
import { Run } from "../../provider/lifecycle/run";

type Properties = Record<string, unknown>;

const endsAt = "2036-01-01T12:34:56.789Z";
const later = "2037-01-01T12:34:56.789Z";

const KINDS: readonly [
  string,
  DynamicProvider,
  (ids: Emulator<DefaultKeys>["ids"]) => Properties,
  Properties,
][] = [
  [
    "an AcsCredential's end",
    AcsCredential,
    ({ acsUsers }) => ({ accessMethod: "code", acsUserId: acsUsers["brivo/ada"], code: "471147", endsAt }),
    { endsAt: later },
  ],
  [
    "an AcsUser's name and times",
    AcsUser,
    ({ acsSystems }) => ({
      acsSystemId: acsSystems["salto-ks"],
      // A letter and its accent, which some systems write as one letter.
      fullName: " Jose\u0301 Example ",
      accessSchedule: { startsAt: "2030-01-01T12:34:56.789Z", endsAt },
    }),
    {
      fullName: "Jose\u0301 E. Example ",
      accessSchedule: { startsAt: "2030-01-01T12:34:56.789Z", endsAt: later },
    },
  ],
  [
    "a UserIdentity's name",
    UserIdentity,
    () => ({ fullName: "Jose\u0301 Example ", emailAddress: "jose@example.com" }),
    { fullName: "Jose\u0301 E. Example" },
  ],
  [
    "an AccessGrant's name and times",
    AccessGrant,
    ({ userIdentities, acsEntrances }) => ({
      userIdentityId: userIdentities.ada,
      requestedAccessMethods: [{ mode: "code" }],
      acsEntranceIds: [acsEntrances["salto-ks/front-door"]],
      name: "Stay of Jose\u0301 ",
      startsAt: "2030-01-01T12:34:56.789Z",
      endsAt,
    }),
    { name: "Long stay of Jose\u0301", endsAt: later },
  ],
];

describe.each(["second", "minute"] as const)(
  "a lock system that writes times to the %s and names its own way",
  (unit) => {
    let emulator: Emulator<DefaultKeys>;
    let seam: SeamClient;

    beforeAll(async () => {
      emulator = await startEmulator({ writesTimes: unit, writesNames: "trimmed-nfc" });
      seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
    });
    afterAll(async () => {
      await seam.close();
      await emulator.close();
    });

    it.each(KINDS)("has taken %s as declared", async (_, { lifecycle }, inputsOf, change) => {
      const run = new Run();
      const inputs = inputsOf(emulator.ids);
      const { id, outputs } = await lifecycle.create(seam, inputs, run);
      expect(lifecycle.diff(outputs, inputs).changed).toBe(false);
      const observed = await lifecycle.read(seam, id, outputs, run);
      expect(observed?.inputs).toEqual(inputs);

      const news = { ...inputs, ...change };
      expect(lifecycle.diff(outputs, news)).toMatchObject({ changed: true, replaces: [] });
      const updated = await lifecycle.update(seam, id, outputs, news, run);
      expect(lifecycle.diff(updated, news).changed).toBe(false);
    });
  },
);

describe("a lock system that writes another day", () => {
  it("has not taken what was declared", async () => {
    const emulator = await startEmulator();
    const seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
    const { lifecycle } = AcsCredential;
    const inputs = {
      accessMethod: "code",
      acsUserId: emulator.ids.acsUsers["brivo/ada"],
      code: "471147",
      endsAt,
    };
    const { id, outputs } = await lifecycle.create(seam, inputs, new Run());
    emulator.edit.acsCredential(id, { ends_at: "2036-01-02T12:34:00.000Z" });
    const observed = await lifecycle.read(seam, id, outputs, new Run());
    expect(observed?.inputs["endsAt"]).toBe("2036-01-02T12:34:00.000Z");
    await seam.close();
    await emulator.close();
  });
});
