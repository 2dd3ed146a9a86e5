/** How much of an id makes a name unique and still readable. */
const DIGITS = 6;

/** What a resource is named after. */
export interface Named {
  readonly id: string;
  readonly label: string;
  /** The id whose beginning is part of the name, where it is not its own. */
  readonly nameId?: string;
}

/**
 * Names of resources: the label and the beginning of an id, so that a name never depends on what else there is.
 * More of the id where that is not enough.
 */
export function namesOf(resources: readonly Named[]): Map<string, string> {
  const short = ({ id, label, nameId = id }: Named) => `${label}-${nameId.slice(0, DIGITS)}`;
  const alike = Map.groupBy(resources, short);
  return new Map(
    resources.map((one) => {
      const isAlone = alike.get(short(one))?.length === 1;
      return [one.id, isAlone ? short(one) : `${one.label}-${one.id.replace("/", "-")}`];
    }),
  );
}

/** A name as an identifier: `ada-example-user-7f3c12` is `adaExampleUser7f3c12`. */
export function identifierOf(name: string): string {
  const joined = name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}
