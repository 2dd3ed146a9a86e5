import { type Names, oneNamed } from "../../provider/values/named";
import { show } from "../../provider/values/show";
import { LookUpError } from "./look-up";

/** One way to ask: all of these arguments, and no others. */
type Way<Args> = readonly (keyof Args & string)[];

/**
 * The way in which the arguments ask.
 * @param lists arguments that are lists of texts; all others are texts
 * @throws LookUpError when they name none of the ways, or more than one, or are of other types
 */
export function wayOf<Args extends object>(
  what: string,
  args: Args,
  ways: readonly Way<Args>[],
  lists: readonly (keyof Args & string)[] = [],
): string {
  const given = Object.keys(args).filter((name) => args[name as keyof Args] !== undefined);
  const way = ways.find((names) => names.length === given.length && names.every((n) => given.includes(n)));
  if (way) {
    const problems = way.flatMap((name) => wrongType(name, args[name], lists.includes(name)));
    if (problems.length > 0) throw new LookUpError(`Cannot look up ${what}: ${problems.join(" ")}`);
    return way[0] as string;
  }
  const choices = ways.map((names) => names.join(" with ")).join(", or ");
  const asked = given.length > 0 ? given.join(", ") : "nothing";
  throw new LookUpError(`Cannot look up ${what} by ${asked}. Give ${choices}.`);
}

/** What is wrong with an argument, which in YAML and JavaScript may be of any type: a door's name is a number soon. */
function wrongType(name: string, value: unknown, isList: boolean): readonly string[] {
  const isText = (text: unknown) => typeof text === "string";
  if (!isList) return isText(value) ? [] : [`${name} is not a text. Write it in quotation marks.`];
  const isRight = Array.isArray(value) && value.every(isText);
  return isRight ? [] : [`${name} is not a list of texts. Write each in quotation marks.`];
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
