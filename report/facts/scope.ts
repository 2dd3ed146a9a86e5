/** What is to be read of a workspace. */
export interface Scope {
  readonly systemId: string | undefined;
  /** Grants that are over are looked into only where a stack declares them: to tell whose their credentials are. */
  readonly isDeclared: (accessGrantId: string) => boolean;
  readonly nowMs: number;
  /** Requests that were sent before the reader's first. */
  readonly requestsBefore: number;
}
