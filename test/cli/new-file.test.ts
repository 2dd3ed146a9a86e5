import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeNewFile } from "../../cli/new-file";

describe("a file that cannot be written to its end", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-seam-new-file-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is not there, and the reason is a sentence", async () => {
    const path = join(folder, "review.json");
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
      syscall: "write",
    });
    await expect(writeNewFile(path, failing(full))).rejects.toThrow(
      `Cannot write ${path}: the disk is full. Make room, or give another name.`,
    );
    const missing = join(folder, "none", "review.json");
    await expect(writeNewFile(missing, "{}")).rejects.toThrow(
      `Cannot write ${missing}: there is no folder ${join(folder, "none")}. Make it first.`,
    );
    const own = new Error("Cannot find the door.");
    await expect(writeNewFile(path, failing(own))).rejects.toBe(own);
    expect(readdirSync(folder)).toEqual([]);
  });
});

function* failing(error: Error): Generator<string> {
  yield "{";
  throw error;
}
