type Child = Node | string | number | false | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const SVG = "http://www.w3.org/2000/svg";

/** An element. What is put in as text stays text: there is no other way to make elements on this page. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

const ICONS = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5.2 12.2L21 21",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  print: "M7 9V3h10v6M7 17H4v-6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v6h-3M7 14h10v7H7z",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
};

export function icon(name: keyof typeof ICONS): SVGElement {
  const path = filled(document.createElementNS(SVG, "path"), { d: ICONS[name] }, []);
  return filled(
    document.createElementNS(SVG, "svg"),
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" },
    [path],
  );
}

/** Texts of Seam's are set apart from the writing direction around them. */
export function bdi(text: string): HTMLElement {
  return h("bdi", {}, text);
}

/** `1 door`, `2 doors`, `1,200 people`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

function filled<Made extends Element>(
  element: Made,
  attributes: Attributes,
  children: readonly Child[],
): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children.flatMap((child) =>
      child === undefined || child === false || child === ""
        ? []
        : [typeof child === "number" ? String(child) : child],
    ),
  );
  return element;
}
