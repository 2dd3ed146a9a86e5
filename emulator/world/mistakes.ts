/** One thing that is wrong in what a user wrote, and where. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Each mistake as `path: what is wrong`. */
export function told(mistakes: readonly Mistake[]): string[] {
  return mistakes.map(({ path, message }) => `${path.map(String).join(".") || "(top)"}: ${message}`);
}
