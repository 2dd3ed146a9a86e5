import { gunzipSync } from "node:zlib";
import type { PageData } from "../../report/html/page/data";

const PACKED = /(id="data">)([^<]*)/;

/** What the script of a report's page works with. */
export function dataOf(page: string): PageData {
  return JSON.parse(jsonOf(page));
}

/** The page with its data as a reader's browser sees it. */
export function unpackedPage(page: string): string {
  return page.replace(PACKED, (_, start) => start + jsonOf(page));
}

function jsonOf(page: string): string {
  const [, , packed] = PACKED.exec(page) ?? [];
  if (!packed) throw new Error("The page holds no data.");
  return gunzipSync(Buffer.from(packed, "base64")).toString();
}
