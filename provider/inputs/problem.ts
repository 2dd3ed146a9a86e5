import type { Properties } from "../values/record";

/** One thing wrong with a resource's inputs. `text` begins with the property's path and never holds a secret. */
export interface Problem {
  readonly path: string;
  readonly text: string;
}

/** What there is to say of a resource's inputs. */
export interface Checked {
  /** Normalised inputs, unknown values as they came. */
  readonly inputs: Properties;
  readonly problems: readonly Problem[];
}

/** A problem at a property; `text` says what is wrong and what to do. */
export function problem(path: string, text: string): Problem {
  return { path, text: `${path}: ${text}` };
}
