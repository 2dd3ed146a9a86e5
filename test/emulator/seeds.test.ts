import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { DEFAULT_PORTFOLIO, generateSeed, type Seed, startEmulator } from "../../emulator/index";
import { seedSchema } from "../../emulator/seeds/schema";
import { SYSTEMS } from "../../emulator/systems/index";
import { post } from "./api";

const ROOT = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-seeds-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const YAML = `
workspaces:
  - key: north
    acs_systems:
      - key: site
        kind: latch
        entrances: [{ key: door, display_name: Front door }]
`;

it("reads a seed from YAML and from JSON alike", async () => {
  const json = {
    workspaces: [
      {
        key: "north",
        acs_systems: [
          { key: "site", kind: "latch", entrances: [{ key: "door", display_name: "Front door" }] },
        ],
      },
    ],
  };
  const ids: unknown[] = [];
  for (const path of [file("seed.yaml", YAML), file("seed.json", JSON.stringify(json))]) {
    const seam = await startEmulator({ seed: path });
    ids.push(seam.ids);
    const { body } = await post(seam, "/acs/entrances/list");
    await seam.close();
    expect(body.acs_entrances).toEqual([expect.objectContaining({ display_name: "Front door" })]);
  }
  expect(ids[0]).toEqual(ids[1]);
});

it("names every mistake of a seed at once", async () => {
  const seed = {
    workspaces: [{ api_key: "secret", acs_systems: [{ key: "a b", kind: "latch", doors: [] }] }],
  };
  await expect(startEmulator({ seed: seed as never })).rejects.toThrow(
    /api_key: .*seam_test.*acs_systems\.0\.key.*doors/s,
  );
});

it.each([
  ["a kind of system that there is not", { key: "s", kind: "castle" }, "castle"],
  [
    "a group's door that is not in it",
    { key: "s", kind: "brivo", access_groups: [{ key: "g", entrances: ["x"] }] },
    'access_groups.0.entrances: "x" is not in the seed',
  ],
  [
    "a group on a system without groups",
    { key: "s", kind: "latch", access_groups: [{ key: "g" }] },
    "latch has no access groups",
  ],
])("refuses %s", async (_, system, words) => {
  await expect(startEmulator({ seed: { workspaces: [{ acs_systems: [system] }] } })).rejects.toThrow(words);
});

it("refuses two workspaces of one key, id or API key, and every other doublet, with the paths and all at once", async () => {
  const id = "11111111-1111-4111-8111-111111111111";
  const site = {
    key: "site",
    kind: "latch",
    entrances: [{ key: "door" }, { key: "door" }],
    users: [
      { key: "ada", acs_user_id: id, user_identity: "zoe" },
      { key: "ben", acs_user_id: id },
    ],
  };
  const seed: Seed = {
    workspaces: [
      { key: "north", workspace_id: id, api_key: "seam_test1Same_key" },
      { key: "north" },
      { key: "south", workspace_id: id, api_key: "seam_test1Same_key", acs_systems: [site, { key: "site" }] },
    ],
  };
  const error: Error = await startEmulator({ seed }).then(
    () => new Error("It started"),
    (reason) => reason,
  );
  expect(error.message.split("\n")).toEqual([
    "The seed has 7 mistakes:",
    "workspaces.1.key: workspaces.0 has the same key",
    "workspaces.2.workspace_id: workspaces.0 has the same workspace_id",
    "workspaces.2.api_key: workspaces.0 has the same api_key",
    "workspaces.2.acs_systems.1.key: workspaces.2.acs_systems.0 has the same key",
    "workspaces.2.acs_systems.0.users.1.acs_user_id: workspaces.2.acs_systems.0.users.0 has the same acs_user_id",
    "workspaces.2.acs_systems.0.entrances.1.key: workspaces.2.acs_systems.0.entrances.0 has the same key",
    'workspaces.2.acs_systems.0.users.0.user_identity: "zoe" is not in the seed',
  ]);
});

it("has the same ids in every run, and a property for each system", async () => {
  const [first, second] = [await startEmulator(), await startEmulator()];
  expect(first.ids).toEqual(second.ids);
  expect(first.apiKey).toBe(second.apiKey);
  const { body } = await post(first, "/acs/systems/list");
  await Promise.all([first.close(), second.close()]);
  const types = body.acs_systems.map((system: { external_type: string }) => system.external_type);
  expect(types).toEqual(expect.arrayContaining([...SYSTEMS.values()].map(({ systemType }) => systemType)));
});

it("generates as many users and doors as asked", async () => {
  const seam = await startEmulator({ seed: generateSeed({ users: 1200, doors: 30, kind: "brivo" }) });
  const { body } = await post(seam, "/acs/systems/get", { acs_system_id: seam.ids.acsSystems["site"] });
  const doors = await post(seam, "/acs/entrances/list");
  await seam.close();
  expect(body.acs_system.acs_user_count).toBe(1200);
  expect(doors.body.acs_entrances).toHaveLength(30);
});

it("warns of a Salto KS site's subscription limit at 80 % and marks users beyond it", async () => {
  const users = Array.from({ length: 6 }, (_, index) => ({ key: `u${index}` }));
  const seam = await startEmulator({
    seed: { workspaces: [{ acs_systems: [{ key: "s", kind: "salto_ks", subscription_limit: 5, users }] }] },
  });
  const { body } = await post(seam, "/acs/systems/get", { acs_system_id: seam.ids.acsSystems["s"] });
  const last = await post(seam, "/acs/users/get", { acs_user_id: seam.ids.acsUsers["s/u5"] });
  await seam.close();
  expect(body.acs_system.warnings[0].warning_code).toBe("salto_ks_subscription_limit_almost_reached");
  expect(body.acs_system.errors[0].error_code).toBe("salto_ks_subscription_limit_exceeded");
  expect(last.body.acs_user.errors[0].error_code).toBe("salto_ks_subscription_limit_exceeded");
});

it("runs from the command line with the user's own seed, says where, and ends when it is told to", async () => {
  execFileSync("tsc", ["-b"], { cwd: ROOT });
  const cli = join(ROOT, "dist", "cli", "main.js");
  const child = spawn(process.execPath, [cli, "emulator", "--seed", file("cli.yaml", YAML)]);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const ready = JSON.parse(line.toString());
  expect(Object.keys(ready)).toEqual(["url", "apiKey", "workspaceId"]);
  // Nobody is connected: only the emulator itself keeps its process alive.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { body } = await post(ready, "/acs/systems/list");
  const { port } = new URL(ready.url);
  const second = spawnSync(process.execPath, [cli, "emulator", "--port", port], { encoding: "utf8" });
  expect(second.stderr).toBe(
    `Port ${port} of this machine is in use, perhaps by an emulator that was started before. End that one, or choose another --port.\n`,
  );
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect(body.acs_systems).toHaveLength(1);
  expect(code).toBe(0);
}, 60_000);

it("lets node --test end when a test fails before it closes the emulator", async () => {
  execFileSync("tsc", ["-b"], { cwd: ROOT });
  const test = file(
    "fails.test.cjs",
    `const { startEmulator } = require(${JSON.stringify(join(ROOT, "dist", "emulator", "index.js"))});
     require("node:test")("fails", async () => {
       const seam = await startEmulator();
       await fetch(seam.url + "/workspaces/get", { headers: { authorization: "Bearer " + seam.apiKey } });
       // A client that keeps its connection for ever, without keeping the process alive itself.
       const connection = require("node:net").connect(new URL(seam.url).port, "127.0.0.1");
       await require("node:events").once(connection, "connect");
       connection.unref();
       throw new Error("too early");
     });`,
  );
  // Jest's own mark would make the child report to it.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, ["--test", "--test-isolation=none", test], {
    env,
    stdio: "ignore",
    timeout: 20_000,
    killSignal: "SIGKILL",
  });
  const [code, signal] = await once(child, "exit");
  expect([code, signal]).toEqual([1, null]);
}, 60_000);

it("takes what its documented type allows", () => {
  // For the compiler as well: `schema.ts` says that the type has all that the schema has, this the other way round.
  const given = (seed: Seed): z.input<typeof seedSchema> => seed;
  expect(seedSchema.safeParse(given(DEFAULT_PORTFOLIO)).success).toBe(true);
});
