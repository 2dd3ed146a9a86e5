import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface NewFileOptions {
  /** Readable by its owner alone. */
  readonly isSecret?: boolean;
  /** Whether a file that is there may be replaced. */
  readonly force?: boolean;
}

/**
 * Writes a file as a whole or not at all, and none over another one unasked.
 * @param text all of it, or its parts one after the other
 * @throws Error if there is one already
 */
export async function writeNewFile(
  path: string,
  text: string | Iterable<string>,
  options: NewFileOptions = {},
): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, text, { mode: options.isSecret ? 0o600 : 0o644, flag: "wx" });
    // The name is taken first, by an empty file, so that nobody else's comes under it in between.
    if (!options.force) await writeFile(path, "", { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(
      `${path} is there already, and was not changed. Give another name, or add --force to replace it.`,
    );
  } finally {
    await rm(temporary, { force: true });
  }
}
