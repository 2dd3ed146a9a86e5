/** When somebody has access, and by what. */
export interface AccessTimes {
  /** Begin, ISO 8601 in UTC; absent where it has begun. */
  readonly startsAt?: string;
  /** End, ISO 8601 in UTC; absent where there is none. */
  readonly endsAt?: string;
  /** Seam's access method, such as `code`; absent where the preview does not tell it. */
  readonly method?: string;
}

/** Somebody whose access changes; with the ids that there are before the change. */
export interface ChangedPerson {
  readonly name: string;
  readonly emailAddress?: string;
  readonly acsUserId?: string;
  readonly userIdentityId?: string;
  /** Name of the resource that tells of the person, where there is no id yet, or of the space that others have grants for. */
  readonly resource?: string;
}

/**
 * What is opened. A door where that is known; else what opens doors that are not known here: an access group, a space,
 * or with the id of a system alone whatever the person's access groups there open.
 */
export interface ChangedDoor {
  readonly name: string;
  readonly acsEntranceId?: string;
  readonly deviceId?: string;
  readonly acsAccessGroupId?: string;
  readonly spaceId?: string;
  readonly acsSystemId?: string;
}

/** What a change of a stack does for one person at one door. */
export interface AccessChange {
  readonly person: ChangedPerson;
  readonly door: ChangedDoor;
  /**
   * `gains` and `loses`: all access to the door. `changes`: access stays, but otherwise than before. `interrupted`:
   * access stays, but what gives it is deleted before its replacement is made, or is a card that somebody has to encode
   * anew, or it is not given at times at which it was. `unknown`: the preview cannot tell.
   */
  readonly change: "gains" | "loses" | "changes" | "interrupted" | "unknown";
  readonly before?: AccessTimes;
  readonly after?: AccessTimes;
  /** Name of the resource that brings it about. */
  readonly resource: string;
  /** What is otherwise after it; `key` is another PIN, a card to encode anew, another key on the phone. */
  readonly changed?: readonly Changed[];
  /** What is not known before the change is made. */
  readonly unknown?: readonly Unknown[];
  /** When it is interrupted, for reason `begin`. */
  readonly without?: readonly Omit<AccessTimes, "method">[];
  /**
   * Why access is lost or gained, where it is not made or deleted, or interrupted: `encoding`, until a card is encoded;
   * `begin`, until it begins.
   */
  readonly reason?: "suspended" | "unsuspended" | "encoding" | "begin";
}

export type Changed = "startsAt" | "endsAt" | "method" | "key";
/** `user`: whether it is by the user that changes; `suspended`: whether the person is. */
export type Unknown = "person" | "door" | "startsAt" | "endsAt" | "key" | "user" | "suspended";

/** What `pulumi-seam changes --format json` prints. */
export interface ChangesReport {
  readonly schemaVersion: 1;
  readonly changes: readonly AccessChange[];
  /** What this report could not take into account. */
  readonly notSeen: readonly string[];
}
