import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scripts } from "../../package.json";

const SCRIPTS = join(__dirname, "../../scripts");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-seam-publishable-"));
  cpSync(join(SCRIPTS, "publishable.mts"), join(folder, "scripts/publishable.mts"));
  cpSync(join(SCRIPTS, "release"), join(folder, "scripts/release"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What npm runs before it publishes, in a package with these files. */
function publish(manifest: object, readme: string, changelog: string) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "1.2.0", ...manifest }));
  writeFileSync(join(folder, "README.md"), readme);
  writeFileSync(join(folder, "CHANGELOG.md"), changelog);
  const { status, stderr } = spawnSync(process.execPath, ["scripts/publishable.mts"], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stderr };
}

const LINKS = {
  repository: "github:acme/doors",
  homepage: "https://example.com",
  bugs: "https://example.com/bugs",
};

it("publishes nothing with dead links, that says it is not published, or without its changes", () => {
  const { status, stderr } = publish({}, "<!-- until published -->", "## 1.1.0 – 2026-01-01\n");
  expect(status).toBe(1);
  for (const missing of ['"repository"', '"homepage"', '"bugs"', "README.md", '"## 1.2.0'])
    expect(stderr).toContain(missing);
});

it("publishes what has all of it", () => {
  const changelog = "# Changelog\n\n## 1.2.0 – 2026-01-01\n";
  expect(publish(LINKS, "# Doors", changelog)).toEqual({ status: 0, stderr: "" });
});

it("is asked by npm itself", () => {
  expect(scripts.prepublishOnly).toBe("node scripts/publishable.mts");
});
