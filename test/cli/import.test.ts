import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { importFile } from "../../cli/import/files";
import { type ImportPlan, readAndJudge } from "../../cli/import/judge";
import { ALL_KINDS, type Kind, kindsIn } from "../../cli/import/kinds";
import { namesOf } from "../../cli/import/names";
import { programFiles } from "../../cli/import/program";
import { type ImportedResource, isImported, type Judged } from "../../cli/import/resource";
import { type Selection, titlesOf } from "../../cli/import/selection";
import { idsHeldBy } from "../../cli/stack-state";
import { createClient, type SeamClient } from "../../provider/http/client";
import { type Reader, readerOf } from "../../report/reading/reader";
import { type DefaultKeys, type Emulator, type Seed, startEmulator } from "../../sdk/testing/index";

const REFUSED = { error: { type: "invalid_input", message: "Not now" } };

/** A person and a grant that Seam knows of and does not manage. */
const UNMANAGED: Seed = {
  workspaces: [
    {
      key: "main",
      user_identities: [{ key: "zoe", full_name: "Zoe Example", is_managed: false }],
      acs_systems: [{ key: "tower", kind: "brivo", entrances: [{ key: "front-door" }] }],
      access_grants: [
        { key: "found", user_identity: "zoe", entrances: ["tower/front-door"], is_managed: false },
      ],
    },
  ],
};

const only = (...kinds: Kind[]): Selection => ({ kinds: new Set(kinds) });
const CREDENTIALS = only("credentials");

describe("import", () => {
  let emulator: Emulator<DefaultKeys>;
  let seam: SeamClient;
  let reader: Reader;

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
    emulator.edit.acsUser(emulator.ids.acsUsers["salto-ks/ada"], { email_address: undefined });
    expect(await of("ada@example.com")).toEqual([id]);
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
    const judged = await judge(CREDENTIALS, { now: new Date(Date.now() + 120_000) });
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
    expect(await judge(CREDENTIALS)).toMatchObject([
      { id, isProblem: true, reason: expect.stringContaining("isMultiPhoneSyncCredential") },
    ]);
  });

  it("keeps a PIN as a secret of the import file, and out of the program", async () => {
    await make({ acs_user_id: emulator.ids.acsUsers["salto-ks/ada"], code: "471147" });
    const taken = await resources();
    const names = namesOf(taken);
    const { resources: entries } = JSON.parse([...importFile(taken, names)].join(""));
    expect(entries[0].inputs.code).toBeUndefined();
    expect(entries[0].outputs.code).toEqual({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: '"471147"',
    });
    expect(await program(CREDENTIALS)).not.toContain("471147");
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
    expect(await program(CREDENTIALS)).toContain(`"${user}", // Åsa Öberg & Söhne`);
  });

  it("takes every kind, refers from one resource to the other, and looks places up by their names", async () => {
    const { entrance, group } = await officeByHand();
    const text = await program({ system: "Brivo property", user: "Ada Example" });
    // What was made by hand has another id in every run.
    const alike = text.replace(/(grant|code)-\w{6}"/g, '$1-123456"');
    expect(alike).toBe(await readFile(join(__dirname, "imported-program.ts"), "utf8"));
    expect(text).not.toContain(entrance);
    expect(text).not.toContain(group);
  });

  it("writes a long program as a file for each kind, which imports the others that it refers to", async () => {
    await officeByHand();
    const text = await program({ system: "Brivo property", user: "Ada Example" }, 3);
    const files = text.split(/^\/\/ (?=\w+\.ts$)/m).filter((file) => file !== "");
    expect(files.map((file) => file.slice(0, file.indexOf(".")))).toEqual([
      "places",
      "identities",
      "users",
      "memberships",
      "grants",
      "credentials",
    ]);
    const credentials = files.at(-1);
    expect(credentials).toContain('import * as users from "./users";');
    expect(credentials).toMatch(/acsUserId: users\.adaExampleUser\w{6}\.acsUserId/);
    expect(files[4]).toContain("acsEntranceIds: [places.frontDoorEntrance.acsEntranceId]");
    expect(files[2]).toMatch(/^export const adaExampleUser/m);
  });

  it("names a place by its id where its name is another's too, with the name beside it", async () => {
    const { acsEntrances, acsUsers } = emulator.ids;
    emulator.edit.acsEntrance(acsEntrances["latch/apartment-1"], { display_name: "Front door" });
    await make({
      acs_user_id: acsUsers["latch/ben"],
      allowed_acs_entrance_ids: [acsEntrances["latch/front-door"]],
    });
    expect(await program(CREDENTIALS)).toContain(
      `"${acsEntrances["latch/front-door"]}", // Front door, Latch property`,
    );
  });

  it("gives every place a constant of its own, be the names but for a dot the same", async () => {
    const { acsEntrances, acsUsers } = emulator.ids;
    const doors = [acsEntrances["brivo/front-door"], acsEntrances["brivo/warehouse"]] as const;
    emulator.edit.acsEntrance(doors[0], { display_name: "Room 1.1" });
    emulator.edit.acsEntrance(doors[1], { display_name: "Room 11" });
    await make({ acs_user_id: acsUsers["brivo/ben"], allowed_acs_entrance_ids: doors });
    const text = await program(CREDENTIALS);
    const constants = [...text.matchAll(/^const (\w+) =/gm)].map(([, name]) => name);
    expect(constants).toHaveLength(3);
    expect(new Set(constants).size).toBe(3);
  });

  it("names a group by its id where another has its name, though the selected user is in one of them only", async () => {
    const { acsAccessGroups, acsUsers } = emulator.ids;
    const [group, other] = [acsAccessGroups["salto-ks/staff"], acsAccessGroups["salto-ks/residents"]];
    emulator.edit.acsAccessGroup(other, { name: "Staff" });
    emulator.edit.addToAccessGroup(group, acsUsers["salto-ks/ada"]);
    const text = await program({ system: "Salto ks property", user: "Ada Example", ...only("memberships") });
    expect(text).toContain(`acsAccessGroupId: "${group}", // Staff, Salto ks property`);
    expect(text.match(/new seam\./g)).toHaveLength(1);
  });

  it("writes marks that turn the direction of writing as escapes, and none into comments", async () => {
    const [user, mark] = [emulator.ids.acsUsers["salto-ks/ada"], "\u202e"];
    emulator.edit.acsUser(user, { full_name: `Ada ${mark}; nimda` });
    await make({ acs_user_id: user });
    const text = await program({ system: "Salto ks property", ...only("users", "credentials") });
    expect(text).toContain('fullName: "Ada \\u202e; nimda"');
    expect(await program(CREDENTIALS)).toContain(`"${user}", // Ada  ; nimda`);
    expect(text).not.toContain(mark);
  });

  it("leaves to a grant what Seam made for it, and takes the user that was there before", async () => {
    const { acsEntrances, userIdentities } = emulator.ids;
    const grant = (person: object) =>
      call("/access_grants/create", {
        ...person,
        requested_access_methods: [{ mode: "code" }],
        acs_entrance_ids: [acsEntrances["brivo/front-door"]],
      });
    await grant({ user_identity_id: userIdentities["ada"] });
    await grant({ user_identity: { full_name: "Gail Guest" } });
    const judged = await judge({ system: "Brivo property", ...only("users", "grants", "credentials") });
    const left = judged.filter((one) => !isImported(one));
    expect(left.map(({ kind }) => kind).sort()).toEqual(["credentials", "credentials", "users"]);
    for (const one of left)
      expect(one).toMatchObject({ isProblem: false, reason: expect.stringMatching(/access grant/) });
    expect(titles(judged, "grants")).toEqual(["Ada Example", "Gail Guest"]);
    expect(titles(judged, "users")).toContain("Ada Example");
    expect(titles(judged, "users")).not.toContain("Gail Guest");
  });

  it("tells which doors each of several grants has, without those of their spaces, at a few requests", async () => {
    const { acsEntrances, userIdentities } = emulator.ids;
    const doors = [acsEntrances["brivo/front-door"], acsEntrances["brivo/warehouse"]];
    const space = await call("/spaces/create", { name: "Ground floor", acs_entrance_ids: [doors[0]] });
    const { space_id } = space["space"] as { space_id: string };
    const people = ["ada", "ben", "cleo", "dan", "eve", "finn"] as const;
    for (const [at, person] of people.entries()) {
      await call("/access_grants/create", {
        user_identity_id: userIdentities[person],
        requested_access_methods: [{ mode: "code" }],
        ...(at === 0 ? { space_ids: [space_id], acs_entrance_ids: [doors[1]] } : {}),
        ...(at > 0 && { acs_entrance_ids: at % 2 ? [doors[0]] : doors }),
      });
    }
    const judged = await judge(only("grants"));
    const inputs = judged.filter(isImported).map((one) => one.inputs);
    const of = (at: number) =>
      inputs.find(({ userIdentityId }) => userIdentityId === userIdentities[people[at] ?? "ada"]);
    expect(of(0)).toMatchObject({ spaceIds: [space_id], acsEntranceIds: [doors[1]] });
    expect(of(1)?.["acsEntranceIds"]).toEqual([doors[0]]);
    expect(of(2)?.["acsEntranceIds"]).toEqual([...doors].sort());
    // Lists, one answer about all grants, one list of grants for each door.
    expect(reader.requests()).toBe(7 + 1 + doors.length);
  });

  it("takes a membership for a grant's only where that grant uses the group, and not another one read with it", async () => {
    const { acsEntrances, acsAccessGroups, acsUsers, userIdentities } = emulator.ids;
    const group = acsAccessGroups["brivo/staff"];
    const ids: unknown[] = [];
    for (const person of ["ada", "ben"] as const) {
      emulator.edit.addToAccessGroup(group, acsUsers[`brivo/${person}`]);
      const made = await call("/access_grants/create", {
        user_identity_id: userIdentities[person],
        requested_access_methods: [{ mode: "code" }],
        acs_entrance_ids: [acsEntrances["brivo/front-door"]],
      });
      ids.push((made["access_grant"] as { access_grant_id: string }).access_grant_id);
    }
    const route = "/access_grants/get_related";
    const withGroup = async (...access_grant_ids: unknown[]) => {
      const { batch } = await call(route, { access_grant_ids });
      return {
        batch: { ...(batch as object), acs_access_groups: [{ acs_access_group_id: group }] },
        ok: true,
      };
    };
    // Together they have the group; of the two, the one that is asked about first alone has it.
    const answers = [await withGroup(...ids), await withGroup(ids[0])];
    for (const [at, body] of answers.entries())
      emulator.faults.add({ route, call: at + 1, fault: "answer", status: 200, body });
    const judged = await judge({ system: "Brivo property", ...only("memberships") });
    expect(judged.map(isImported).sort()).toEqual([false, true]);
  });

  it("keeps PIN and link of a grant as a secret of the import file", async () => {
    const { acsEntrances, userIdentities } = emulator.ids;
    await call("/access_grants/create", {
      user_identity_id: userIdentities["ada"],
      requested_access_methods: [{ mode: "code", code: "471147" }],
      acs_entrance_ids: [acsEntrances["brivo/front-door"]],
    });
    const taken = await resources(only("grants"));
    const file = JSON.parse([...importFile(taken, namesOf(taken))].join(""));
    const { accessMethods, ...outputs } = file.resources[0].outputs;
    expect(JSON.parse(accessMethods.plaintext)[0].code).toBe("471147");
    expect(JSON.stringify([outputs, file.resources[0].inputs])).not.toContain("471147");
    expect(await program(only("grants"))).not.toContain("471147");
  });

  it("takes nothing that a stack has, be it the membership that a user's resource declares", async () => {
    const { acsUsers, acsAccessGroups } = emulator.ids;
    const [user, group] = [acsUsers["brivo/ada"], acsAccessGroups["brivo/staff"]];
    emulator.edit.addToAccessGroup(group, user);
    emulator.edit.addToAccessGroup(group, acsUsers["brivo/ben"]);
    const resource = { urn: "urn", type: "AcsUser", id: user, inputs: { acsAccessGroupIds: [group] } };
    const owned = new Map(idsHeldBy([resource]).map((id) => [id, "another stack"]));
    const selection = { system: "Brivo property", ...only("users", "memberships") };
    const judged = await judge(selection, { owned });
    const left = judged.filter((one) => !isImported(one));
    expect(left).toMatchObject([
      { kind: "users", id: user, reason: "another stack has it already" },
      { kind: "memberships", id: `${group}/${user}`, reason: "another stack has it already" },
    ]);
    expect(judged.filter(isImported).map(({ id }) => id)).toContain(`${group}/${acsUsers["brivo/ben"]}`);
  });

  it("takes nobody whom a stack has by the id from before a merge", async () => {
    const { ada, ben } = emulator.ids.userIdentities;
    await call("/user_identities/merge", { user_identity_id: ben, merged_user_identity_ids: [ada] });
    const [user, group] = [emulator.ids.acsUsers["brivo/ben"], emulator.ids.acsAccessGroups["brivo/staff"]];
    emulator.edit.addToAccessGroup(group, user);
    const owned = new Map([ada, `${group}/${ada}`].map((id) => [id, "another stack"]));
    for (const selection of [only("identities", "memberships"), only("memberships")]) {
      const left = (await judge(selection, { owned })).filter((one) => !isImported(one));
      const ids = left.map(({ id }) => id);
      expect(ids).toEqual(
        selection.kinds?.has("identities") ? [ben, `${group}/${user}`] : [`${group}/${user}`],
      );
    }
  });

  it("takes no user whom the access system has lost", async () => {
    const id = emulator.ids.acsUsers["brivo/ada"];
    emulator.edit.acsUser(id, { errors: [{ error_code: "deleted_externally", message: "Gone" }] });
    const judged = await judge({ system: "Brivo property", ...only("users") });
    expect(judged.find((one) => one.id === id)).toMatchObject({
      isProblem: true,
      reason: "the access system does not have it any more",
    });
  });

  it("takes the user of somebody with a grant who has nothing through it: nobody knows that it is the grant's", async () => {
    const { acsSystems, acsEntrances, userIdentities } = emulator.ids;
    await call("/access_grants/create", {
      user_identity_id: userIdentities["ada"],
      requested_access_methods: [{ mode: "code" }],
      acs_entrance_ids: [acsEntrances["brivo/front-door"]],
    });
    const body = { acs_system_id: acsSystems["latch"], full_name: "Ada Later" };
    const { acs_user } = await call("/acs/users/create", {
      ...body,
      user_identity_id: userIdentities["ada"],
    });
    const { acs_user_id } = acs_user as { acs_user_id: string };
    const judged = await judge(only("users"));
    expect(judged.find(({ id }) => id === acs_user_id)).toMatchObject({ kind: "users", title: "Ada Later" });
  });

  it("declares no space whose doors cannot be read", async () => {
    await call("/spaces/create", { name: "Ground floor" });
    emulator.faults.add({ route: "/spaces/get_related", fault: "answer", status: 400, body: REFUSED });
    expect(await judge(only("spaces"))).toMatchObject([
      { isProblem: true, reason: "its doors could not be read" },
    ]);
    expect(reader.unread()).toHaveLength(1);
  });

  it("tells nobody to look at a PIN that the lock system has not given yet", async () => {
    const id = await make({ acs_user_id: emulator.ids.acsUsers["brivo/ada"] });
    expect(emulator.credentials().map(({ code }) => code)).toEqual([null]);
    const [taken] = await resources();
    expect(taken).toMatchObject({ id, outputs: { __sought: true } });
    expect(taken?.note).toBeUndefined();
  });

  it("takes no card that goes on beside the credential in its place", () => {
    const outputs = { __formerCards: [{ acsCredentialId: "former" }] };
    expect(idsHeldBy([{ urn: "urn", type: "AcsCredential", id: "present", outputs }])).toEqual([
      "present",
      "former",
    ]);
  });

  it("lists what Seam does not manage, and takes it when it is told to manage it", async () => {
    const other = await startEmulator({ seed: UNMANAGED });
    const client = createClient({ endpoint: other.url, token: other.apiKey });
    const read = async (manages: boolean, selection: Selection = {}) => {
      const plan = { selection, owned: new Map(), manages, now: new Date() };
      return (await readAndJudge(client, readerOf(client), plan)).judged;
    };
    const listed = await read(false);
    expect(listed.some(isImported)).toBe(false);
    expect(listed.map((one) => `${one.kind} ${"reason" in one && one.reason}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^identities .*--manage/),
        expect.stringMatching(/^grants .*--manage/),
        expect.stringMatching(/^users .*--manage/),
        expect.stringMatching(/^credentials .*--manage/),
      ]),
    );
    // What is only read to know whose a credential is stays as it is.
    expect(await read(true, CREDENTIALS)).toMatchObject([
      { kind: "credentials", isProblem: true, reason: expect.stringContaining("--manage") },
    ]);
    expect(other.requests.count("/access_grants/unmanaged/update")).toBe(0);
    const taken = (await read(true)).filter(isImported);
    expect(taken.map(({ kind }) => kind)).toEqual(["identities", "grants"]);
    await client.close();
    await other.close();
  });

  it("goes on without what cannot be read, and declares no credential whose doors are not known", async () => {
    const { acsUsers } = emulator.ids;
    const known = await make({ acs_user_id: acsUsers["brivo/ada"] });
    const unsure = await make({
      acs_user_id: acsUsers["latch/ben"],
      allowed_acs_entrance_ids: [emulator.ids.acsEntrances["latch/front-door"]],
    });
    const route = "/acs/credentials/list_accessible_entrances";
    emulator.faults.add({ route, call: 2, fault: "answer", status: 400, body: REFUSED });
    const judged = await judge(CREDENTIALS);
    expect(judged.filter(isImported).map(({ id }) => id)).toEqual([known]);
    expect(judged.filter((one) => !isImported(one))).toMatchObject([
      { id: unsure, isProblem: true, reason: expect.stringMatching(/doors could not be read/) },
    ]);
    expect(reader.unread()).toHaveLength(1);
  });

  it("declares no credential of a system whose doors cannot be listed", async () => {
    await make({ acs_user_id: emulator.ids.acsUsers["brivo/ada"] });
    emulator.faults.add({ route: "/acs/entrances/list", fault: "answer", status: 400, body: REFUSED });
    expect(await judge(CREDENTIALS)).toMatchObject([
      { isProblem: true, reason: expect.stringContaining("doors could not be read") },
    ]);
  });

  it("declares no credential as its own when nobody can tell what the access grants have", async () => {
    await make({ acs_user_id: emulator.ids.acsUsers["brivo/ada"] });
    emulator.faults.add({ route: "/access_grants/list", fault: "answer", status: 400, body: REFUSED });
    expect(await judge(CREDENTIALS)).toMatchObject([
      { isProblem: true, reason: expect.stringMatching(/access grants/) },
    ]);
    emulator.faults.clear();
    emulator.faults.add({
      route: "/access_grants/unmanaged/list",
      fault: "answer",
      status: 400,
      body: REFUSED,
    });
    expect(await judge(CREDENTIALS)).toMatchObject([
      { isProblem: true, reason: expect.stringMatching(/access grants/) },
    ]);
  });

  it("says that doors may be missing where a credential's user is suspended", async () => {
    const user = emulator.ids.acsUsers["latch/ben"];
    await make({
      acs_user_id: user,
      allowed_acs_entrance_ids: [emulator.ids.acsEntrances["latch/front-door"]],
    });
    emulator.edit.acsUser(user, { is_suspended: true });
    expect(await resources()).toMatchObject([{ note: expect.stringContaining("suspended") }]);
    expect(await judge({ ...only("users"), user, system: "Latch property" })).toMatchObject([
      { inputs: { isSuspended: true } },
    ]);
  });

  it("says the same where the access of a user of Salto KS has not begun", async () => {
    const { acsSystems, acsEntrances } = emulator.ids;
    const { acs_user } = await call("/acs/users/create", {
      acs_system_id: acsSystems["salto-ks"],
      full_name: "Nia New",
      email_address: "nia@example.com",
      access_schedule: { starts_at: "2035-01-01T00:00:00Z", ends_at: "2036-01-01T00:00:00Z" },
    });
    await make({
      acs_user_id: (acs_user as { acs_user_id: string }).acs_user_id,
      allowed_acs_entrance_ids: [acsEntrances["salto-ks/garage"]],
    });
    expect(await resources()).toMatchObject([{ note: expect.stringContaining("not subscribed") }]);
  });

  it("takes of one entrance what opens it, and whose that is", async () => {
    const { entrance } = await officeByHand();
    const judged = await judge({ entrance });
    const kinds = judged.map((one) => (isImported(one) ? one.kind : `not ${one.kind}`));
    expect(kinds).toEqual([
      "identities",
      "users",
      "memberships",
      "spaces",
      "grants",
      "credentials",
      "not credentials",
    ]);
  });

  it("takes nothing for what opens an entrance when that cannot be read", async () => {
    const { entrance } = await officeByHand();
    const route = "/acs/entrances/list_credentials_with_access";
    emulator.faults.add({ route, fault: "answer", status: 400, body: REFUSED });
    expect(await judge({ entrance, ...CREDENTIALS })).toEqual([]);
    expect(reader.unread()).toHaveLength(1);
  });

  it("keeps to one request a page, one a door or credential, two a group, and ten", async () => {
    const { acsUsers, acsEntrances, acsAccessGroups, acsSystems } = emulator.ids;
    const users = Object.entries(acsUsers).filter(([key]) => key.startsWith("brivo/"));
    for (let number = 0; number < 40; number++)
      await make({ acs_user_id: users[number % users.length]?.[1], code: String(4_000 + number) });
    await resources({ system: acsSystems["brivo"], ...only(...ALL_KINDS) });
    const [doors, groups] = [acsEntrances, acsAccessGroups].map(
      (ids) => Object.keys(ids).filter((key) => key.startsWith("brivo/")).length,
    ) as [number, number];
    const pages = 10;
    expect(reader.requests()).toBeLessThanOrEqual(pages + doors + 2 * groups + 10);
  });

  it("knows no other kinds than these", () => {
    expect(() => kindsIn("users,doors")).toThrow(
      '--only: there is no kind "doors". Kinds are identities, users, memberships, spaces, grants, credentials.',
    );
    expect([...kindsIn("users, grants")]).toEqual(["users", "grants"]);
  });

  /** Ada has something of each kind at Brivo's front door. */
  async function officeByHand() {
    const { acsUsers, acsEntrances, acsAccessGroups, userIdentities } = emulator.ids;
    const [entrance, user] = [acsEntrances["brivo/front-door"], acsUsers["brivo/ada"]];
    const group = acsAccessGroups["brivo/staff"];
    emulator.edit.addToAccessGroup(group, user);
    await make({ acs_user_id: user, allowed_acs_entrance_ids: [entrance], ends_at: "2031-01-01T00:00:00Z" });
    await call("/spaces/create", { name: "Ground floor", acs_entrance_ids: [entrance] });
    await call("/access_grants/create", {
      user_identity_id: userIdentities["ada"],
      requested_access_methods: [{ mode: "code" }],
      acs_entrance_ids: [entrance],
      name: "Night shift",
      starts_at: "2030-01-01T00:00:00Z",
    });
    return { entrance, group };
  }

  function titles(judged: readonly Judged[], kind: Kind): (string | undefined)[] {
    return judged.filter(isImported).flatMap((one) => (one.kind === kind ? [one.title] : []));
  }

  async function resources(selection: Selection = CREDENTIALS): Promise<ImportedResource[]> {
    return (await judge({ ...CREDENTIALS, ...selection })).filter(isImported);
  }

  async function judge(selection: Selection, plan: Partial<ImportPlan> = {}): Promise<readonly Judged[]> {
    const all = { selection, owned: new Map(), now: new Date(), ...plan };
    reader = readerOf(seam);
    return (await readAndJudge(seam, reader, all)).judged;
  }

  async function program(selection: Selection, mostInOneFile?: number): Promise<string> {
    const plan = { selection, owned: new Map(), now: new Date() };
    const { judged, selected } = await readAndJudge(seam, readerOf(seam), plan);
    const taken = judged.filter(isImported);
    const parts = { names: namesOf(taken), places: selected.places, titles: titlesOf(selected) };
    return programFiles({ resources: taken, ...parts }, mostInOneFile)
      .map(({ kind, text }) => (kind ? `// ${kind}.ts\n${text}` : text))
      .join("\n");
  }

  async function make(body: Record<string, unknown>): Promise<string> {
    const reply = await call("/acs/credentials/create", { access_method: "code", ...body });
    return (reply["acs_credential"] as { acs_credential_id: string }).acs_credential_id;
  }

  async function call(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    return (await seam.call({ path, body, effect: "update", action: "make by hand" })).json;
  }
});
