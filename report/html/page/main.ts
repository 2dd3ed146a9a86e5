import { actions } from "./actions";
import type { Context } from "./context";
import { h } from "./dom";
import { findingsView } from "./findings-view";
import { matching } from "./matching";
import { matrixView } from "./matrix-view";
import { growForPrint } from "./paging";
import { reportOf } from "./report";
import { hashOf, type Selection, selectionOf, type View, withoutFilters } from "./selection";
import { subjectsView } from "./subjects-view";
import { toolbar } from "./toolbar";
import { unpacked } from "./unpacked";

const VIEW: Record<View, (context: Context) => Node> = {
  findings: findingsView,
  doors: (context) => subjectsView(context, "door"),
  people: (context) => subjectsView(context, "person"),
  matrix: matrixView,
};

async function start(): Promise<void> {
  const report = reportOf(await unpacked(byId("data").textContent));
  const defaultView = report.findings?.length ? "findings" : "doors";
  let selection = selectionOf(location.hash, defaultView);
  const view = h("div", { class: "view" });
  const bar = toolbar(
    report,
    (changed, isTyping) => select({ ...selection, ...changed }, isTyping),
    () => select(withoutFilters(selection), false),
  );

  /** Typing leaves no trace in the history; all else can be gone back from. */
  function select(next: Selection, isTyping: boolean): void {
    if (isTyping) history.replaceState(null, "", hashOf(next));
    else history.pushState(null, "", hashOf(next));
    show(next);
  }

  /** A list that stays stays where it was scrolled to. */
  function show(next: Selection): void {
    const offset = next.view === selection.view ? (view.querySelector(".list-pane")?.scrollTop ?? 0) : 0;
    selection = next;
    const matches = matching(report, selection);
    bar.show(selection, matches);
    view.replaceChildren(VIEW[selection.view]({ report, selection, matches }));
    const list = view.querySelector(".list-pane");
    if (list) list.scrollTop = offset;
  }

  window.addEventListener("hashchange", () => {
    // Such as `#not-seen`: a place on the page, and no selection.
    if (location.hash !== "" && !location.hash.includes("=")) return;
    show(selectionOf(location.hash, defaultView));
    const title = view.querySelector<HTMLElement>("#detail-title");
    title?.focus();
    if (title) view.scrollIntoView({ block: "start" });
  });
  window.addEventListener("beforeprint", growForPrint);
  document.addEventListener("keydown", (event) => {
    const search = byId("search");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    search.focus();
  });

  byId("actions").append(...actions());
  byId("app").append(bar.element, view);
  document.documentElement.dataset["script"] = "on";
  show(selection);
  if (selection.door || selection.person) view.scrollIntoView({ block: "start" });
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`This page is damaged: it has no element ${id}.`);
  return element;
}

start().catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  byId("app").append(
    h(
      "p",
      { class: "notice bad" },
      `The lists and the search cannot be shown: ${why} The findings are below.`,
    ),
  );
});
