import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertChanges, assertNoChanges, type Emulator, startEmulator, withStack } from "../../sdk/testing";

const EXAMPLE = join(__dirname, "../../examples/property-rollout");

/** The compiler has judged the examples already. */
const QUICK = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

describe("examples/property-rollout", () => {
  let emulator: Emulator;
  let folder: string;

  beforeEach(async () => {
    emulator = await startEmulator({ seed: join(EXAMPLE, "seed.json") });
    folder = await mkdtemp(join(tmpdir(), "pulumi-seam-rollout-"));
  });
  afterEach(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("rolls out, and sends only what each change needs", async () => {
    const before = emulator.snapshot();
    const file = join(folder, "roster.yaml");
    const roster = await readFile(join(EXAMPLE, "roster.yaml"), "utf8");
    await writeFile(file, roster);
    const places = join(folder, "property.json");
    const property = await readFile(join(EXAMPLE, "property.json"), "utf8");
    await writeFile(places, property);
    const config = { "property-rollout:roster": file, "property-rollout:property": places };
    await withStack({ emulator, workDir: EXAMPLE, config, env: QUICK }, async (stack) => {
      const requestsOf = async (act: () => Promise<unknown>) => {
        emulator.requests.clear();
        await act();
        return emulator.requests.counts();
      };
      // The names of doors and system are asked for in every run, and what doors the stays' four spaces have.
      const looking = { "/acs/systems/list": 1, "/acs/entrances/list": 1, "/spaces/get_related": 4 };
      // Before its first change a run makes sure, once, whose key it has.
      const sure = { "/workspaces/get": 1 };

      const rollout = await requestsOf(async () => expect((await stack.up()).outputs["people"]).toBe(40));
      // Of grants that are made at the same time, what hangs on them is read by one request.
      expect(rollout["/access_grants/get_related"]).toBeLessThanOrEqual(3);
      expect(rollout).toEqual({
        ...looking,
        ...sure,
        // What was made is looked at, too.
        "/spaces/get_related": expect.any(Number),
        "/spaces/create": 7,
        "/acs/users/create": 40,
        "/acs/credentials/create": 40,
        "/user_identities/create": 3,
        "/access_grants/create": 3,
        "/access_grants/get_related": expect.any(Number),
      });
      expect(emulator.credentials().filter(({ access_method }) => access_method === "card")).toHaveLength(43);

      expect(await requestsOf(async () => assertNoChanges(await stack.up()))).toEqual(looking);

      await writeFile(places, property.replace('"Gym"', '"Gym", "Office"'));
      expect(
        await requestsOf(async () => assertChanges(await stack.up(), { "guest-areas": "updated" })),
      ).toEqual({ ...looking, ...sure, "/spaces/get_related": 5, "/spaces/update": 1, "/spaces/get": 1 });
      const office = emulator.ids.acsEntrances["harbour-house/office"] as string;
      const guests = emulator
        .credentials()
        .filter(({ acs_user_id }) =>
          emulator.users().some((user) => user.acs_user_id === acs_user_id && user.user_identity_id),
        );
      expect(guests.map((card) => card.allowed_acs_entrance_ids.includes(office))).toEqual([
        true,
        true,
        true,
      ]);

      await writeFile(file, roster.replace(/.*Sue Example.*\n/, ""));
      expect(
        await requestsOf(async () =>
          assertChanges(await stack.up(), {
            "staff-roster": "updated",
            "staff-s119": "deleted",
            "staff-s119-card": "deleted",
          }),
        ),
      ).toEqual({
        ...looking,
        ...sure,
        // Do the grants that the program declares hang on the person's identity?
        "/acs/users/get": 1,
        "/acs/users/delete": 1,
        "/acs/credentials/delete": 1,
      });

      const moved = (await readFile(file, "utf8")).replace(/(.*Una Example.*)kitchen/, "$1front-desk");
      await writeFile(file, moved);
      expect(
        await requestsOf(async () => assertChanges(await stack.up(), { "staff-s121-card": "replaced" })),
      ).toEqual({ ...looking, ...sure, "/acs/credentials/create": 1, "/acs/credentials/delete": 1 });

      await writeFile(
        file,
        moved.replace("[Lobby, Staff entrance, Office, Gym]", "[Lobby, Staff entrance, Office]"),
      );
      const changed = Object.fromEntries(
        ["s121", "s133", "s134", "s135", "s136", "s137", "s138", "s139", "s140"].map((key) => [
          `staff-${key}-card`,
          "replaced" as const,
        ]),
      );
      expect(await requestsOf(async () => assertChanges(await stack.up(), changed))).toEqual({
        ...looking,
        ...sure,
        "/acs/credentials/create": 9,
        "/acs/credentials/delete": 9,
      });

      expect(await requestsOf(() => stack.destroy())).toEqual({
        ...sure,
        "/user_identities/get": 3,
        "/acs/users/delete": 39,
        "/acs/credentials/delete": 39,
        "/access_grants/delete": 3,
        "/spaces/delete": 7,
        "/user_identities/delete": 3,
      });
    });
    expect(emulator.snapshot()).toEqual(before);
  });
});
