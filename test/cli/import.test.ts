import { type ImportedCredential, type LeftOut, toResource } from "../../cli/import/credential";
import { importFile, programText } from "../../cli/import/files";
import { namesOf } from "../../cli/import/names";
import { readWorkspace, type Selection } from "../../cli/import/workspace";
import { createClient, type SeamClient } from "../../provider/http/client";
import { type DefaultKeys, type Emulator, startEmulator } from "../../sdk/testing/index";

describe("import", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;

  beforeEach(async () => {
    emulator = await startEmulator();
    seam = createClient({ endpoint: emulator.url, token: emulator.apiKey });
  });
  afterEach(async () => {
    await seam.close();
    await emulator.close();
  });

  it("declares the doors of a credential, but not those that its user's access groups open", async () => {
    const { acsUsers, acsEntrances, acsAccessGroups } = emulator.ids;
    await call("/acs/access_groups/add_user", {
      acs_access_group_id: acsAccessGroups["salto-ks/staff"],
      acs_user_id: acsUsers["salto-ks/ada"],
    });
    await make({ acs_user_id: acsUsers["salto-ks/ada"], ends_at: "2031-01-01T00:00:00Z" });
    await make({
      acs_user_id: acsUsers["latch/ben"],
      allowed_acs_entrance_ids: [acsEntrances["latch/front-door"]],
    });
    const inputs = (await resources()).map((resource) => resource.inputs);
    expect(inputs).toEqual([
      { accessMethod: "code", acsUserId: acsUsers["salto-ks/ada"], endsAt: "2031-01-01T00:00:00.000Z" },
      {
        accessMethod: "code",
        acsUserId: acsUsers["latch/ben"],
        allowedAcsEntranceIds: [acsEntrances["latch/front-door"]],
      },
    ]);
  });

  it("takes only what is selected, and helps with a name that is not there", async () => {
    const { acsUsers, acsEntrances } = emulator.ids;
    const doors = [acsEntrances["visionline/room-101"]];
    const room = {
      access_method: "card",
      acs_user_id: acsUsers["visionline/ada"],
      allowed_acs_entrance_ids: doors,
    };
    const ids = [await make({ acs_user_id: acsUsers["salto-ks/ada"] }), await make(room)];
    await make({ acs_user_id: acsUsers["salto-ks/ben"] });
    const taken = async (selection: Selection) => (await resources(selection)).map(({ id }) => id);
    expect(await taken({ system: "Visionline property" })).toEqual([ids[1]]);
    expect(await taken({ entrance: doors[0] as string })).toEqual([ids[1]]);
    expect(await taken({ system: "Salto ks property", user: "Ada Example" })).toEqual([ids[0]]);
    await expect(resources({ user: "Ada Example" })).rejects.toThrow("Give the id of one");
    await expect(resources({ system: "Visonline property" })).rejects.toThrow(
      'Did you mean "Visionline property"',
    );
  });

  it("finds a user by e-mail address in any case, and tells nobody else's address", async () => {
    const id = await make({ acs_user_id: emulator.ids.acsUsers["salto-ks/ada"] });
    const of = async (user: string) =>
      (await resources({ system: "Salto ks property", user })).map((one) => one.id);
    expect(await of("ADA@example.com")).toEqual([id]);
    await expect(of("adda@example.com")).rejects.toThrow(
      /there is none among the \d+ that Seam has\. [^@]*$/,
    );
  });

  it("leaves out a credential that is deleted while it reads", async () => {
    const acs_user_id = emulator.ids.acsUsers["salto-ks/ada"];
    const ids = [await make({ acs_user_id }), await make({ acs_user_id })];
    emulator.faults.add({
      route: "/acs/credentials/list_accessible_entrances",
      call: 1,
      fault: "answer",
      status: 404,
      body: { error: { type: "acs_credential_not_found", message: "Credential not found" } },
    });
    expect(ids).toContain((await resources({})).map(({ id }) => id).join());
  });

  it("leaves out what is over, and what is a part of another credential", async () => {
    const acs_user_id = emulator.ids.acsUsers["salto-ks/ada"];
    const over = await make({ acs_user_id, ends_at: new Date(Date.now() + 60_000).toISOString() });
    const copy = await make({ acs_user_id });
    emulator.edit.acsCredential(copy, { parent_acs_credential_id: over });
    const judged = await judge({}, new Date(Date.now() + 120_000));
    expect(judged).toMatchObject([
      { id: over, isProblem: false, reason: expect.stringContaining("it ended") },
      { id: copy, isProblem: false, reason: expect.stringContaining("copy") },
    ]);
  });

  it("says what cannot be declared, such as a mobile key that is no multi-phone credential", async () => {
    const id = await make({
      access_method: "mobile_key",
      acs_user_id: emulator.ids.acsUsers["salto-ks/ada"],
    });
    expect(await judge({})).toMatchObject([
      { id, isProblem: true, reason: expect.stringContaining("isMultiPhoneSyncCredential") },
    ]);
  });

  it("keeps a PIN as a secret of the import file, and out of the program", async () => {
    await make({ acs_user_id: emulator.ids.acsUsers["salto-ks/ada"], code: "471147" });
    const taken = await resources();
    const names = namesOf(taken);
    const { resources: entries } = JSON.parse(importFile(taken, names));
    expect(entries[0].inputs.code).toBeUndefined();
    expect(entries[0].outputs.code).toEqual({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: '"471147"',
    });
    expect(programText(taken, names, new Map())).not.toContain("471147");
  });

  it("names resources after their users, the same whatever else there is", () => {
    const first = { id: "7f3c12aa-0000", label: "asa-code" };
    const alike = { id: "7f3c12bb-0000", label: "asa-code" };
    expect(namesOf([first])).toEqual(new Map([[first.id, "asa-code-7f3c12"]]));
    expect(new Set(namesOf([first, alike]).values()).size).toBe(2);
  });

  it("names somebody in a resource name without accents and signs, and in a comment as they are called", async () => {
    const user = emulator.ids.acsUsers["salto-ks/ada"];
    emulator.edit.acsUser(user, { full_name: "Åsa\nÖberg & Söhne" });
    const id = await make({ acs_user_id: user });
    const taken = await resources();
    const names = namesOf(taken);
    expect(names.get(id)).toBe(`asa-oberg-sohne-code-${id.slice(0, 6)}`);
    expect(programText(taken, names, new Map())).toContain(`"${user}", // Åsa Öberg & Söhne`);
  });

  async function resources(selection: Selection = {}): Promise<ImportedCredential[]> {
    return (await judge(selection)).filter((one): one is ImportedCredential => "inputs" in one);
  }

  async function judge(selection: Selection, now = new Date()): Promise<(ImportedCredential | LeftOut)[]> {
    const { credentials } = await readWorkspace(seam, selection);
    return credentials.map((live) => toResource(live, now));
  }

  async function make(body: Record<string, unknown>): Promise<string> {
    const reply = await call("/acs/credentials/create", { access_method: "code", ...body });
    return (reply["acs_credential"] as { acs_credential_id: string }).acs_credential_id;
  }

  async function call(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    return (await seam.call({ path, body, effect: "update", action: "make by hand" })).json;
  }
});
