import { type Context, SIDES } from "./context";
import { bdi, counted, h, icon } from "./dom";
import { paged } from "./paging";
import type { Finding, Row, Side, Subject } from "./report";
import { rowTable } from "./row-table";
import { hasFilters, hashOf, lookingAt, viewing } from "./selection";

const NOTHING = "No ways in, in what this report saw.";

/** All doors (or people) that pass, and beside them who has a way in (or where to) for the one that is looked at. */
export function subjectsView(context: Context, side: Side): Node {
  const { selection, report } = context;
  const { view, many } = SIDES[side];
  const all = context.matches[view];
  const id = selection[side];
  const current = id ? report[view].find((subject) => subject.id === id) : undefined;
  const detail = current
    ? subjectDetail(context, current, all.get(current) ?? [])
    : id
      ? h("div", { class: "detail-pane empty" }, heading(`No such ${SIDES[side].one}`), missing(id))
      : h(
          "div",
          { class: "detail-pane empty" },
          h("p", { class: "muted" }, `Choose one of the ${many} to see its ways in.`),
        );
  return h(
    "div",
    { class: `split${id ? " has-detail" : ""}` },
    subjectList(context, side, all, current),
    detail,
  );
}

function subjectList(
  { selection }: Context,
  side: Side,
  all: ReadonlyMap<Subject, readonly Row[]>,
  current: Subject | undefined,
): Node {
  const { one, many, view, other } = SIDES[side];
  const list = h("ul", { class: "subjects" });
  const more = paged({
    items: [...all],
    into: list,
    size: 100,
    upTo: [...all].find(([subject]) => subject === current),
    what: [one, many],
    element: ([subject, rows]) =>
      h(
        "li",
        {},
        h(
          "a",
          {
            href: hashOf(lookingAt(selection, side, subject.id)),
            "aria-current": subject === current ? "true" : undefined,
          },
          h(
            "span",
            { class: "subject" },
            h("b", {}, bdi(subject.name)),
            subject.detail && h("small", {}, bdi(subject.detail)),
          ),
          h("span", { class: "count" }, othersText(rows, other)),
        ),
      ),
  });
  return h(
    "nav",
    { class: "list-pane", "aria-label": `All ${many}`, tabindex: "-1", "data-list": view },
    all.size === 0
      ? h("p", { class: "muted nothing" }, hasFilters(selection) ? `No ${many} match.` : NOTHING)
      : list,
    more,
  );
}

function subjectDetail(context: Context, subject: Subject, rows: readonly Row[]): Node {
  const { selection } = context;
  const { other, view, many } = SIDES[subject.side];
  const findings = (context.report.findings ?? []).filter((finding) => finding[subject.side] === subject);
  return h(
    "section",
    { class: "detail-pane", "aria-labelledby": "detail-title" },
    h("a", { class: "back", href: hashOf(viewing(selection, view)) }, icon("back"), `All ${many}`),
    heading(bdi(subject.name)),
    h(
      "p",
      { class: "muted" },
      subject.detail && bdi(subject.detail),
      subject.detail && " · ",
      h("code", {}, subject.id),
    ),
    h("p", { class: "summary" }, summary(rows, other, subject.rows.length - rows.length)),
    ...findingNotes(findings),
    rows.length > 0 && rowTable(context, rows, other, `Ways in: ${subject.name}`),
  );
}

function findingNotes(findings: readonly Finding[]): readonly Node[] {
  const list = h("ul", { class: "finding-notes" });
  const more = paged({
    items: findings,
    into: list,
    size: 5,
    what: ["finding", "findings"],
    element: ({ kind, text }) => h("li", {}, h("span", { class: "tag warn" }, kind.title), " ", bdi(text)),
  });
  return findings.length > 0 ? [list, more] : [];
}

function heading(content: Node | string): Node {
  return h("h2", { id: "detail-title", tabindex: "-1" }, content);
}

function missing(id: string): Node {
  return h("p", { class: "muted" }, "This report has none with the id ", h("code", {}, id), ".");
}

/** `9 people`: each once, by however many ways in. */
function othersText(rows: readonly Row[], other: Side): string {
  const { one, many } = SIDES[other];
  return counted(new Set(rows.map((row) => row[other])).size, one, many);
}

function summary(rows: readonly Row[], other: Side, hiddenRows: number): string {
  const active = new Set(rows.filter(({ status }) => status === "active").map((row) => row[other]));
  const hidden =
    hiddenRows > 0
      ? ` The search and filters hide ${counted(hiddenRows, "more way in", "more ways in")}.`
      : "";
  return `${othersText(rows, other)} with ${counted(rows.length, "way in", "ways in")}; ${active.size.toLocaleString("en")} with an active one.${hidden}`;
}
