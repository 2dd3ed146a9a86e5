import { counted, h } from "./dom";

export interface PagedOptions<Item> {
  readonly items: readonly Item[];
  readonly element: (item: Item) => Node;
  /** Where the elements go. */
  readonly into: Element;
  readonly size: number;
  /** Shown from the start, wherever it is. */
  readonly upTo?: Item | undefined;
  readonly what: readonly [one: string, many: string];
}

/** Paper has no button to press, but nobody prints more than this. */
const MOST_PRINTED = 5_000;

const PRINT = "grow-for-print";

/** Puts the first items into their place; the button that comes back brings the next ones. */
export function paged<Item>({ items, element, into, size, upTo, what }: PagedOptions<Item>): Node {
  let shown = 0;
  const button = h("button", { type: "button", class: "more" });
  const left = h("p", { class: "print-only" });
  const show = (count: number) => {
    const next = items.slice(shown, shown + count).map(element);
    shown += next.length;
    into.append(...next);
    const rest = items.length - shown;
    if (rest === 0) button.remove();
    button.textContent = `Show ${Math.min(size, rest).toLocaleString("en")} more of ${rest.toLocaleString("en")}`;
    left.textContent = rest === 0 ? "" : `${counted(rest, ...what)} more are not printed.`;
    return next[0];
  };
  button.addEventListener("click", () => {
    const first = show(size);
    if (first instanceof Element) first.querySelector<HTMLElement>("a, button")?.focus();
  });
  const more = h("div", { class: "paging" }, button, left);
  show(Math.max(size, upTo === undefined ? 0 : Math.ceil((items.indexOf(upTo) + 1) / size) * size));
  more.addEventListener(PRINT, () => show(Math.max(0, MOST_PRINTED - shown)));
  return more;
}

/** Before printing: what is paged on the screen is not on paper. */
export function growForPrint(): void {
  for (const more of document.querySelectorAll(".paging")) more.dispatchEvent(new Event(PRINT));
}
