import * as fs from "node:fs";
import * as path from "node:path";
import * as provider from "../../provider";

/** The `__provider` text of every resource. State files hold these: a change here orphans what users deployed. */
const GOLDEN: Record<string, string> = {
  AcsCredential: 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential',
};

describe("the provider text in the state", () => {
  it.each(Object.entries(GOLDEN))("of %s never changes and stays within 80 bytes", (name, text) => {
    const file = name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    const source = fs.readFileSync(path.join(__dirname, `../../sdk/${file}.ts`), "utf8");
    expect(source).toContain(`'${text}'`);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(80);
  });

  it("names a handler for every resource that the provider process serves, and no other", () => {
    expect(Object.keys(provider).sort()).toEqual(Object.keys(GOLDEN).sort());
  });
});
