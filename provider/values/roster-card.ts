/**
 * What `StaffAccess` hands to the provider along with the inputs of its resources, for one run: whose card a credential
 * is, and what the program confirms. No state keeps it, and no change of it is a change of a resource.
 */
export interface RosterCard {
  /** The same for all of one roster. */
  readonly roster: string;
  readonly person: string;
  readonly name: string;
  /** How many people may be outside until somebody encodes their cards. */
  readonly confirmed?: number;
  /** In a preview the roster's guard comes last, and tells about everybody at once. */
  readonly isPreview: boolean;
}

/** The name under which a {@link RosterCard} stands among the inputs of a credential. */
export const ROSTER_CARD = "__rosterCard";

/** The name under which a roster's guard is told what the cards are told as `roster`. */
export const ROSTER = "__roster";
