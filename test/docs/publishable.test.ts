import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { scripts } from "../../package.json";

const SCRIPTS = join(__dirname, "../../scripts");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-seam-publishable-"));
  cpSync(join(SCRIPTS, "publishable.mts"), join(folder, "scripts/publishable.mts"));
  cpSync(join(SCRIPTS, "release"), join(folder, "scripts/release"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What npm runs before it publishes version 1.2.0 with these files. */
function publish(files: Readonly<Record<string, string>>, manifest: object) {
  const all = { ...files, "package.json": JSON.stringify({ version: "1.2.0", ...manifest }) };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const script = ["scripts/publishable.mts"];
  const { status, stderr } = spawnSync(process.execPath, script, { cwd: folder, encoding: "utf8" });
  return { status, stderr };
}

const LINKS = {
  repository: "github:acme/doors",
  homepage: "https://example.com",
  bugs: "https://example.com/bugs",
};
const WHOLE = {
  "README.md": "# Doors",
  "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n## 1.2.0 – 2026-01-01\n\n### Added\n\n- Doors.\n",
  "plugin/schema.json": JSON.stringify({ language: { go: { importBasePath: "github.com/acme/doors" } } }),
};

it("publishes nothing that has no links, is said to be unpublished, or has no state for the tests of upgrades", () => {
  const files = {
    "README.md": "<!-- until published -->",
    "CHANGELOG.md": "# Changelog\n\n## 1.1.0 – 2026-01-01\n",
    "plugin/schema.json": JSON.stringify({ language: { go: { importBasePath: "example.com/doors" } } }),
  };
  const { status, stderr } = publish(files, {});
  expect(status).toBe(1);
  for (const missing of [
    '"repository"',
    '"homepage"',
    '"bugs"',
    "README.md",
    '"## 1.2.0',
    "Go module",
    "npm run state:record",
  ])
    expect(stderr).toContain(missing);
});

it("publishes what has all of it, and not while changes wait for a version", () => {
  const state = { "test/upgrade/1.2.0/state.json": "{}" };
  expect(publish({ ...WHOLE, ...state }, LINKS)).toEqual({ status: 0, stderr: "" });
  for (const change of ["- Windows.", "### Added\n\n- Windows."]) {
    const changelog = WHOLE["CHANGELOG.md"].replace("## Unreleased\n", `## Unreleased\n\n${change}\n`);
    const { status, stderr } = publish({ ...WHOLE, "CHANGELOG.md": changelog }, LINKS);
    expect([status, stderr]).toEqual([1, expect.stringContaining('"Unreleased"')]);
  }
});

it("is asked by npm itself", () => {
  expect(scripts.prepublishOnly).toBe("node scripts/publishable.mts");
});
