import { randomUUID } from "node:crypto";
import { lstat, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { inBulk } from "./pieces";

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
  const temporary = temporaryBeside(path);
  try {
    await writeFile(temporary, typeof text === "string" ? text : inBulk(text), {
      mode: options.isSecret ? 0o600 : 0o644,
      flag: "wx",
    });
    // The name is taken first, by an empty file, so that nobody else's comes under it in between.
    if (!options.force) await writeFile(path, "", { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    if (isCoded(error, "EEXIST")) throw new Error(takenText([path]));
    // What makes the text may fail, too, and says why itself.
    throw isOfSystem(error) ? new Error(problemText(path, error), { cause: error }) : error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * To be called before work that would be for nothing: finds out what keeps files from being written.
 * @throws Error that names all that are there already and may not be replaced, or cannot be written
 */
export async function assertWritable(
  paths: readonly string[],
  { force = false }: Pick<NewFileOptions, "force"> = {},
): Promise<void> {
  const taken: string[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const there = await lstat(path).catch(() => undefined);
    if (there?.isDirectory()) problems.push(`Cannot write ${path}: it is a folder. Give the name of a file.`);
    else if (/^\/(?:dev|proc)\//.test(resolve(path)))
      problems.push(`Cannot write ${path}: it is no file of a disk. Give the name of a file.`);
    else if (there && !force) taken.push(path);
    else await probe(path).catch((error) => problems.push(problemText(path, error)));
  }
  if (taken.length > 0) problems.unshift(takenText(taken));
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Permissions do not tell everything: a file system may be read-only, or full. */
async function probe(path: string): Promise<void> {
  const temporary = temporaryBeside(path);
  await writeFile(temporary, "", { mode: 0o600, flag: "wx" });
  await rm(temporary);
}

function temporaryBeside(path: string): string {
  return join(dirname(path), `.${randomUUID()}.tmp`);
}

export function takenText(paths: readonly string[]): string {
  return `${paths.join(", ")}: there already, and not changed. Give another name, or add --force to replace it.`;
}

function problemText(path: string, error: unknown): string {
  const folder = dirname(path);
  if (isCoded(error, "ENOENT")) return `Cannot write ${path}: there is no folder ${folder}. Make it first.`;
  if (isCoded(error, "ENOTDIR")) return `Cannot write ${path}: ${folder} is no folder. Give another name.`;
  if (isCoded(error, "ENOSPC"))
    return `Cannot write ${path}: the disk is full. Make room, or give another name.`;
  const { code } = error as NodeJS.ErrnoException;
  return `Cannot write ${path}: files cannot be made in ${folder} (${code}). Give another name.`;
}

function isOfSystem(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}

function isCoded(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
