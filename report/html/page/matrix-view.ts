import type { Context } from "./context";
import { bdi, h, icon } from "./dom";
import type { Row, Subject } from "./report";
import { rowTable, subjectLink } from "./row-table";

/** More at once is neither drawn fast nor read: the rest comes by the buttons, or by a closer selection. */
const MOST_PEOPLE = 50;
const MOST_DOORS = 30;

/** People by doors, of what passes the search and the filters. */
export function matrixView(context: Context): Node {
  const people = [...context.matches.people.keys()];
  const doors = [...context.matches.doors.keys()];
  if (people.length === 0) return h("p", { class: "muted nothing" }, "Nobody and no door match.");
  const view = h("div", { class: "matrix" });
  draw(0, 0);
  return view;

  function draw(firstPerson: number, firstDoor: number): void {
    const below = h("div", { class: "cell-detail", role: "status", "aria-label": "The chosen cell" });
    view.replaceChildren(
      h(
        "div",
        { class: "matrix-bar" },
        pager("People", "person", people.length, firstPerson, MOST_PEOPLE, (first) => draw(first, firstDoor)),
        pager("Doors", "door", doors.length, firstDoor, MOST_DOORS, (first) => draw(firstPerson, first)),
        legend(),
      ),
      h(
        "div",
        { class: "matrix-scroll" },
        grid(
          context,
          people.slice(firstPerson, firstPerson + MOST_PEOPLE),
          doors.slice(firstDoor, firstDoor + MOST_DOORS),
          below,
        ),
      ),
      h(
        "p",
        { class: "muted screen-only" },
        "Arrow keys move in the table; Enter shows what is behind a cell.",
      ),
      below,
    );
  }
}

function grid(context: Context, people: readonly Subject[], doors: readonly Subject[], below: Element): Node {
  const { selection, matches } = context;
  const twin = twinsOf([...people, ...doors]);
  const table = h(
    "table",
    { role: "grid", "aria-label": "People by doors" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col", class: "corner" }, "Person"),
        ...doors.map((door) =>
          h("th", { scope: "col", class: `door${twin(door)}` }, h("div", {}, subjectLink(selection, door))),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      ...people.map((person) => {
        const rowsOfDoor = new Map<Subject, Row[]>();
        for (const row of matches.people.get(person) ?? []) {
          const rows = rowsOfDoor.get(row.door);
          if (rows) rows.push(row);
          else rowsOfDoor.set(row.door, [row]);
        }
        return h(
          "tr",
          {},
          h("th", { scope: "row", class: twin(person) }, subjectLink(selection, person)),
          ...doors.map((door) => cell(context, person, door, rowsOfDoor.get(door) ?? [], below)),
        );
      }),
    ),
  );
  table.addEventListener("keydown", moveByKeys);
  table.querySelector("td")?.setAttribute("tabindex", "0");
  return table;
}

function cell(context: Context, person: Subject, door: Subject, rows: readonly Row[], below: Element): Node {
  if (rows.length === 0) {
    return h("td", { tabindex: "-1" }, h("span", { class: "hidden-text" }, "none"));
  }
  const state = stateOf(rows);
  const isUndeclared = rows.some(({ owner }) => owner.kind === "undeclared");
  const words = `${STATES[state]}${isUndeclared ? ", undeclared" : ""}`;
  const made = h(
    "td",
    {
      tabindex: "-1",
      class: `way way-${state}${isUndeclared ? " way-undeclared" : ""}`,
      title: `${person.name}, ${door.name}: ${words}`,
    },
    h("span", { class: "mark", "aria-hidden": "true" }),
    h("span", { class: "hidden-text" }, words),
  );
  made.addEventListener("click", () => {
    made.focus();
    below.replaceChildren(
      h("h3", {}, bdi(person.name), ", ", bdi(door.name)),
      rowTable(context, rows, "door", `${person.name}, ${door.name}`),
    );
  });
  return made;
}

/** Two of one name are told apart by what else is known of them. */
function twinsOf(subjects: readonly Subject[]): (subject: Subject) => string {
  const counts = new Map<string, number>();
  for (const { name } of subjects) counts.set(name, (counts.get(name) ?? 0) + 1);
  return ({ name }) => ((counts.get(name) ?? 0) > 1 ? " twin" : "");
}

const STATES = { active: "active", later: "upcoming", not: "not active" } as const;
type State = keyof typeof STATES;

/** The best of a cell's ways in. */
function stateOf(rows: readonly Row[]): State {
  if (rows.some(({ status }) => status === "active")) return "active";
  return rows.some(({ status }) => status === "upcoming") ? "later" : "not";
}

function legend(): Node {
  const entry = (state: State, text: string, extra = "") =>
    h("span", { class: `way-${state} ${extra}` }, h("span", { class: "mark", "aria-hidden": "true" }), text);
  return h(
    "p",
    { class: "matrix-legend" },
    entry("active", "active"),
    entry("later", "upcoming"),
    entry("not", "not active: over, suspended, not issued, not synced or failed"),
    entry("active", "has an undeclared way in", "way-undeclared"),
  );
}

function pager(
  label: string,
  what: string,
  total: number,
  first: number,
  size: number,
  go: (first: number) => void,
): Node {
  const last = Math.min(first + size, total);
  if (total <= size) return h("span", {}, h("b", {}, label), ` ${total.toLocaleString("en")}`);
  const step = (to: number, name: string, drawn: Node) => {
    const button = h(
      "button",
      { type: "button", "aria-label": `${name} ${label.toLowerCase()}`, disabled: to < 0 || to >= total },
      drawn,
    );
    button.addEventListener("click", () => {
      const bar = button.closest(".matrix");
      go(to);
      bar?.querySelector<HTMLElement>(`[data-pager="${what}"] button:not(:disabled)`)?.focus();
    });
    return button;
  };
  return h(
    "span",
    { class: "pager", "data-pager": what },
    h("b", {}, label),
    step(first - size, "Previous", icon("back")),
    h(
      "span",
      {},
      `${(first + 1).toLocaleString("en")} to ${last.toLocaleString("en")} of ${total.toLocaleString("en")}`,
    ),
    step(first + size, "Next", icon("next")),
  );
}

/** The keys of a grid: arrows, Home and End; one of its cells is in the order of the Tab key. */
function moveByKeys(event: KeyboardEvent): void {
  const from = event.target;
  if (!(from instanceof HTMLTableCellElement) || from.tagName !== "TD") return;
  const row = from.parentElement;
  if (!(row instanceof HTMLTableRowElement)) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    from.click();
    return;
  }
  const sibling = (of: Element | null) =>
    of instanceof HTMLTableRowElement ? of.cells[from.cellIndex] : undefined;
  const targets: Record<string, () => Element | null | undefined> = {
    ArrowRight: () => from.nextElementSibling,
    ArrowLeft: () => from.previousElementSibling,
    ArrowDown: () => sibling(row.nextElementSibling),
    ArrowUp: () => sibling(row.previousElementSibling),
    Home: () => row.cells[1],
    End: () => row.cells[row.cells.length - 1],
  };
  const target = targets[event.key]?.();
  if (!(target instanceof HTMLElement) || target.tagName !== "TD") return;
  event.preventDefault();
  from.setAttribute("tabindex", "-1");
  target.setAttribute("tabindex", "0");
  target.focus();
}
