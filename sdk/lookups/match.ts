import { nearNames } from "../../provider/values/near-names";
import { LookUpError } from "./look-up";

/** One way to ask: all of these arguments, and no others. */
type Way<Args> = readonly (keyof Args & string)[];

/** The way in which the arguments ask. @throws LookUpError when they name none of the ways, or more than one */
export function wayOf<Args extends object>(what: string, args: Args, ways: readonly Way<Args>[]): string {
  const given = Object.keys(args).filter((name) => args[name as keyof Args] !== undefined);
  const way = ways.find((names) => names.length === given.length && names.every((n) => given.includes(n)));
  if (way) return way[0] as string;
  const choices = ways.map((names) => names.join(" with ")).join(", or ");
  const asked = given.length > 0 ? given.join(", ") : "nothing";
  throw new LookUpError(`Cannot look up ${what} by ${asked}. Give ${choices}.`);
}

/**
 * The one of `candidates` that has this name. Blanks around it, which nobody sees, matter only where two differ in
 * nothing else.
 * @param what for messages, such as `acs_entrance`
 * @param where for messages, such as ` in acs_system 7f3c…`
 * @throws LookUpError with the names that are near, or the ids that are meant
 */
export function theOne<T>(naming: Naming<T>, name: string, candidates: readonly T[]): T {
  const { what, where, idOf, nameOf } = naming;
  const exactly = candidates.filter((candidate) => nameOf(candidate) === name);
  const [found, ...others] =
    exactly.length > 0
      ? exactly
      : candidates.filter((candidate) => nameOf(candidate)?.trim() === name.trim());
  if (found === undefined) {
    throw new LookUpError(
      `Cannot look up ${what} "${name}"${where}: ${nothingText(naming, name, candidates)}`,
    );
  }
  if (others.length > 0) {
    const ids = [found, ...others].map(idOf).join(", ");
    throw new LookUpError(
      `Cannot look up ${what} "${name}"${where}: there are ${others.length + 1} of them, ${ids}. Look it up by its id.`,
    );
  }
  return found;
}

/**
 * The one that has this name, by Seam's own search; where that finds none, among all of them, which the error needs
 * anyway.
 */
export async function searchOne<T>(
  naming: Naming<T>,
  name: string,
  list: (search: { search?: string }) => Promise<readonly T[]>,
): Promise<T> {
  const found = name ? await list({ search: name }) : [];
  const isFound = found.some((candidate) => naming.nameOf(candidate) === name);
  return theOne(naming, name, isFound ? found : await list({}));
}

/** How one kind of object is named, for the user and in its own fields. */
export interface Naming<T> {
  readonly what: string;
  readonly where: string;
  /** True where names are people's: messages go into logs, which are no place for those of others. */
  readonly isPerson?: boolean;
  idOf(object: T): string;
  nameOf(object: T): string | undefined;
}

const MAX_NAMES = 10;

function nothingText<T>({ nameOf, isPerson }: Naming<T>, name: string, all: readonly T[]): string {
  const names = [...new Set(all.map(nameOf).filter((other) => other !== undefined))].sort();
  if (isPerson && names.length > 0) {
    return `there is none among the ${names.length} that Seam has. Is it written as it is there?`;
  }
  const near = nearNames(name, names).slice(0, MAX_NAMES);
  if (near.length > 0) return `there is none. Did you mean ${quoted(near)}?`;
  if (names.length === 0) return "there is none, nor any other.";
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  return `there is none. There are ${quoted(names.slice(0, MAX_NAMES))}${more}.`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
