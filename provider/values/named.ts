import { nearNames } from "./near-names";

/** How one kind of object is named, for the user and in its own fields. */
export interface Names<T> {
  /** True where names are people's: messages go into logs, which are no place for those of others. */
  readonly isPerson?: boolean;
  idOf(object: T): string;
  nameOf(object: T): string | undefined;
}

const MAX_NAMES = 10;

/**
 * The one of `candidates` that has this name, or what is the matter. Blanks around a name, and whether an accent is a
 * character of its own, which nobody sees, matter only where two differ in nothing else.
 */
export function oneNamed<T>(
  names: Names<T>,
  name: string,
  candidates: readonly T[],
): { readonly one: T } | { readonly problem: string; readonly isAmbiguous?: true } {
  const { idOf, nameOf } = names;
  const exactly = candidates.filter((candidate) => nameOf(candidate) === name);
  const [one, ...others] =
    exactly.length > 0 ? exactly : candidates.filter((candidate) => seen(nameOf(candidate)) === seen(name));
  if (one === undefined) return { problem: nothingText(names, name, candidates) };
  if (others.length === 0) return { one };
  const ids = [one, ...others].map(idOf).join(", ");
  return { problem: `there are ${others.length + 1} of them, ${ids}.`, isAmbiguous: true };
}

function seen(name: string | undefined): string | undefined {
  return name?.trim().normalize("NFC");
}

function nothingText<T>({ nameOf, isPerson }: Names<T>, name: string, all: readonly T[]): string {
  const names = all.map(nameOf).filter((other) => other !== undefined);
  const count = new Set(names).size;
  return isPerson && count > 0
    ? `there is none among the ${count} that Seam has. Is it written as it is there?`
    : noneNamed(name, names);
}

/** That nothing has this name, and what it may have been meant for. Not for names of people. */
export function noneNamed(name: string, others: readonly string[]): string {
  const names = [...new Set(others)].sort();
  const near = nearNames(name, names).slice(0, MAX_NAMES);
  if (near.length > 0) return `there is none. Did you mean ${quoted(near)}?`;
  if (names.length === 0) return "there is none, nor any other.";
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  return `there is none. There are ${quoted(names.slice(0, MAX_NAMES))}${more}.`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
