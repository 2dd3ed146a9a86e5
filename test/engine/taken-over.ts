import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertNoChanges, type Emulator, type Seed, startEmulator, withStack } from "pulumi-seam/testing";
import { pulumiSeam, start } from "./commands";

/** How much there is in a workspace that was made by hand. */
export interface Size {
  readonly people: number;
  readonly groups: number;
  readonly credentials: number;
  readonly grants: number;
  readonly spaces: number;
}

/** Doors of each of the two access systems. */
const DOORS = 4;
const doors = numbered("door", DOORS);

/** Lists that a whole import reads a page of: systems, entrances, groups, users, identities, credentials, grants … */
const PAGES = 10;

/**
 * Makes a workspace by hand, imports the whole of it, and sees that `up` and `refresh` change nothing. `main` of the
 * project is the file that the import writes.
 */
export async function takeOverWhole(size: Size): Promise<void> {
  const emulator = await startEmulator({ seed: seedOf(size) });
  const project = await mkdtemp(join(tmpdir(), "pulumi-seam-import-"));
  await symlink(join(__dirname, "../../node_modules"), join(project, "node_modules"), "junction");
  await writeFile(join(project, "Pulumi.yaml"), "name: imported\nruntime: nodejs\nmain: index.ts\n");
  try {
    await takeOver(size, emulator, project);
  } finally {
    await emulator.close();
    await rm(project, { recursive: true, force: true });
  }
}

async function takeOver(size: Size, emulator: Emulator, project: string): Promise<void> {
  const { people, groups, credentials, grants, spaces } = size;
  const pins = await makeByHand(emulator, size);
  const before = emulator.credentials();
  emulator.requests.clear();

  await withStack({ emulator, workDir: project }, async (stack) => {
    const file = join(project, "import.json");
    const code = join(project, "index.ts");
    const written = await pulumiSeam(stack, "import", "--out", file, "--code", code, "--json");
    expect(written).toMatchObject({ code: 0, stderr: "" });
    const { counts, leftOut } = JSON.parse(written.stdout);
    expect(counts).toEqual({
      identities: people,
      users: 2 * people,
      memberships: people,
      spaces,
      grants,
      credentials,
    });
    // What Seam made for the grants: a credential each, in the system of their doors.
    expect(leftOut).toHaveLength(grants);
    expect(emulator.requests.count()).toBeLessThanOrEqual(PAGES + 2 * DOORS + 2 * groups + 10);
    expect(writing(emulator)).toEqual([]);
    const program = await readFile(code, "utf8");
    for (const pin of pins) expect(program).not.toContain(pin);
    expect(program).not.toMatch(/acs(User|Entrance|AccessGroup)Ids?: (\[\s*)?"/);

    const command = ["import", "--file", file, "--generate-code=false", "--yes", "--non-interactive"];
    const imported = await start(stack, "pulumi", command).ended;
    expect(imported).toMatchObject({ code: 0 });
    const state = await readFile(stack.stateFile, "utf8");
    for (const pin of pins) expect(state.includes(`"${pin}`) || state.includes(`\\"${pin}`)).toBe(false);

    emulator.requests.clear();
    assertNoChanges(await stack.up());
    // The look-ups of the program, in the preview and in the update, and nothing else.
    const read = new Set([...emulator.requests].map(({ path }) => path));
    expect([...read].sort()).toEqual(["/acs/access_groups/list", "/acs/entrances/list", "/acs/systems/list"]);
    assertNoChanges(await stack.refresh());
    expect(emulator.credentials()).toEqual(before);
    expect(writing(emulator)).toEqual([]);

    const again = await pulumiSeam(stack, "import", "--out", file, "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ imported: 0 });
  });
  expect(emulator.credentials()).toEqual([]);
}

/** Requests that are no reads. */
function writing(emulator: Emulator): string[] {
  return [...emulator.requests]
    .map(({ path }) => path)
    .filter((path) => !/\/(get|get_related|list\w*)$/.test(path));
}

/** An office whose doors come from groups and credentials, and rooms with cards; the same people in both. */
const seedOf = ({ people, groups }: Size): Seed => ({
  workspaces: [
    {
      key: "main",
      user_identities: numbered("person", people).map((key) => ({
        key,
        full_name: `${key} Example`,
        email_address: `${key}@example.com`,
      })),
      acs_systems: [
        {
          key: "office",
          name: "Office",
          kind: "brivo",
          entrances: doors.map((key) => ({ key })),
          access_groups: numbered("group", groups).map((key, index) => ({
            key,
            entrances: [doors[index % doors.length] ?? ""],
          })),
          users: numbered("person", people).map((key, index) => ({
            key,
            user_identity: key,
            access_groups: [`group-${(index % groups) + 1}`],
          })),
        },
        {
          key: "rooms",
          name: "Rooms",
          kind: "visionline",
          entrances: doors.map((key) => ({ key })),
          users: numbered("person", people).map((key) => ({ key, user_identity: key })),
        },
      ],
    },
  ],
});

/** Credentials of five kinds, grants and spaces, by nobody's program; returns the PINs that were chosen for them. */
async function makeByHand({ url, apiKey, ids }: Emulator, size: Size): Promise<string[]> {
  const { acsUsers, acsEntrances, userIdentities } = ids;
  const people = numbered("person", size.people);
  const door = (system: string, number: number) => acsEntrances[`${system}/${doors[number % doors.length]}`];
  const make = async (path: string, body: Record<string, unknown>) => {
    const reply = await fetch(url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect([path, reply.status]).toEqual([path, 200]);
    return (await reply.json()) as { space: { space_id: string } };
  };

  const pins: string[] = [];
  for (let number = 0; number < size.credentials; number++) {
    const person = people[number % people.length];
    const [inOffice, inRooms] = [acsUsers[`office/${person}`], acsUsers[`rooms/${person}`]];
    const ends_at = new Date(Date.UTC(2031, 0, 1 + number)).toISOString();
    const code = String(8_210_000 + number);
    const kinds = [
      { access_method: "code", acs_user_id: inOffice, ends_at },
      {
        access_method: "card",
        acs_user_id: inRooms,
        allowed_acs_entrance_ids: [door("rooms", number), door("rooms", number + 1)],
        starts_at: "2030-01-01T00:00:00Z",
        ends_at,
        visionline_metadata: { card_format: "rfid48", card_function_type: number % 2 ? "staff" : "guest" },
      },
      { access_method: "mobile_key", acs_user_id: inOffice, is_multi_phone_sync_credential: true, ends_at },
      { access_method: "code", acs_user_id: inOffice, allowed_acs_entrance_ids: [door("office", number)] },
      { access_method: "code", acs_user_id: inOffice, code, starts_at: "2030-01-01T00:00:00+02:00" },
    ];
    const body = kinds[number % kinds.length] as { code?: string };
    if (body.code) pins.push(body.code);
    await make("/acs/credentials/create", body);
  }

  const spaces: string[] = [];
  for (let number = 0; number < size.spaces; number++) {
    const members = { acs_entrance_ids: [door("office", number), door("office", number + 1)] };
    const name = `Floor ${number}`;
    const { space } = await make("/spaces/create", { name, space_key: `floor-${number}`, ...members });
    spaces.push(space.space_id);
  }
  for (let number = 0; number < size.grants; number++) {
    await make("/access_grants/create", {
      user_identity_id: userIdentities[people[number] ?? ""],
      requested_access_methods: [{ mode: "code" }],
      name: `Visit ${number}`,
      acs_entrance_ids: [door("office", number)],
      ...(number % 4 === 0 && { space_ids: [spaces[number % size.spaces]], acs_entrance_ids: [] }),
      ...(number % 5 === 0 && { starts_at: "2030-06-01T00:00:00Z", access_grant_key: `visit-${number}` }),
      ends_at: "2031-06-01T00:00:00Z",
    });
  }
  return pins;
}

function numbered(noun: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${noun}-${index + 1}`);
}
