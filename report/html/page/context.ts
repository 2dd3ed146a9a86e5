import type { Matches } from "./matching";
import type { Report, Side } from "./report";
import type { Selection } from "./selection";

/** What a view is made from. */
export interface Context {
  readonly report: Report;
  readonly selection: Selection;
  readonly matches: Matches;
}

/** What a view of doors and a view of people differ in. */
export const SIDES = {
  door: { other: "person", view: "doors", one: "door", many: "doors" },
  person: { other: "door", view: "people", one: "person", many: "people" },
} as const satisfies Record<Side, unknown>;
