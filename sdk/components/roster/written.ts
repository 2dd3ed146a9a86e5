/** Where something stands in a roster: property names and list positions from the top. */
export type Path = readonly (string | number)[];

/** A roster as it was written. */
export interface RosterSource {
  readonly value: unknown;
  /** Where it is, for messages: `roster.yaml:12`, or `people[3].email` of a typed one. */
  place(path: Path): string;
  /** What is wrong with its form already. */
  readonly problems: readonly string[];
}
