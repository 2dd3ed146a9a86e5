import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DefaultKeys, type Emulator, startEmulator } from "pulumi-seam/testing";
import { STAFF } from "../report/changes/at-doors";
import { identity, membership, preview, same, updated, user } from "../report/changes/steps";

const CLI = join(__dirname, "../../dist/cli/main.js");
const PREVIEW = join(__dirname, "../report/changes/with-sames.json");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pulumi-seam changes` outside of any project. */
async function changes(args: readonly string[], env: Record<string, string>, input = ""): Promise<Ended> {
  const { SEAM_API_KEY: _, SEAM_ENDPOINT: __, ...others } = process.env;
  const child = spawn(process.execPath, [CLI, "changes", "--no-stack", ...args], {
    cwd: tmpdir(),
    env: { ...others, ...env, NO_COLOR: "1" },
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => {
    printed.stdout += data;
  });
  child.stderr.on("data", (data) => {
    printed.stderr += data;
  });
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, ...printed };
}

describe("pulumi-seam changes", () => {
  let emulator: Emulator<DefaultKeys>;
  const account = () => ({ SEAM_API_KEY: emulator.apiKey, SEAM_ENDPOINT: emulator.url });

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  it("asks Seam for what the stack does not name, by few reads and nothing else", async () => {
    emulator.requests.clear();
    const told = await changes([PREVIEW], account());
    expect(told).toMatchObject({ code: 2, stderr: "" });
    expect(told.stdout).toContain("Cay Example keeps Office with another PIN.");
    const paths = [...emulator.requests].map(({ path }) => path);
    expect(paths.length).toBeLessThanOrEqual(8);
    for (const path of paths) expect(path).toMatch(/\/(get|list|list_accessible_entrances)$/);
  });

  it("asks of which system a group is, where that tells whose access it is", async () => {
    const userIdentityId = identity().id;
    const member = membership("m", { userIdentityId, acsAccessGroupId: STAFF });
    const [before, after] = [user({ userIdentityId }), user({ userIdentityId, isSuspended: true })];
    const steps = [updated(before, after, ["isSuspended"]), same(member)];
    const told = await changes(["-"], account(), preview(steps));
    expect(told).toMatchObject({ code: 2, stderr: "" });
    expect(told.stdout).toMatch(
      /^Access of 1 person changes: 1 loses\.\n {2}Ada Example is suspended and loses Front door/,
    );
  });

  it("goes on with ids where Seam does not answer, and says so", async () => {
    const told = await changes([PREVIEW, "--json"], { ...account(), SEAM_API_KEY: "seam_test_wrong" });
    expect(told).toMatchObject({ code: 2, stderr: "" });
    const { changes: rows, notSeen } = JSON.parse(told.stdout);
    expect(rows.length).toBeGreaterThan(5);
    expect(notSeen).toEqual([
      expect.stringMatching(/^The doors of some access groups/),
      expect.stringMatching(/^What Seam did not tell: .*401/),
    ]);
  });

  it("works without an account, from standard input, as Markdown", async () => {
    const told = await changes(["--format", "markdown"], {}, readFileSync(PREVIEW, "utf8"));
    expect(told.code).toBe(2);
    expect(told.stderr).toMatch(/^Ids stand for what the stack does not name\. No Seam account is set/);
    expect(told.stdout).toMatch(/^\*\*Access of 8 people changes: .*\*\*\n\n- \*\*Dan Example\*\* loses /);
  });

  it.each([
    ["0 where nobody loses anything", '{"steps":[]}', 0, "Nobody's access changes.\n"],
    ["1 without a preview", "", 1, ""],
  ])("ends with %s", async (_, input, code, stdout) => {
    expect(await changes(["-"], account(), input)).toMatchObject({ code, stdout });
  });
});
