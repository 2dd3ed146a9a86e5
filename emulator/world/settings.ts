/** How long Seam and the lock system take, in milliseconds of the emulator's clock. */
export interface Delays {
  /** Until a created or changed credential is in the lock system. */
  syncMs: number;
  /** Until a PIN that the lock system chooses is known. */
  codeMs: number;
  /** Until an access method of an access grant is issued, or issued again after a change. */
  issueMs: number;
  /** Until a person has put a card on the encoder, and an action attempt has ended. */
  cardMs: number;
  /** Until a deleted object is gone; until then it warns `being_deleted`. */
  deletionMs: number;
}

/** How the emulator behaves where a user may want it otherwise. */
export interface Settings {
  delays: Delays;
  /** A start in the past: kept as it was sent, or moved to now with the warning `schedule_modified`. */
  pastStartsAt: "kept" | "moved";
  /** Whether a credential shows its `user_identity_id`: the schema has it, the documented replies do not. */
  showsUserIdentityId: boolean;
  /** An id that there is not in a batch of `get_related`: left out, or a 404 for all of them. */
  missingInBatch: "left-out" | "not-found";
  /** An e-mail address that another user of the system has: an error of the user, later, or nothing at all. */
  takenEmailAddresses: "fail" | "accepted";
  /**
   * How the lock system writes the times that it is given: as they are, cut to the second or to the minute.
   */
  writesTimes: "as-sent" | "second" | "minute";
  /** How the lock system writes names: as they are, or without blanks at their ends and in one Unicode form (NFC). */
  writesNames: "as-sent" | "trimmed-nfc";
  /** Whether a credential shows its `ends_at`. */
  showsEndsAt: boolean;
}

/** Everything happens at once, so that tests are quick; ask for delays to see the time in between. */
export const DEFAULT_SETTINGS: Settings = {
  delays: { syncMs: 0, codeMs: 0, issueMs: 0, cardMs: 0, deletionMs: 0 },
  pastStartsAt: "kept",
  showsUserIdentityId: false,
  missingInBatch: "left-out",
  takenEmailAddresses: "fail",
  writesTimes: "as-sent",
  writesNames: "as-sent",
  showsEndsAt: true,
};
