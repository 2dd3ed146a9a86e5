import { appendFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Neighbours, Told } from "../lifecycle/neighbours";
import { engineAddress } from "./engine-watch";

/**
 * The provider processes of the same engine: each writes what it knows into a file of its own. Where there can be no file,
 * nobody is told anything.
 */
export function neighboursOf(address: string | undefined = engineAddress()): Neighbours | undefined {
  if (address === undefined) return undefined;
  try {
    return new Files(ownFolder(), `${address.replace(/[^\w.-]/g, "_")}_`);
  } catch {
    return undefined;
  }
}

class Files implements Neighbours {
  readonly #folder: string;
  /** What the names of this engine's files begin with; they end with the id of their process. */
  readonly #engine: string;
  readonly #own: string;
  /** By file: how much of it has been read. */
  readonly #read = new Map<string, number>();

  constructor(folder: string, engine: string) {
    this.#folder = folder;
    this.#engine = engine;
    this.#own = `${engine}${process.pid}`;
    // The engine ends its plugins without a word, so they leave their files.
    const isLeft = (file: string) =>
      file === this.#own || !isOfLiving(file) || isOlderThanAnyCommand(join(folder, file));
    for (const file of readdirSync(folder).filter(isLeft)) rmSync(join(folder, file), { force: true });
  }

  tell(told: Told): void {
    try {
      appendFileSync(join(this.#folder, this.#own), `${JSON.stringify(told)}\n`, { mode: 0o600 });
    } catch {}
  }

  news(): readonly Told[] {
    try {
      return readdirSync(this.#folder)
        .filter((file) => file.startsWith(this.#engine) && file !== this.#own && isOfLiving(file))
        .flatMap((file) => this.#newsIn(file));
    } catch {
      return [];
    }
  }

  #newsIn(file: string): Told[] {
    const path = join(this.#folder, file);
    const before = this.#read.get(file) ?? 0;
    let bytes: Buffer;
    try {
      if (statSync(path).size === before) return [];
      bytes = readFileSync(path);
    } catch {
      // What the other files say counts all the same.
      return [];
    }
    // The last line may still be being written.
    const end = bytes.lastIndexOf("\n") + 1;
    const lines = bytes.subarray(before, end).toString();
    this.#read.set(file, end);
    return lines.split("\n").flatMap(read);
  }
}

/** Nothing, of a line that a full disk has cut off. */
function read(line: string): Told[] {
  try {
    return [JSON.parse(line) as Told];
  } catch {
    return [];
  }
}

/** A folder in which nobody else can write. @throws Error where there is one of another's */
function ownFolder(): string {
  // Windows has no such number, and gives everybody a temporary folder of their own.
  const user = process.getuid?.();
  const folder = join(tmpdir(), `pulumi-seam-${user ?? "processes"}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || (user !== undefined && stats.uid !== user))
    throw new Error(`${folder} is somebody else's`);
  return folder;
}

/** Its process is gone, too, though another one may have its id by now. */
function isOlderThanAnyCommand(path: string): boolean {
  const { mtimeMs = Date.now() } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs > 24 * 3_600_000;
}

function isOfLiving(file: string): boolean {
  try {
    return process.kill(Number(file.slice(file.lastIndexOf("_") + 1)), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
