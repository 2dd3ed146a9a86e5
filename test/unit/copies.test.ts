import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { versionsNotice } from "../../sdk/program/copies";

let program: string;
beforeEach(() => {
  program = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-seam-copies-")));
});
afterEach(() => rmSync(program, { recursive: true, force: true }));

/** Writes a copy of pulumi-seam; returns the file that programs load of it. */
function copy(folder: string, version: string): string {
  const home = join(program, folder);
  mkdirSync(home, { recursive: true });
  const exported = { "./package.json": "./package.json" };
  writeFileSync(
    join(home, "package.json"),
    JSON.stringify({ name: "pulumi-seam", version, exports: exported }),
  );
  return join(home, "dist/sdk/index.js");
}

const AT_THE_TOP = "node_modules/pulumi-seam";
const BELOW_ACME = "node_modules/acme/node_modules/pulumi-seam";
const BELOW_OTHER = "node_modules/other/node_modules/pulumi-seam";

describe("several versions of this package in one program", () => {
  it("are told with the one that runs the resources of all of them", () => {
    const loaded = [copy(AT_THE_TOP, "0.3.0"), copy(BELOW_ACME, "0.2.0")];
    expect(versionsNotice(loaded, program)).toBe(
      `This program has several versions of pulumi-seam: 0.3.0 in ${join(program, AT_THE_TOP)}, 0.2.0 in ${join(program, BELOW_ACME)}. The resources of all of them are run by 0.3.0, which Pulumi finds from the program's folder. Let all packages depend on one version.`,
    );
  });

  it("are told, too, where the program itself loads only one that does not run them", () => {
    copy(AT_THE_TOP, "0.3.0");
    expect(versionsNotice([copy(BELOW_ACME, "0.2.0")], program)).toMatch(/are run by 0\.3\.0/);
  });

  it("run their own resources where none is found from the program's folder", () => {
    const loaded = [copy(BELOW_OTHER, "0.3.0"), copy(BELOW_ACME, "0.2.0")];
    expect(versionsNotice(loaded, program)).toMatch(/0\.3\.0 in .*0\.2\.0 in .*Each runs the resources/);
  });

  it("are none where copies have one version, and among modules of other packages", () => {
    const loaded = [
      copy(BELOW_OTHER, "0.2.0"),
      copy(BELOW_ACME, "0.2.0"),
      join(program, "dist/sdk/index.js"),
    ];
    expect(versionsNotice(loaded, program)).toBeUndefined();
  });
});
