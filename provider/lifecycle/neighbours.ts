import type { Properties } from "../values/record";

/** What a process knows of one resource that the program declares. Only ids are told: no secret is ever in a file. */
export interface Told {
  /** Such as `an AcsUser`, for messages. */
  readonly what: string;
  /** The object's id, where there is one. */
  readonly id?: string | undefined;
  /** Whether the object was to stay, and is made anew after all. */
  readonly isGivenUp?: true;
  /** With what Seam deletes the object along. */
  readonly lostAlong?: string;
  /** The object stays, and with it what was lost along with it. */
  readonly losesNothing?: true;
  /** Ids of the cards that go on beside it. */
  readonly cards?: readonly string[];
  /** Ids of what the resource hangs on, by property. */
  readonly ids: Properties;
}

/**
 * The provider processes of one Pulumi command. Pulumi starts one for each provider of the program and of the state: what a
 * resource's former provider deletes may be what another one has just been told to keep.
 */
export interface Neighbours {
  tell(told: Told): void;
  /** What others have told since the last time. */
  news(): readonly Told[];
}
