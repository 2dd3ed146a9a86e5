import type { Context } from "./context";
import { SIDES } from "./context";
import { bdi, h } from "./dom";
import { paged } from "./paging";
import type { Owner, Row, Side, Subject } from "./report";
import { hashOf, lookingAt, type Selection } from "./selection";
import { timeElement, untilCell } from "./times";

/** Ways in, one on a line; the first column tells what the reader does not know yet. */
export function rowTable(
  { report, selection }: Context,
  rows: readonly Row[],
  first: Side | "both",
  label: string,
): Node {
  const sides: readonly Side[] = first === "both" ? ["person", "door"] : [first];
  const titles = [
    ...sides.map((side) => (side === "door" ? "Door" : "Person")),
    "How",
    "From",
    "Until",
    "Status",
    "Owner",
  ];
  const body = h("tbody", { role: "rowgroup" });
  const more = paged({
    items: rows,
    into: body,
    size: 100,
    what: ["way in", "ways in"],
    element: (row) =>
      h(
        "tr",
        { role: "row" },
        ...sides.map((side) =>
          h("th", { scope: "row", role: "rowheader" }, subjectLink(selection, row[side])),
        ),
        cell("How", row.how),
        cell(
          "From",
          row.startsAt === undefined ? h("span", { class: "muted" }, "always") : timeElement(row.startsAt),
        ),
        cell("Until", untilCell(row.endsAt, report.readAtMs)),
        cell("Status", statusTag(row.status)),
        cell("Owner", ownerTag(row.owner)),
      ),
  });
  return h(
    "div",
    { class: "table" },
    h(
      "table",
      { role: "table" },
      h("caption", { class: "hidden-text" }, label),
      h(
        "thead",
        { role: "rowgroup" },
        h(
          "tr",
          { role: "row" },
          ...titles.map((title) => h("th", { scope: "col", role: "columnheader" }, title)),
        ),
      ),
      body,
    ),
    more,
  );
}

/** A link to the page of a door or person. */
export function subjectLink(selection: Selection, subject: Subject): Node {
  const { side, id, name, detail } = subject;
  return h(
    "span",
    { class: "subject" },
    h("a", { href: hashOf(lookingAt(selection, side, id)), "data-side": SIDES[side].one }, bdi(name)),
    detail && h("small", {}, bdi(detail)),
  );
}

function statusTag(status: string): Node {
  return h("span", { class: `status status-${status.replaceAll(" ", "_")}` }, status);
}

export function ownerTag({ kind, text, type }: Owner): Node {
  return kind === "declared"
    ? h("span", { class: "owner" }, bdi(text), type && h("small", {}, type))
    : h("span", { class: `tag owner-${kind}` }, kind);
}

/** On a narrow screen each cell says what it is. */
function cell(label: string, content: Node | string): Node {
  return h("td", { role: "cell", "data-label": label }, typeof content === "string" ? bdi(content) : content);
}
