import * as pulumi from "@pulumi/pulumi";
import type { AccessMethod } from "../resources/acs-credential";

/**
 * A list of people and what they may open: an object in the program, or a YAML, JSON or CSV file of the same shape.
 */
export interface Roster {
  /**
   * Time zone (IANA), such as `Europe/Berlin`, for dates and times without a zone. A date as start means its first
   * moment, as end the whole day. A time that occurs twice means the first one as start and the second one as end; a
   * time that is skipped means the moment when the clocks go forward. Without a time zone, every time needs its own.
   */
  timeZone?: string;
  /** Default access method; `code` if you leave it out. */
  method?: AccessMethod;
  /** Groups by name. */
  groups?: Record<string, RosterGroup>;
  /** Everybody who has access. */
  people: RosterPerson[];
}

/** What the members of a group may open, and when. */
export interface RosterGroup {
  /**
   * Names of access groups in the access system: on systems whose doors come from access groups (Salto, Brivo, PTI …),
   * members get a membership in each.
   */
  accessGroups?: string[];
  /** Names of entrances, on systems where the credential has the doors (Visionline, Vostio, Latch …). */
  doors?: string[];
  /** Default access method of the members. */
  method?: AccessMethod;
  /**
   * Begin of access of members without one of their own, ISO 8601; without a zone only if the roster has a `timeZone`.
   */
  startsAt?: string;
  /**
   * End of access of members without one of their own, ISO 8601; without a zone only if the roster has a `timeZone`.
   */
  endsAt?: string;
}

/** One person. A person's own settings override those of the groups, which override those of the roster. */
export interface RosterPerson {
  /** Identifies the person, such as a staff number, and becomes part of resource names: never reuse or change it. */
  key: string;
  /** Full name. */
  name: string;
  /** E-mail address. */
  email?: string;
  /** With country code, such as `+15555550100`. */
  phone?: string;
  /** Names of groups. */
  groups?: string[];
  /** Names of entrances, in addition to those of the groups. */
  doors?: string[];
  /** The person's access method. */
  method?: AccessMethod;
  /** Start of access, ISO 8601; without a zone only if the roster has a `timeZone`. */
  startsAt?: string;
  /**
   * End of access, ISO 8601; without a zone only if the roster has a `timeZone`. If it is past, the person has no
   * access.
   */
  endsAt?: string;
  /**
   * Suspends the person: they keep card and PIN, but these open nothing. Remove it to let them in again. `false` means
   * the same as leaving it out: somebody who was suspended by hand stays suspended.
   */
  suspended?: boolean;
  /**
   * `acs_user_id` of the person's existing user, to take over instead of creating one, as `adopt` of `StaffAccess`
   * does by e-mail address. Remove it after the first `up`.
   */
  acsUserId?: string;
}

/** All mistakes in a roster, one per line; Pulumi shows them without a stack trace. */
export class RosterError extends pulumi.RunError {
  override readonly name = "RosterError";
  /** One per mistake, with its place. */
  readonly problems: readonly string[];

  /** @internal */
  constructor(problems: readonly string[]) {
    super(
      `The roster has ${problems.length} ${problems.length === 1 ? "mistake" : "mistakes"}. Nothing was changed.\n${problems.join("\n")}`,
    );
    this.problems = problems;
    // Pulumi prints the stack of an error that an output ends in; the message says it all.
    this.stack = this.message;
  }
}
