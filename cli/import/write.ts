import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { takenText, writeNewFile } from "../new-file";
import type { ProgramFile } from "./program";

/** What an import writes, and where. */
export interface Written {
  readonly out: string;
  readonly importFile: Iterable<string>;
  readonly code: string | undefined;
  readonly program: readonly ProgramFile[];
  readonly force: boolean;
}

/**
 * Writes the import file, and the program where one is asked for: one in several files is in a folder named like the
 * code file, which imports them.
 * @throws Error before anything is written, if a file is there already
 */
export async function writeFiles({ out, importFile, code, program, force }: Written): Promise<void> {
  const files = code === undefined ? [] : placed(code, program);
  if (!force) refuseTaken([...files.map(({ path }) => path), out]);
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeNewFile(path, text, { force });
  }
  // Last: where something is in the way, nothing with PINs is left behind.
  await writeNewFile(out, importFile, { isSecret: true, force });
}

/** @throws Error naming the files that are there already */
export function refuseTaken(paths: readonly string[]): void {
  const taken = paths.filter((path) => existsSync(path));
  if (taken.length === 0) return;
  throw new Error(takenText(taken));
}

function placed(code: string, program: readonly ProgramFile[]): { path: string; text: string }[] {
  const folder = basename(code, extname(code));
  const parts = program.flatMap(({ kind, text }) =>
    kind === undefined ? [] : [{ kind, path: join(dirname(code), folder, `${kind}.ts`), text }],
  );
  const imports = parts.map(({ kind }) => `import "./${folder}/${kind}";\n`).join("");
  const main = program.find(({ kind }) => kind === undefined)?.text ?? imports;
  return [...parts, { path: code, text: main }];
}
