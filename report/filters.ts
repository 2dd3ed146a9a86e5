import { noneNamed } from "../provider/values/named";
import type { AccessRow } from "./document";
import type { DoorFact } from "./facts/facts";
import { phaseAt, type Window } from "./window";

/** Which rows are asked for; all that are set apply together. */
export interface Filters {
  /** A door by id or name; the name in any case, in every system that has it. */
  readonly door?: string;
  /** A person by name, e-mail address (both in any case), or id of the user or user identity. */
  readonly person?: string;
  /** An access system by id or name. */
  readonly system?: string;
  /** A moment that must be within the row's time (default: now), or `any`. */
  readonly at?: Date | "any";
  /** Only what ends within so many milliseconds from now. */
  readonly expiringMs?: number;
  /** Only what no stack declares, and what may be so: a stack could not be read. */
  readonly undeclared?: boolean;
}

/** The filters as a reader of the report needs them; empty: everything, at any time. */
export function scopeOf(filters: Filters, readAtMs: number): string[] {
  const { door, person, system, at, expiringMs, undeclared } = filters;
  return [
    ...(system === undefined ? [] : [`system: ${system}`]),
    ...(door === undefined ? [] : [`door: ${door}`]),
    ...(person === undefined ? [] : [`person: ${person}`]),
    ...(at === "any" ? [] : [`at: ${new Date(momentOf(filters, readAtMs)).toISOString()}`]),
    ...(expiringMs === undefined ? [] : [`expiring within: ${expiringMs / 3_600_000} h`]),
    ...(undeclared ? ["undeclared only"] : []),
  ];
}

export function momentOf({ at }: Filters, readAtMs: number): number {
  return at instanceof Date ? at.getTime() : readAtMs;
}

export function isWithin(window: Window, atMs: number): boolean {
  return phaseAt(window, atMs) === "within";
}

export function wantsDoor({ door }: Filters, { id, name }: DoorFact): boolean {
  return door === undefined || id === door || isNamed(name, door);
}

/** @param endMs when the key ceases to open the door, by whatever way */
export function wantsRow(filters: Filters, { owner }: AccessRow, endMs: number, readAtMs: number): boolean {
  if (filters.undeclared && owner.kind === "declared") return false;
  if (filters.expiringMs === undefined) return true;
  return endMs > readAtMs && endMs <= readAtMs + filters.expiringMs;
}

/** Whether two names are the same to a person: case and outer blanks do not matter. */
export function isNamed(name: string, asked: string): boolean {
  return name.trim().toLowerCase() === asked.trim().toLowerCase();
}

/** For doors and systems: names of people are no matter for logs. */
export function notFoundText(what: string, asked: string, names: readonly string[]): string {
  return `Cannot find the ${what} "${asked}": ${noneNamed(asked, names)}`;
}
