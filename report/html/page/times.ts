import { h } from "./dom";

export const DAY_MS = 86_400_000;

/** `2030-06-19 15:00`; the page says once that times are UTC. */
function timeText(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}

/** When it ends, and how soon that is for a reader of the report; "no end" where it does not. */
export function untilCell(endsAt: string | undefined, readAtMs: number): Node {
  if (endsAt === undefined) return h("span", { class: "no-end" }, "no end");
  const soon = soonText(Date.parse(endsAt) - readAtMs);
  return h("span", {}, timeElement(endsAt), soon && h("small", { class: "soon" }, soon));
}

export function timeElement(instant: string): Node {
  return h("time", { datetime: instant }, timeText(instant));
}

/** Only for what ends within a month of the report. */
function soonText(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (ms <= 0 || days > 31) return "";
  return days === 0 ? "within a day" : `in ${days} day${days === 1 ? "" : "s"}`;
}
