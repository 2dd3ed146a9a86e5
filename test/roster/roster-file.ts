import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RosterError } from "../../sdk/components/roster";
import { type ResolvedRoster, resolveRoster } from "../../sdk/components/roster/resolve";
import type { BesideRoster } from "../../sdk/components/roster/source";
import { inFolder } from "./twelve-mistakes";

/** Groups for people whose access is not what a test is about. */
export const DESK = { groups: { desk: { doors: ["Desk"] } } } as const satisfies BesideRoster;

/** Reads a roster from a file of this name and content, as a program in the file's folder does. */
export function readRoster(
  name: string,
  content: string | Uint8Array,
  beside?: BesideRoster,
): ResolvedRoster {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-seam-roster-"));
  try {
    writeFileSync(join(folder, name), content);
    return inFolder(folder, () => resolveRoster(name, beside));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the roster's error says, a line each. */
export function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof RosterError) return error.problems;
    throw error;
  }
  throw new Error("there is nothing wrong");
}
