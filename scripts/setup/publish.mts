import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Fills a temporary folder beside `root` and puts it in root's place in one step, when it is whole. */
export async function publish(root: string, fill: (staging: string) => Promise<void>): Promise<void> {
  const staging = join(dirname(root), `.${basename(root)}-${process.pid}`);
  const replaced = `${staging}-replaced`;
  try {
    mkdirSync(staging, { recursive: true });
    await fill(staging);
    if (existsSync(root)) renameSync(root, replaced);
    renameSync(staging, root);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(replaced, { recursive: true, force: true });
  }
}
