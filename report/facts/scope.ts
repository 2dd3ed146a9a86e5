/** What is to be read of a workspace. */
export interface Scope {
  readonly systemId: string | undefined;
  /** Grants that are over are looked into only where a stack declares them: to tell whose their credentials are. */
  readonly isDeclared: (accessGrantId: string) => boolean;
  /** Credentials that stacks declare for a door, and how people call their resources. */
  readonly declaredAt: (doorId: string) => readonly DeclaredKey[];
  readonly nowMs: number;
  /** Requests that were sent before the reader's first. */
  readonly requestsBefore: number;
}

export interface DeclaredKey {
  readonly id: string;
  /** Such as `ada of prod`. */
  readonly name: string;
}
