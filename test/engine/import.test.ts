import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  assertNoChanges,
  type DefaultKeys,
  type Emulator,
  startEmulator,
  withStack,
} from "pulumi-seam/testing";
import { pulumiSeam, start } from "./commands";

const HAND_MADE = 300;

describe("pulumi-seam import", () => {
  let emulator: Emulator<DefaultKeys>;
  let project: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    project = await mkdtemp(join(tmpdir(), "pulumi-seam-import-"));
    await symlink(join(__dirname, "../../node_modules"), join(project, "node_modules"), "junction");
    await writeFile(join(project, "Pulumi.yaml"), "name: imported\nruntime: nodejs\nmain: index.ts\n");
  });
  afterEach(async () => {
    await emulator.close();
    await rm(project, { recursive: true, force: true });
  });

  it("takes over a workspace of 300 credentials made by hand, after which `up` changes nothing", async () => {
    const pins = await makeByHand(emulator);
    const before = emulator.credentials();
    emulator.requests.clear();

    await withStack({ emulator, workDir: project }, async (stack) => {
      const file = join(project, "import.json");
      const code = join(project, "index.ts");
      const written = await pulumiSeam(stack, "import", "--out", file, "--code", code);
      expect(written).toMatchObject({ code: 0, stderr: "" });
      const program = await readFile(code, "utf8");
      expect(program.match(/new seam\.AcsCredential/g)).toHaveLength(HAND_MADE);
      for (const pin of pins) expect(program).not.toContain(pin);

      const command = ["import", "--file", file, "--generate-code=false", "--yes", "--non-interactive"];
      const imported = await start(stack, "pulumi", command).ended;
      expect(imported).toMatchObject({ code: 0 });
      const state = await readFile(stack.stateFile, "utf8");
      for (const pin of pins) expect(state.includes(`"${pin}`) || state.includes(`\\"${pin}`)).toBe(false);

      const sent = emulator.requests.count();
      assertNoChanges(await stack.up());
      expect(emulator.requests.count()).toBe(sent);
      assertNoChanges(await stack.refresh());
      expect(emulator.credentials()).toEqual(before);

      const again = await pulumiSeam(stack, "import", "--out", file, "--json");
      expect(JSON.parse(again.stdout)).toMatchObject({ imported: 0, leftOut: { length: HAND_MADE } });
    });
    expect(emulator.credentials()).toEqual([]);
  });
});

/** Credentials of five kinds, by nobody's program; returns the PINs that were chosen for them. */
async function makeByHand(emulator: Emulator<DefaultKeys>): Promise<string[]> {
  const { acsUsers, acsEntrances } = emulator.ids;
  const people = ["ada", "ben", "cleo", "dan", "eve", "finn"] as const;
  const pins: string[] = [];
  for (let number = 0; number < HAND_MADE; number++) {
    const person = people[number % people.length] as (typeof people)[number];
    const ends_at = new Date(Date.UTC(2031, 0, 1 + number)).toISOString();
    const pin = String(8_210_000 + number);
    const kinds = [
      { access_method: "code", acs_user_id: acsUsers[`salto-ks/${person}`], ends_at },
      {
        access_method: "card",
        acs_user_id: acsUsers[`visionline/${person}`],
        allowed_acs_entrance_ids: [acsEntrances["visionline/room-101"], acsEntrances["visionline/lobby"]],
        starts_at: "2030-01-01T00:00:00Z",
        ends_at,
        visionline_metadata: { card_format: "rfid48", card_function_type: number % 2 ? "staff" : "guest" },
      },
      {
        access_method: "mobile_key",
        acs_user_id: acsUsers[`salto-ks/${person}`],
        is_multi_phone_sync_credential: true,
        ends_at,
      },
      {
        access_method: "code",
        acs_user_id: acsUsers[`latch/${person}`],
        allowed_acs_entrance_ids: [acsEntrances["latch/front-door"]],
      },
      {
        access_method: "code",
        acs_user_id: acsUsers[`brivo/${person}`],
        code: pin,
        starts_at: "2030-01-01T00:00:00+02:00",
      },
    ];
    const body = kinds[number % kinds.length] as { code?: string };
    if (body.code) pins.push(pin);
    const reply = await fetch(`${emulator.url}/acs/credentials/create`, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(reply.status).toBe(200);
  }
  return pins;
}
