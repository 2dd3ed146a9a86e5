import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccessDocument } from "../../report/document";
import { type Emulator, startEmulator } from "../../sdk/testing";
import { post } from "../emulator/api";
import { unpackedPage } from "../report/page-data";

const CLI = join(__dirname, "../../dist/cli/main.js");
const PIN = "735517";
const CARD = "04CANARY99";
const ESCAPE = "\u001b]0;owned\u0007\u009b31m\u202e";
const OBEYED = /[^\P{Cc}\n]|\u202e/u;
const LIST_OF_DOOR = "/acs/entrances/list_credentials_with_access";
const FILES = ["json", "csv", "html", "markdown"] as const;

/** Each command runs as a process, with an exported state and an account in the environment: no Pulumi is needed. */
describe("pulumi-seam access, review and offboard", () => {
  let emulator: Emulator;
  let folder: string;
  /** What opens doors, as Seam gave it. */
  let secrets: string[];

  beforeAll(async () => {
    emulator = await startEmulator({
      seed: {
        workspaces: [
          {
            user_identities: [
              { key: "gus", full_name: "Gus Guest", email_address: "gus@example.com" },
              { key: "cara", full_name: " \u202e", email_address: "cara@example.com" },
            ],
            devices: [{ key: "cabin", display_name: "Cabin" }],
            acs_systems: [
              {
                key: "office",
                name: "Office",
                kind: "salto_ks",
                entrances: [{ key: "lab", display_name: "Lab" }],
                users: [
                  { key: "ada", full_name: "Ada Example", email_address: "ada@example.com" },
                  { key: "eve", full_name: `${ESCAPE}Eve Example`, email_address: "eve@example.com" },
                ],
              },
              {
                key: "annex",
                name: "Annex",
                kind: "brivo",
                users: [{ key: "ada", full_name: "Ada Example", email_address: "ada@example.com" }],
              },
            ],
          },
        ],
      },
    });
    const lab = emulator.ids.acsEntrances["office/lab"];
    const key = async (user: string, more: object): Promise<string> => {
      const acs_user_id = emulator.ids.acsUsers[`office/${user}`];
      const body = { acs_user_id, allowed_acs_entrance_ids: [lab], ...more };
      const answer = await post(emulator, "/acs/credentials/create", body);
      return answer.body.acs_credential.acs_credential_id;
    };
    const pin = await key("ada", { access_method: "code", code: PIN, ends_at: inDays(7) });
    emulator.edit.encodeCard(await key("eve", { access_method: "card" }), CARD);
    const { access_grant } = (
      await post(emulator, "/access_grants/create", {
        user_identity_id: emulator.ids.userIdentities["gus"],
        acs_entrance_ids: [lab],
        requested_access_methods: [{ mode: "mobile_key" }],
        ends_at: inDays(90),
      })
    ).body;
    await post(emulator, "/access_grants/create", {
      user_identity_id: emulator.ids.userIdentities["cara"],
      device_ids: [emulator.ids.devices["cabin"]],
      requested_access_methods: [{ mode: "code" }],
    });
    secrets = [PIN, CARD, emulator.apiKey, access_grant.instant_key_url, access_grant.client_session_token];
    folder = mkdtempSync(join(tmpdir(), "pulumi-seam-access-"));
    writeFileSync(join(folder, "state.json"), JSON.stringify(stateWith(pin, lab, emulator.workspaceId)));
    writeFileSync(join(folder, "elsewhere.json"), JSON.stringify(stateWith(pin, lab, "another-workspace")));
  });
  beforeEach(() => emulator.requests.clear());
  afterEach(() => {
    emulator.faults.clear();
    const paths = [...emulator.requests].map(({ path }) => path);
    expect(paths.filter((path) => !/\/(get|list|list_\w+|get_related)$/.test(path))).toEqual([]);
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  it("access prints who can open what, without what opens it and without what a terminal obeys", async () => {
    const { code, stdout, stderr } = await run("access");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")[0]).toMatch(/^PERSON +DOOR/);
    for (const text of ["Ada Example", "Eve Example", "Gus Guest", "prod pin", "undeclared"]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).not.toMatch(OBEYED);
  });

  it("access ends with 2 where there is something of --undeclared or --expiring, and prints JSON for that, too", async () => {
    const answers = [["--undeclared"], ["--expiring", "14d"], ["--expiring", "1h"]].map((filters) =>
      run("access", "--json", ...filters),
    );
    const told = (await Promise.all(answers)).map(({ code, stdout }) => {
      expect(stdout).not.toMatch(OBEYED);
      const { rows, complete } = JSON.parse(stdout) as AccessDocument;
      expect(complete).toBe(true);
      return [code, ...rows.map(({ person }) => person.emailAddress)];
    });
    expect(told).toEqual([[2, "eve@example.com", "gus@example.com"], [2, "ada@example.com"], [0]]);
  });

  it("review writes every file readable by its owner alone, and ends with 2 for findings", async () => {
    const out = place("whole");
    const { code, stdout } = await run("review", ...fileOptions(out));
    expect(code).toBe(2);
    expect(stdout).toContain("undeclared: The card of");
    expect(readdirSync(out).sort()).toEqual(FILES.map((kind) => `review.${kind}`).sort());
    for (const kind of FILES) {
      const file = join(out, `review.${kind}`);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const written = readFileSync(file, "utf8");
      const text = kind === "html" ? unpackedPage(written) : written;
      expect(text).toContain("Gus Guest");
      expect(text.replaceAll("\r\n", "\n")).not.toMatch(OBEYED);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  it("an incomplete reading is an error, says so in every file that is written, and quotes nothing of Seam's", async () => {
    refuse(LIST_OF_DOOR);
    const out = place("incomplete");
    const [review, access, csv, offboard] = await Promise.all([
      run("review", ...fileOptions(out)),
      run("access"),
      run("access", "--format", "csv"),
      run("offboard", "ada@example.com", "--json"),
    ]);
    expect([review.code, access.code, csv.code, offboard.code]).toEqual([1, 1, 1, 1]);
    expect(csv.stderr).toContain("Not complete:\n- The credentials that open");
    for (const text of [csv.stdout, readFileSync(join(out, "review.csv"), "utf8")]) {
      expect(text.trimEnd().split("\r\n").at(-1)).toContain(",not_complete,");
    }
    for (const { stdout } of [review, access]) expect(stdout).toContain("Not complete:");
    for (const json of [readFileSync(join(out, "review.json"), "utf8"), offboard.stdout]) {
      expect(JSON.parse(json).complete).toBe(false);
    }
    expect(readFileSync(join(out, "review.html"), "utf8")).toContain("This report is not complete.");
    expect(readFileSync(join(out, "review.markdown"), "utf8")).toContain("**Not complete:**");
  });

  it.each(["/workspaces/get", "/acs/systems/list"])(
    "quotes nothing of Seam's when %s is refused",
    async (route) => {
      refuse(route);
      const { code, stderr } = await run("access");
      expect(code).toBe(1);
      expect(stderr).toContain(`POST ${route} answered 400 invalid_input`);
    },
  );

  it("review refuses all files that it cannot write before it asks Seam for anything", async () => {
    const out = place("taken");
    const [json, csv, html] = ["review.json", "none/review.csv", "review.json/review.html"].map((name) =>
      join(out, name),
    ) as [string, string, string];
    writeFileSync(json, "mine");
    const refused = await run("review", "--json", json, "--csv", csv, "--html", html, "--markdown", out);
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr.trimEnd().split("\n")).toEqual([
      `${json}: there already, and not changed. Give another name, or add --force to replace it.`,
      `Cannot write ${csv}: there is no folder ${join(out, "none")}. Make it first.`,
      `Cannot write ${out}: it is a folder. Give the name of a file.`,
      `Cannot write ${html}: ${json} is no folder. Give another name.`,
    ]);
    expect(emulator.requests.count()).toBe(0);
    expect([readdirSync(out), readFileSync(json, "utf8")]).toEqual([["review.json"], "mine"]);
    expect((await run("review", "--json", json, "--force")).code).toBe(2);
    expect(JSON.parse(readFileSync(json, "utf8")).complete).toBe(true);
    expect(statSync(json).mode & 0o777).toBe(0o600);
  });

  it("offboard tells where each thing is to be taken out, by e-mail address or id and by no name", async () => {
    const [declared, byHand, nobody] = await Promise.all([
      run("offboard", "ADA@example.com"),
      run("offboard", String(emulator.ids.acsUsers["office/eve"])),
      run("offboard", "Ada Example"),
    ]);
    expect([declared.code, byHand.code, nobody.code]).toEqual([2, 2, 1]);
    expect(declared.stdout).toMatch(/^Ada Example\n/);
    expect(declared.stdout).toMatch(/Take out of its stack.*\n- PIN at Office, opens Lab: pin of prod\n/);
    expect(declared.stdout).toContain("nothing that Seam tells of opens a door");
    expect(byHand.stdout).toMatch(/In no stack.*\n- card at Office, opens Lab: [0-9a-f-]{36}\n/);
    expect(byHand.stdout).not.toMatch(OBEYED);
    expect(nobody.stdout).toBe("");
    expect(nobody.stderr).toContain("there is none among the 4 users");
  });

  it("offboard names whom Seam has no name of, and does not call shut what no stack declares", async () => {
    const { stdout } = await run("offboard", "cara@example.com");
    expect(stdout.split("\n")[0]).toBe("cara@example.com");
    expect(stdout).toMatch(/- access grant.*, opens 1 lock without an access system: [0-9a-f-]{36}\n/);
    expect(stdout).toContain("1 thing above can open doors or locks until deleted in Seam.");
    expect(stdout).not.toContain("nothing that Seam tells of");
  });

  it("all three say where a stack is another workspace's than the key, and call nothing of it gone", async () => {
    const commands = [["access"], ["review"], ["offboard", "ada@example.com"]];
    for (const { stdout } of await Promise.all(
      commands.map((command) => runWith("elsewhere.json", command)),
    )) {
      expect(stdout).toContain(
        "What the stack prod declares in another workspace than this one. Is the key the right one?",
      );
      expect(stdout).not.toContain("declared but gone");
    }
  });

  it("mistakes end with 1 and a reason", async () => {
    const mistakes = [
      { command: ["access", "--state", "none.json"], reason: /none\.json could not be read/ },
      { command: ["access", "--at", "2030-01-01T00:00:00"], reason: /with a zone/ },
      { command: ["review", "--expiring", "0d"], reason: /14d, 48h or 30m/ },
      { command: ["access", "--expiring", "99999999999d"], reason: /more than 100 years/ },
      { command: ["access", "--at", "2026-02-30T00:00:00Z"], reason: /there is no 2026-02-30|with a zone/ },
    ];
    const ended = await Promise.all(mistakes.map(({ command }) => run(...command)));
    expect(ended.map(({ code }) => code)).toEqual(mistakes.map(() => 1));
    for (const [at, { stderr }] of ended.entries()) expect(stderr).toMatch(mistakes[at]?.reason as RegExp);
  });

  const run = (...command: string[]) => runWith("state.json", command);

  async function runWith(state: string, command: readonly string[]): Promise<Ended> {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, SEAM_API_KEY: emulator.apiKey, SEAM_ENDPOINT: emulator.url };
    const ended = await new Promise<Ended>((resolve) => {
      execFile(
        process.execPath,
        [CLI, ...command, "--state", state],
        { cwd: folder, env },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
    for (const secret of secrets) expect(ended.stdout + ended.stderr).not.toContain(secret);
    return ended;
  }

  function place(name: string): string {
    const out = join(folder, name);
    if (!existsSync(out)) mkdirSync(out);
    return out;
  }

  const fileOptions = (out: string) => FILES.flatMap((kind) => [`--${kind}`, join(out, `review.${kind}`)]);

  function refuse(route: string): void {
    const error = { type: "invalid_input", message: `The code ${PIN} is in use` };
    emulator.faults.add({ route, fault: "answer", status: 400, body: { error } });
  }
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function stateWith(id: string, door: string | undefined, workspaceId: string): object {
  const type = "pulumi-nodejs:dynamic/seam:AcsCredential";
  const urn = `urn:pulumi:prod::doors::${type}::pin`;
  const inputs = { allowedAcsEntranceIds: [door] };
  return {
    version: 3,
    deployment: { resources: [{ urn, type, id, inputs, outputs: { ...inputs, workspaceId } }] },
  };
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}
