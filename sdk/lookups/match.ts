import { type Names, oneNamed } from "../../provider/values/named";
import { show } from "../../provider/values/show";
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
 * The one of `candidates` that has this name.
 * @throws LookUpError with the names that are near, or the ids that are meant
 */
export function theOne<T>(naming: Naming<T>, name: string, candidates: readonly T[]): T {
  const found = oneNamed(naming, name, candidates);
  if ("one" in found) return found.one;
  const advice = found.isAmbiguous ? " Look it up by its id." : "";
  throw new LookUpError(
    `Cannot look up ${naming.what} ${show(name)}${naming.where}: ${found.problem}${advice}`,
  );
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

/** How one kind of object is named, and how messages call it. */
export interface Naming<T> extends Names<T> {
  /** Such as `acs_entrance`. */
  readonly what: string;
  /** Such as ` in acs_system 7f3c…`. */
  readonly where: string;
}
