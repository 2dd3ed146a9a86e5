import type { Emulator } from "../../emulator/index";

export interface Answer {
  status: number;
  /** The reply as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: replies are judged by the tests that read them
  body: any;
}

/** Calls the emulator as a plain HTTP client: `POST path` with JSON. */
export async function post(
  seam: Pick<Emulator, "url" | "apiKey">,
  path: string,
  body: object = {},
): Promise<Answer> {
  const response = await fetch(seam.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${seam.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}
