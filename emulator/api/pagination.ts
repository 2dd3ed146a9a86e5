import { createHash } from "node:crypto";
import type { Context } from "../world/context";
import { SeamError } from "../world/errors";
import type { Table } from "../world/index-table";
import { toQuery } from "./query";

interface PageInput {
  limit: number;
  page_cursor?: string | null | undefined;
}

interface Page<T> {
  rows: T[];
  pagination: { has_next_page: boolean; next_page_cursor: string | null; next_page_url: string | null };
}

/**
 * One page of rows in order of creation. The cursor remembers the last row's place and the query it
 * belongs to, so it stays good while other rows come and go, and is refused with another query.
 */
export function paginate<T extends object>(
  context: Context,
  path: string,
  input: PageInput,
  table: Pick<Table<T>, "seqOf">,
  candidates: Iterable<T>,
  matches: (row: T) => boolean = () => true,
): Page<T> {
  const { page_cursor, ...query } = input;
  const { limit } = query;
  const fingerprint = createHash("sha1").update(JSON.stringify(query)).digest("base64url").slice(0, 12);
  const after = page_cursor ? readCursor(page_cursor, fingerprint) : 0;
  const rows: T[] = [];
  let hasNextPage = false;
  for (const row of candidates) {
    if (table.seqOf(row) <= after || !matches(row)) continue;
    if (rows.length === limit) {
      hasNextPage = true;
      break;
    }
    rows.push(row);
  }
  const last = rows.at(-1);
  if (!hasNextPage || !last)
    return { rows, pagination: { has_next_page: hasNextPage, next_page_cursor: null, next_page_url: null } };
  const cursor = Buffer.from(`${fingerprint}.${table.seqOf(last)}`).toString("base64url");
  const url = `${context.url}${path}?${toQuery({ ...context.raw, page_cursor: cursor })}`;
  return { rows, pagination: { has_next_page: true, next_page_cursor: cursor, next_page_url: url } };
}

function readCursor(cursor: string, fingerprint: string): number {
  const [query, seq] = Buffer.from(cursor, "base64url").toString().split(".");
  if (query !== fingerprint || !/^\d+$/.test(seq ?? ""))
    throw new SeamError(
      400,
      "mismatched_page_parameters",
      "When using next_page_cursor, the request must send parameters identical to the initial request.",
    );
  return Number(seq);
}
