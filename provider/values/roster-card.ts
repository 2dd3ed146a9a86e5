/**
 * What `StaffAccess` hands to the provider along with the inputs of a card's credential and of its user, for one run:
 * whose card it is, and what the program confirms. No state keeps it, and no change of it is a change of a resource.
 */
export interface RosterCard extends RosterRun {
  readonly person: string;
  readonly name: string;
  /** How many people may be outside until somebody encodes their cards. */
  readonly confirmed?: number;
}

export interface RosterRun {
  /** The same for all of one roster. */
  readonly roster: string;
  /** In a preview the roster's guard comes last, and tells about everybody at once. */
  readonly isPreview: boolean;
}

/** The name under which a {@link RosterCard} stands among the inputs of a credential, and of its user. */
export const ROSTER_CARD = "__rosterCard";

/** The name under which a roster's guard is told what the cards are told: a {@link RosterRun}. */
export const ROSTER = "__roster";
