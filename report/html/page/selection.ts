import type { Side } from "./report";

export const VIEWS = ["findings", "doors", "people", "matrix"] as const;
export type View = (typeof VIEWS)[number];

/** What is looked at. It is what stands behind the `#` of the address, so that it can be sent and gone back to. */
export interface Selection {
  readonly view: View;
  /** Id of the door or person that is looked at. */
  readonly door: string;
  readonly person: string;
  /** What was typed into the search. */
  readonly q: string;
  readonly system: string;
  readonly method: string;
  readonly status: string;
  readonly owner: string;
  /** `none`, or a number of days from the time of the report. */
  readonly until: string;
}

export const FILTERS = ["system", "status", "owner", "method", "until"] as const;
export type Filter = (typeof FILTERS)[number];

const EMPTY: Selection = {
  view: "findings",
  door: "",
  person: "",
  q: "",
  system: "",
  method: "",
  status: "",
  owner: "",
  until: "",
};

const KEYS = Object.keys(EMPTY) as (keyof Selection)[];

/** A deep link such as `#door=…` needs no `view`. */
export function selectionOf(hash: string, defaultView: View): Selection {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const given = Object.fromEntries(KEYS.flatMap((key) => (params.has(key) ? [[key, params.get(key)]] : [])));
  const selection: Selection = { ...EMPTY, view: defaultView, ...given };
  const view = selection.door ? "doors" : selection.person ? "people" : selection.view;
  return { ...selection, view: VIEWS.includes(view) ? view : defaultView };
}

export function hashOf(selection: Selection): string {
  const { view, door, person } = selection;
  const params = new URLSearchParams();
  for (const key of KEYS) {
    const isTold = key === "view" && (door || person);
    if (selection[key] && !isTold) params.set(key, selection[key]);
  }
  return `#${params.toString().replaceAll("+", "%20") || `view=${view}`}`;
}

/** The same filters, another view. */
export function viewing(selection: Selection, view: View): Selection {
  return { ...selection, view, door: "", person: "" };
}

/** The same filters, one door or person. */
export function lookingAt(selection: Selection, side: Side, id: string): Selection {
  return { ...viewing(selection, side === "door" ? "doors" : "people"), [side]: id };
}

export function withoutFilters(selection: Selection): Selection {
  const { view, door, person } = selection;
  return { ...EMPTY, view, door, person };
}

export function hasFilters(selection: Selection): boolean {
  return selection.q.trim() !== "" || FILTERS.some((filter) => selection[filter] !== "");
}
