import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { providerText } from "../../provider/values/provider-text";
import { chainTo, entryFrom } from "../../sdk/program/chain";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-seam-chain-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes a package; its dependencies are only named. */
function pack(folder: string, ...dependencies: readonly string[]): string {
  const home = join(root, folder);
  mkdirSync(home, { recursive: true });
  const named = Object.fromEntries(dependencies.map((name) => [name, "*"]));
  // As of packages that only `import` can load.
  const manifest = { exports: { import: "./index.js" }, dependencies: named };
  writeFileSync(join(home, "package.json"), JSON.stringify(manifest));
  return home;
}

/** Writes a copy of pulumi-seam, whose provider has one thing, its folder. */
function packSeam(folder: string): string {
  const home = join(root, folder);
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, "package.json"),
    '{"name":"pulumi-seam","exports":{"./provider":"./provider.js"}}',
  );
  writeFileSync(join(home, "provider.js"), `exports.Folder = ${JSON.stringify(folder)};`);
  return join(home, "provider.js");
}

function link(from: string, to: string): void {
  mkdirSync(dirname(join(root, from)), { recursive: true });
  symlinkSync(join(root, to), join(root, from));
}

/** What a text gives in Pulumi's provider process, started in a folder. */
function evaluated(text: string, folder: string): string {
  const host = require.resolve("require-from-string");
  const program = `process.stdout.write(require(${JSON.stringify(host)})(${JSON.stringify(text)}).handler())`;
  return execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8", stdio: "pipe" });
}

describe("the way over dependencies from a program to this package", () => {
  it("leads over a package that has it below itself, as npm lays them out", () => {
    const program = pack("program", "acme", "other");
    pack("program/node_modules/acme", "pulumi-seam");
    const entry = packSeam("program/node_modules/acme/node_modules/pulumi-seam");
    expect(chainTo(entry, program)).toEqual(["acme"]);
    expect(evaluated(providerText("Folder", ["acme"]), program)).toContain("acme/node_modules/pulumi-seam");
  });

  it("leads over several packages through links, as pnpm lays them out", () => {
    const program = pack("program", "@acme/all");
    pack("store/all/node_modules/@acme/all", "acme");
    pack("store/acme/node_modules/acme", "pulumi-seam");
    const entry = packSeam("store/seam/node_modules/pulumi-seam");
    link("program/node_modules/@acme/all", "store/all/node_modules/@acme/all");
    link("store/all/node_modules/acme", "store/acme/node_modules/acme");
    link("store/acme/node_modules/pulumi-seam", "store/seam/node_modules/pulumi-seam");
    expect(chainTo(entry, program)).toEqual(["@acme/all", "acme"]);
    expect(evaluated(providerText("Folder", ["@acme/all", "acme"]), program)).toContain("store/seam");
  });

  it("begins at every package.json above the program's folder", () => {
    pack("project", "acme");
    const program = pack("project/infra");
    pack("project/node_modules/acme", "pulumi-seam");
    const entry = packSeam("project/node_modules/acme/node_modules/pulumi-seam");
    expect(chainTo(entry, program)).toEqual(["acme"]);
  });

  it("takes the shortest way, the first by name, to the very copy that is asked for", () => {
    const program = pack("program", "a", "b", "c", "d");
    pack("program/node_modules/a", "b");
    pack("program/node_modules/b");
    pack("program/node_modules/c");
    pack("program/node_modules/d");
    packSeam("program/node_modules/b/node_modules/pulumi-seam");
    const entry = packSeam("program/node_modules/c/node_modules/pulumi-seam");
    link(
      "program/node_modules/d/node_modules/pulumi-seam",
      "program/node_modules/c/node_modules/pulumi-seam",
    );
    expect(chainTo(entry, program)).toEqual(["c"]);
  });

  it("is none where no dependency leads there, round in circles or named like one of Node's modules", () => {
    const program = pack("program", "a", "events", "missing");
    pack("program/node_modules/a", "b");
    pack("program/node_modules/b", "a");
    const entry = packSeam("elsewhere/pulumi-seam");
    expect(chainTo(entry, program)).toBeUndefined();
    expect(entryFrom(program)).toBeUndefined();
  });
});

describe("a text with a way", () => {
  it("takes this package from the program's folder where it is there", () => {
    const program = pack("program", "pulumi-seam");
    packSeam("program/node_modules/pulumi-seam");
    expect(evaluated(providerText("Folder", ["acme"]), program)).toBe("program/node_modules/pulumi-seam");
  });

  it("says which package is not installed", () => {
    const program = pack("program");
    expect(() => evaluated(providerText("Folder", ["acme"]), program)).toThrow(
      `acme is not installed in ${program}`,
    );
  });
});
