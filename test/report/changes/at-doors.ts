/** What previews do at a few doors that have names. */
import {
  type AccessChange,
  changesOf,
  changesText,
  type Directory,
  readPreview,
} from "../../../report/changes";
import { preview } from "./steps";

export const FRONT = "21805570-4706-4c21-99fc-3ed873a5e014";
export const GARAGE = "ae9475cd-e948-5e32-be75-7b48c6459085";
export const OFFICE = "a26c9eb1-71ed-58da-b1d5-9ef97b8653ea";
export const STAFF = "364248e6-4983-5e29-81b9-c7e62f027109";
const NAMES: Readonly<Record<string, string>> = {
  [FRONT]: "Front door",
  [GARAGE]: "Garage",
  [OFFICE]: "Office",
};

export const NOW = new Date("2030-01-01T00:00:00Z");
export const seam: Directory = {
  nameOf: async (_kind, id) => NAMES[id],
  doorsOfGroup: async (id) => (id === STAFF ? [FRONT, OFFICE] : undefined),
  doorsOfSpace: async () => undefined,
};

export async function changesIn(
  steps: readonly object[],
  directory: Directory = seam,
): Promise<readonly AccessChange[]> {
  return (await changesOf(readPreview(preview(steps)), { directory, now: NOW })).changes;
}

/** Without headline and notes. */
export async function said(preview: string, directory: Directory = seam): Promise<string[]> {
  const report = await changesOf(readPreview(preview), { directory, now: NOW });
  return changesText(report)
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => !line.startsWith("Not seen: The doors of some"));
}
