/** Where something stands in a roster: property names and list positions from the top. */
export type Path = readonly (string | number)[];

/** Something wrong with a roster. */
export interface Mistake {
  /** `roster.yaml:12`, or `people[3].email` of a typed one. */
  readonly place: string;
  /** What is wrong, and what to do. */
  readonly text: string;
}

/** A roster as it was written. */
export interface RosterSource {
  /** `undefined` where the form is so wrong that nothing else can be judged. */
  readonly value: unknown;
  /** Where something is, for messages. */
  place(path: Path): string;
  /** What the file calls a property: the column `E-mail` is `email`. */
  nameOf(property: string): string;
  /** What is wrong with its form. */
  readonly mistakes: readonly Mistake[];
}

/** Mistakes as the lines of an error, in the order of the file. */
export function listed(mistakes: readonly Mistake[]): string[] {
  return [...mistakes].sort((a, b) => lineOf(a) - lineOf(b)).map(line);
}

/** A place of a typed roster ends in the property's name: it need not stand there twice. */
function line({ place, text }: Mistake): string {
  const property = /^\w+(?=: )/.exec(text)?.[0];
  const saysIt = property !== undefined && (place === property || place.endsWith(`.${property}`));
  return saysIt ? `${place}${text.slice(property.length)}` : `${place}: ${text}`;
}

function lineOf({ place }: Mistake): number {
  return Number(/:(\d+)$/.exec(place)?.[1] ?? 0);
}
