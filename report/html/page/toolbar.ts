import { counted, h, icon } from "./dom";
import type { Matches } from "./matching";
import type { Report } from "./report";
import { FILTERS, type Filter, hasFilters, hashOf, type Selection, VIEWS, viewing } from "./selection";

export interface Toolbar {
  readonly element: Element;
  readonly show: (selection: Selection, matches: Matches) => void;
}

type Option = readonly [value: string, text: string];

/** Search, filters and the choice of a view. It stays while what is below it changes, so that typing goes on. */
export function toolbar(
  report: Report,
  change: (changed: Partial<Selection>, isTyping: boolean) => void,
  clear: () => void,
): Toolbar {
  const search = h("input", {
    type: "search",
    id: "search",
    placeholder: "Search people, doors, groups, stacks, ids",
    autocomplete: "off",
    spellcheck: "false",
    "aria-keyshortcuts": "/",
  });
  search.addEventListener("input", () => change({ q: search.value }, true));
  const choices: Record<Filter, readonly [title: string, options: readonly Option[]]> = {
    system: ["System", report.systems.map(({ id, name }) => [id, name])],
    status: ["Status", report.statuses.map(same)],
    owner: ["Owner", ["declared", "undeclared", "unknown"].map(same)],
    method: ["Key", report.methods.map(same)],
    until: [
      "Until",
      [
        ["7", "ends within 7 days"],
        ["30", "ends within 30 days"],
        ["90", "ends within 90 days"],
        ["none", "no end"],
      ],
    ],
  };
  const selects = FILTERS.map((filter) => {
    const [title, options] = choices[filter];
    const element = h(
      "select",
      { id: `filter-${filter}` },
      h("option", { value: "" }, "any"),
      ...options.map(([value, text]) => h("option", { value }, text)),
    );
    element.addEventListener("change", () => change({ [filter]: element.value }, false));
    return { filter, element, label: h("label", {}, h("span", {}, title), element) };
  });
  const clearing = h("button", { type: "button", class: "clear" }, "Clear");
  clearing.addEventListener("click", () => {
    clear();
    search.focus();
  });
  const summary = h("p", { class: "found", role: "status" });
  const links = VIEWS.map((view) => ({
    view,
    count: h("span", { class: "count" }),
    element: h("a", { href: "#" }),
  }));
  for (const { view, count, element } of links) element.append(TITLES[view], " ", count);

  /** What is searched and filtered for, on the screen and on paper. */
  const asked = ({ q, ...selection }: Selection): string =>
    [
      ...(q.trim() === "" ? [] : [`“${q.trim()}”`]),
      ...FILTERS.filter((filter) => selection[filter] !== "").map((filter) => {
        const [title, options] = choices[filter];
        return `${title.toLowerCase()} ${options.find(([value]) => value === selection[filter])?.[1] ?? selection[filter]}`;
      }),
    ].join(", ");

  return {
    element: h(
      "div",
      { class: "toolbar" },
      h("nav", { class: "views", "aria-label": "Views" }, ...links.map(({ element }) => element)),
      h(
        "search",
        { class: "filters" },
        h(
          "label",
          { class: "search", for: "search" },
          h("span", { class: "hidden-text" }, "Search"),
          icon("search"),
          search,
        ),
        ...selects.map(({ label }) => label),
        clearing,
      ),
      summary,
    ),
    show: (selection, matches) => {
      if (search.value !== selection.q) search.value = selection.q;
      for (const { filter, element } of selects) {
        element.value = selection[filter];
        element.classList.toggle("is-set", selection[filter] !== "");
      }
      clearing.hidden = !hasFilters(selection);
      const counts = {
        findings: matches.findings.length,
        doors: matches.doors.size,
        people: matches.people.size,
        matrix: undefined,
      };
      for (const { view, count, element } of links) {
        element.setAttribute("href", hashOf(viewing(selection, view)));
        if (view === selection.view) element.setAttribute("aria-current", "page");
        else element.removeAttribute("aria-current");
        count.textContent = counts[view]?.toLocaleString("en") ?? "";
      }
      summary.textContent = hasFilters(selection)
        ? `${asked(selection)}: ${counted(matches.rows.length, "way in", "ways in")} of ${report.rows.length.toLocaleString("en")}, ${counted(matches.people.size, "person", "people")}, ${counted(matches.doors.size, "door")}, ${counted(matches.findings.length, "finding")}.`
        : "";
    },
  };
}

const TITLES = { findings: "Findings", doors: "Doors", people: "People", matrix: "Matrix" } as const;

function same(text: string): Option {
  return [text, text];
}
