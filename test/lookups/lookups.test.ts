import * as pulumi from "@pulumi/pulumi";
import { type DefaultKeys, type Emulator, startEmulator } from "../../emulator";
import * as seam from "../../sdk";

let emulator: Emulator<DefaultKeys>;
let system: string;

beforeAll(async () => {
  emulator = await startEmulator();
  system = emulator.ids.acsSystems["salto-ks"];
  await actAsAnEngine();
});
beforeEach(() => useAccount(emulator.apiKey));
afterAll(() => emulator.close());

function useAccount(apiKey: string | undefined): void {
  const key = apiKey === undefined ? {} : { "project:a": "b", "seam:apiKey": apiKey };
  pulumi.runtime.setAllConfig({ "seam:endpoint": emulator.url, ...key }, ["seam:apiKey"]);
}

/** Registers resources as Pulumi's mocks do, but leaves look-ups to Seam, as the engine does. */
async function actAsAnEngine(): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: () => ({ id: "id", state: {} }),
    call: () => {
      throw new Error("A look-up asked the mocks.");
    },
  });
  const monitor = new Proxy(pulumi.runtime.getMonitor() as object, {
    has: (target, name) => name !== "mocks" && name in target,
  });
  pulumi.runtime.setMockOptions(monitor);
}

const messageOf = (found: Promise<unknown>) =>
  found.then(
    () => "nothing was thrown",
    (error: Error) => `${error.name}: ${error.message}`,
  );

function plainOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

describe("a look-up", () => {
  it("finds each kind of object by its id and by its names", async () => {
    const { ids } = emulator;
    const entrance = ids.acsEntrances["salto-ks/front-door"];
    const group = ids.acsAccessGroups["salto-ks/staff"];
    const user = ids.acsUsers["salto-ks/ada"];
    const ada = ids.userIdentities.ada;
    const found = await Promise.all([
      seam.getAcsSystem({ acsSystemId: system }),
      seam.getAcsSystem({ name: "Salto ks property" }),
      seam.getAcsEntrance({ acsEntranceId: entrance }),
      seam.getAcsEntrance({ displayName: "Front door", acsSystemId: system }),
      seam.getAcsAccessGroup({ acsAccessGroupId: group }),
      seam.getAcsAccessGroup({ name: "Staff", acsSystemId: system }),
      seam.getAcsUser({ acsUserId: user }),
      seam.getUserIdentity({ userIdentityId: ada }),
      seam.getUserIdentity({ emailAddress: "Ada@Example.com" }),
      seam.getUserIdentity({ phoneNumber: "+1 555-010-0001" }),
    ]);
    expect(found).toMatchObject([
      { acsSystemId: system, externalType: "salto_ks_site" },
      { acsSystemId: system },
      { acsEntranceId: entrance, acsSystemId: system, errors: [], warnings: [] },
      { acsEntranceId: entrance },
      { acsAccessGroupId: group },
      { acsAccessGroupId: group },
      { acsUserId: user, acsSystemId: system, userIdentityId: ada },
      { userIdentityId: ada, fullName: "Ada Example" },
      { userIdentityId: ada },
      { userIdentityId: ada },
    ]);
    expect(JSON.stringify(found)).not.toContain("null");
  });

  it("finds a user by name or e-mail address within the system, and a person by key", async () => {
    emulator.edit.acsUser(emulator.ids.acsUsers["salto-ks/ben"], {
      full_name: "Ben Example",
      email_address: "ben@example.com",
    });
    emulator.edit.userIdentity(emulator.ids.userIdentities.ben, { user_identity_key: "staff-2" });
    const acsUserId = emulator.ids.acsUsers["salto-ks/ben"];
    const by = (args: seam.GetAcsUserArgs) => seam.getAcsUser({ acsSystemId: system, ...args });
    expect(await by({ fullName: "Ben Example" })).toMatchObject({ acsUserId });
    expect(await by({ emailAddress: "BEN@example.com" })).toMatchObject({ acsUserId });
    expect(await seam.getUserIdentity({ userIdentityKey: "staff-2" })).toMatchObject({
      userIdentityId: emulator.ids.userIdentities.ben,
    });
  });

  it("finds a space by id, key and name, and a device by id and name", async () => {
    const deviceId = emulator.ids.devices["cabin-1"];
    const { displayName } = await seam.getDevice({ deviceId });
    expect(await seam.getDevice({ displayName })).toMatchObject({ deviceId, spaceIds: [], warnings: [] });
    const create = async (body: object) => {
      const response = await fetch(`${emulator.url}/spaces/create`, {
        method: "POST",
        headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return ((await response.json()) as { space: { space_id: string } }).space.space_id;
    };
    const spaceId = await create({ name: "Floor 1", space_key: "floor-1", device_ids: [deviceId] });
    await create({ name: "Floor 10", space_key: "floor-10" });
    const found = await Promise.all([
      seam.getSpace({ spaceId }),
      seam.getSpace({ spaceKey: "floor-1" }),
      seam.getSpace({ name: "Floor 1" }),
      plainOf(seam.getSpaceOutput({ name: pulumi.output("Floor 1") })),
    ]);
    for (const one of found) {
      expect(one).toMatchObject({ spaceId, spaceKey: "floor-1", name: "Floor 1", deviceCount: 1 });
    }
    expect(await plainOf(seam.getDeviceOutput({ displayName }))).toMatchObject({ deviceId });
    expect(await messageOf(seam.getSpace({ spaceKey: "flor-1" }))).toContain('Did you mean "floor-1"');
    expect(await messageOf(seam.getDevice({ displayName: `${displayName}s` }))).toContain(
      `Did you mean "${displayName}"`,
    );
    expect(await messageOf(seam.getSpace({ name: "Floor 1", spaceKey: "floor-1" }))).toContain(
      "Give spaceId, or spaceKey, or name.",
    );
  });

  it("lists a system's entrances in the order asked for, or all by name", async () => {
    const names = async (displayNames?: string[]) =>
      (await seam.getAcsEntrances({ acsSystemId: system, ...(displayNames && { displayNames }) })).map(
        ({ displayName }) => displayName,
      );
    expect(await names(["Office", "Front door"])).toEqual(["Office", "Front door"]);
    expect(await names()).toEqual(["Front door", "Garage", "Office"]);
    expect(await names([])).toEqual([]);
  });

  it("names what is near when there is none, for every name that was asked for", async () => {
    expect(await messageOf(seam.getAcsSystem({ name: "salto-ks propety" }))).toBe(
      'LookUpError: Cannot look up acs_system "salto-ks propety": there is none. Did you mean "Salto ks property", "Salto space property"?',
    );
    const missing = seam.getAcsEntrances({ acsSystemId: system, displayNames: ["Ofice", "Garage", "Roof"] });
    expect(await messageOf(missing)).toBe(
      [
        `LookUpError: Cannot look up acs_entrance "Ofice" in acs_system ${system}: there is none. Did you mean "Office"?`,
        `Cannot look up acs_entrance "Roof" in acs_system ${system}: there is none. There are "Front door", "Garage", "Office".`,
      ].join("\n"),
    );
  });

  it.each([
    ["e-mail address", () => seam.getUserIdentity({ emailAddress: "aada@example.com" })],
    ["phone number", () => seam.getUserIdentity({ phoneNumber: "+15550100009" })],
    ["address in a system", () => seam.getAcsUser({ emailAddress: "aada@example.com", acsSystemId: system })],
    ["name", () => seam.getAcsUser({ fullName: "Ada Exampel", acsSystemId: system })],
  ])("tells nothing of other people when nobody has the %s, but how many there are", async (_, lookUp) => {
    const message = await messageOf(lookUp());
    expect(message).toMatch(/: there is none among the [1-9]\d* that Seam has\./);
    expect(message).not.toMatch(/Did you mean|\bada@|Ada Example\b|555-?010-?0001/);
  });

  it.each([
    ["blanks around a name", "Store ", "Store"],
    ["whether an accent is a character of its own", "Ku\u0308che", "K\u00fcche"],
  ])("minds %s only where two differ in nothing else", async (_, written, named) => {
    const [one, other] = [
      emulator.ids.acsEntrances["visionline/room-101"],
      emulator.ids.acsEntrances["visionline/room-102"],
    ];
    const acsSystemId = emulator.ids.acsSystems["visionline"];
    const find = async (displayName: string) =>
      (await seam.getAcsEntrance({ displayName, acsSystemId })).acsEntranceId;
    emulator.edit.acsEntrance(one, { display_name: written });
    expect(await find(named)).toBe(one);
    emulator.edit.acsEntrance(other, { display_name: named });
    expect([await find(named), await find(written)]).toEqual([other, one]);
  });

  it("refuses a name that several have, with their ids", async () => {
    const twins = ["dan", "eve"].map((key) => emulator.ids.acsUsers[`salto-ks/${key as "dan"}`]);
    for (const id of twins) emulator.edit.acsUser(id, { full_name: "Twin Example" });
    const message = await messageOf(seam.getAcsUser({ fullName: "Twin Example", acsSystemId: system }));
    for (const id of twins) expect(message).toContain(id);
    expect(message).toContain("there are 2 of them");
  });

  it.each([
    ["nothing", () => seam.getAcsSystem({})],
    ["acsSystemId, name", () => seam.getAcsSystem({ acsSystemId: system, name: "x" })],
    ["displayName", () => seam.getAcsEntrance({ displayName: "Office" })],
  ])("says how it can be asked instead of by %s", async (asked, lookUp) => {
    expect(await messageOf(lookUp())).toMatch(
      new RegExp(`^LookUpError: Cannot .* by ${asked}\\. Give .+\\.$`),
    );
  });

  it.each([
    [
      "a number",
      () => seam.getAcsEntrance({ displayName: 101 as never, acsSystemId: system }),
      "displayName",
    ],
    ["null", () => seam.getAcsSystem({ name: null as never }), "name"],
    [
      "a text",
      () => seam.getAcsEntrances({ acsSystemId: system, displayNames: "Garage" as never }),
      "displayNames",
    ],
  ])("names the argument that is %s and may not be", async (_, lookUp, name) => {
    expect(await messageOf(lookUp())).toMatch(
      new RegExp(`^LookUpError: Cannot look up acs_\\w+: ${name} is not a .*in quotation marks\\.$`),
    );
  });

  it("carries Seam's refusal, and a missing setting, in whole sentences", async () => {
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(await messageOf(seam.getAcsUser({ acsUserId: nobody }))).toMatch(
      /^NotFoundError: Cannot look up acs_user 0{8}.* answered 404 acs_user_not_found .*Check the id/,
    );
    useAccount(undefined);
    expect(await messageOf(seam.getAcsUser({ acsUserId: nobody }))).toMatch(/^SettingsError: .*seam:apiKey/);
  });

  it("takes outputs, stays unknown while one of them is, and makes no secret of what it finds", async () => {
    const name = pulumi.output("Front door");
    const door = seam.getAcsEntranceOutput({ displayName: name, acsSystemId: pulumi.output(system) });
    expect((await plainOf(door)).displayName).toBe("Front door");
    expect(await pulumi.isSecret(door)).toBe(false);

    const before = emulator.requests.length;
    const unknown = pulumi.output(pulumi.unknown) as pulumi.Output<string>;
    const later = seam.getAcsEntranceOutput({ displayName: unknown, acsSystemId: system });
    expect(await (later as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
    expect(emulator.requests.length).toBe(before);
  });

  it("asks the account of its provider", async () => {
    useAccount("seam_test1Nobody_wrongKeyXXXXXXXXXXXXXXXX");
    expect(await messageOf(seam.getAcsSystem({ acsSystemId: system }))).toMatch(/^UnauthorizedError/);
    const provider = new seam.Provider("annex", {
      apiKey: pulumi.secret(emulator.apiKey),
      endpoint: emulator.url,
    });
    const found = await seam.getAcsSystem({ acsSystemId: system }, { provider });
    expect(found.acsSystemId).toBe(system);
    const output = seam.getAcsSystemOutput({ acsSystemId: system }, { provider });
    expect((await plainOf(output)).acsSystemId).toBe(system);
    expect(await pulumi.isSecret(output)).toBe(false);
    const parent = new pulumi.ComponentResource("test:index:House", "house", {}, { providers: [provider] });
    expect((await seam.getAcsSystem({ acsSystemId: system }, { parent })).acsSystemId).toBe(system);
  });

  it("says so where its provider's settings are not known yet", async () => {
    const provider = new seam.Provider("later", {
      apiKey: pulumi.output(pulumi.unknown) as pulumi.Output<string>,
    });
    expect(await messageOf(seam.getAcsSystem({ acsSystemId: system }, { provider }))).toContain(
      "…Output form",
    );
    const output = seam.getAcsSystemOutput({ acsSystemId: system }, { provider });
    expect(await (output as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
  });
});

describe("importing pulumi-seam", () => {
  it("loads neither zod nor undici before the first look-up", () => {
    const loaded = require("node:child_process").execFileSync(
      process.execPath,
      ["-e", 'require("pulumi-seam"); console.log(Object.keys(require.cache).join("\\n"))'],
      { cwd: `${__dirname}/../..`, encoding: "utf8" },
    );
    expect(loaded).toMatch(/@pulumi.pulumi/);
    expect(loaded).not.toMatch(/node_modules.(zod|undici)\b/);
  });
});
