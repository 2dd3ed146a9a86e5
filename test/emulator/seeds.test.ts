import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSeed, startEmulator } from "../../emulator/index";
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
    "s/x",
  ],
  [
    "a group on a system without groups",
    { key: "s", kind: "latch", access_groups: [{ key: "g" }] },
    "access groups",
  ],
])("refuses %s", async (_, system, words) => {
  await expect(startEmulator({ seed: { workspaces: [{ acs_systems: [system] }] } })).rejects.toThrow(words);
});

it("has the same ids in every run, and a property for each system", async () => {
  const [first, second] = [await startEmulator(), await startEmulator()];
  expect(first.ids).toEqual(second.ids);
  expect(first.apiKey).toBe(second.apiKey);
  const { body } = await post(first, "/acs/systems/list");
  await Promise.all([first.close(), second.close()]);
  const types = new Set(body.acs_systems.map((system: { external_type: string }) => system.external_type));
  expect(types.size).toBe(11);
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
  const { body } = await post(ready, "/acs/systems/list");
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect(body.acs_systems).toHaveLength(1);
  expect(code).toBe(0);
}, 60_000);
