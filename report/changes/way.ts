import type { Unknown } from "./change";
import type { Directory } from "./directory";
import type { People } from "./people";
import type { SeamResource } from "./resources";
import type { Window } from "./windows";

export interface Stack {
  readonly resources: readonly SeamResource[];
  readonly people: People;
  readonly directory: Directory;
  /** Epoch milliseconds; what is over by then opens nothing. */
  readonly now: number;
}

/** By what somebody opens a door, and when. */
export interface Key {
  /** Equal on both sides where PIN, card or phone's key stay the same. */
  readonly key: string;
  /** False for a card that nobody has encoded. */
  readonly opens: boolean;
  readonly method?: string;
  readonly window: Window;
  /** Whether it stays as it is, only the run itself will know. */
  readonly isUncertain?: boolean;
}

/** That a person has a key of a door, before it is asked what becomes of the users and identities that it hangs on. */
export interface Opening {
  readonly person: string;
  /** See `placeKey`; `UNKNOWN` where it cannot be told. */
  readonly door: string;
  readonly key: Key;
  /** What gives it. */
  readonly givers: readonly SeamResource[];
  /** The access system of its door or group, as far as that can be told. */
  system(): Promise<string | undefined>;
}

/** One way in: a person opens a door by one key, through one resource of the stack. */
export interface Way extends Omit<Key, "isUncertain"> {
  readonly person: string;
  readonly door: string;
  /** What it hangs on, what gives it first. */
  readonly resources: readonly SeamResource[];
  /** Nothing is done to what it hangs on. */
  readonly isUntouched: boolean;
  /** Deleted before its replacement is made. */
  readonly isDeletedFirst: boolean;
  readonly isSuspended: boolean;
  /** What only the run itself will know. */
  readonly unknown: readonly Unknown[];
}
