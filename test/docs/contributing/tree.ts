import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const REPOSITORY = join(__dirname, "../../..");
const LEFT_OUT = new Set([".git", "node_modules", "coverage"]);

/** A copy of the repository in a temporary folder, for a change that is thrown away. */
export class Tree {
  readonly folder = fs.mkdtempSync(join(tmpdir(), "pulumi-seam-contributing-"));

  constructor() {
    fs.cpSync(REPOSITORY, this.folder, {
      recursive: true,
      // What was built stays current.
      preserveTimestamps: true,
      filter: (path) => !LEFT_OUT.has(basename(path)),
    });
    this.#linkPackages();
  }

  /** Writes a file, which may be new. */
  write(path: string, text: string): void {
    fs.mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    fs.writeFileSync(join(this.folder, path), text);
  }

  read(path: string): string {
    return fs.readFileSync(join(this.folder, path), "utf8");
  }

  /** Types a command. @throws Error with what it printed, if it fails */
  async run(command: string): Promise<void> {
    try {
      await run("bash", ["-c", command], { cwd: this.folder, maxBuffer: 64 * 1024 * 1024 });
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(`${command}\n${stdout}${stderr}`);
    }
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** All packages are those of the repository, but this one itself is the copy. */
  #linkPackages(): void {
    const [from, to] = [REPOSITORY, this.folder].map((root) => join(root, "node_modules"));
    if (from === undefined || to === undefined) return;
    fs.mkdirSync(to);
    for (const name of fs.readdirSync(from)) {
      fs.symlinkSync(name === "pulumi-seam" ? this.folder : join(from, name), join(to, name));
    }
  }
}
