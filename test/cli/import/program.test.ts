import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { importFile } from "../../../cli/import/files";
import { namesOf } from "../../../cli/import/names";
import {
  CREDENTIALS,
  emulator,
  give,
  make,
  officeByHand,
  only,
  program,
  resources,
  start,
  stop,
} from "./by-hand";

beforeEach(() => start());
afterEach(() => stop());

describe("the program that an import writes", () => {
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

  it("keeps PIN and link of a grant as a secret of the import file", async () => {
    const { acsEntrances, userIdentities } = emulator.ids;
    await give({
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
});
