import type { PageData } from "./data";

/** The report's data, as the page holds it: JSON, packed by gzip, in base64. */
export async function unpacked(text: string): Promise<PageData> {
  if (!("DecompressionStream" in window)) {
    throw new Error("This browser is too old. Use one of 2023 or later.");
  }
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const json = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(json).text());
}
