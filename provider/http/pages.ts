import { isRecord, type Properties } from "../values/record";
import { UnreadableReplyError } from "./errors";
import type { SeamRequest, SuccessfulReply } from "./exchange";

/** Whatever sends requests and returns the JSON of successful answers. */
export interface Caller {
  call(request: SeamRequest): Promise<SuccessfulReply>;
}

/** A list of Seam's, and why it is read. */
export interface ListQuery {
  /** Route such as `/acs/users/list`. */
  readonly path: string;
  /** Key of the reply that holds the objects, such as `acs_users`. */
  readonly key: string;
  readonly query: Properties;
  readonly action: string;
}

export interface Page {
  readonly objects: readonly Properties[];
  readonly headers: SuccessfulReply["headers"];
}

/** No list of Seam's has so many pages; a server that goes on giving cursors must not be followed for ever. */
const MAX_PAGES = 10_000;

/**
 * The pages of a list, one after the other, as Seam sends them.
 * @throws UnreadableReplyError rather than ending early: a part of a list would look like the whole
 */
export async function* pagesOf(seam: Caller, list: ListQuery): AsyncGenerator<Page> {
  const { path, key, query, action } = list;
  const cursors = new Set<unknown>();
  for (let cursor: unknown; ; ) {
    const body = cursor ? { ...query, page_cursor: cursor } : query;
    const { json, headers, requestId } = await seam.call({ path, body, effect: "read", action });
    const fail = (reason: string) => {
      const advice = "Run the command again; if it keeps failing, give Seam's support the request id.";
      return new UnreadableReplyError({ action, path, requestId, reason, advice });
    };
    const objects = json[key];
    if (!Array.isArray(objects)) throw fail(`answered without ${key}`);
    yield { objects: objects.filter(isRecord), headers };
    cursor = nextCursor(json);
    if (cursor === undefined && hasMore(json))
      throw fail("says that there are more pages, and not by which page_cursor");
    if (cursor === undefined) return;
    if (cursors.has(cursor)) throw fail("gave the same page_cursor a second time, so the list has no end");
    if (cursors.size >= MAX_PAGES) throw fail(`has more than ${MAX_PAGES} pages`);
    cursors.add(cursor);
  }
}

/** By what the page after this one is asked for; `undefined` after the last one. */
export function nextCursor(json: Properties): unknown {
  const { pagination } = json;
  if (!isRecord(pagination) || pagination["has_next_page"] === false) return undefined;
  return pagination["next_page_cursor"] || undefined;
}

function hasMore({ pagination }: Properties): boolean {
  return isRecord(pagination) && pagination["has_next_page"] === true;
}

/** Every object of a list. */
export async function listAll(seam: Caller, list: ListQuery): Promise<Properties[]> {
  const found: Properties[] = [];
  for await (const { objects } of pagesOf(seam, list)) found.push(...objects);
  return found;
}
