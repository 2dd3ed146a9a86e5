import { isRecord, type Properties } from "../values/record";
import type { SeamClient } from "./client";

/** Every object of a list, all pages of it, as Seam sends them. */
export async function listAll(
  seam: SeamClient,
  path: string,
  key: string,
  query: Properties,
  action: string,
): Promise<Properties[]> {
  const found: Properties[] = [];
  const cursors = new Set<unknown>();
  for (let cursor: unknown; ; ) {
    const body = cursor ? { ...query, page_cursor: cursor } : query;
    const { json } = await seam.call({ path, body, effect: "read", action });
    const listed = json[key];
    if (!Array.isArray(listed)) throw new Error(`Cannot ${action}: POST ${path} answered without ${key}.`);
    found.push(...listed.filter(isRecord));
    cursor = isRecord(json["pagination"]) ? json["pagination"]["next_page_cursor"] : undefined;
    if (!cursor || cursors.has(cursor)) return found;
    cursors.add(cursor);
  }
}
