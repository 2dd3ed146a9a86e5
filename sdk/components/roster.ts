import * as pulumi from "@pulumi/pulumi";
import type { AccessMethod } from "../resources/acs-credential";

/** A list of people and what they may open: typed, or as a YAML, JSON or CSV file of the same shape. */
export interface Roster {
  /**
   * Time zone (IANA), such as `Europe/Berlin`, of dates and of times that name no zone. A date as begin is its first
   * moment, as end the whole day. Where the clocks show a time twice, the first one is meant as begin and the second
   * one as end; a time that they skip is the moment at which they are put forward. Without a time zone every time has
   * to name its own.
   */
  timeZone?: string;
  /** How people get in who do not say otherwise; default `code`. */
  method?: AccessMethod;
  /** Groups by name. */
  groups?: Record<string, RosterGroup>;
  /** Everybody who has access. */
  people: RosterPerson[];
}

/** What the members of a group may open, and when. */
export interface RosterGroup {
  /**
   * Access groups of the access system, by name: on systems whose doors come from access groups (Salto, Brivo, PTI …)
   * members get a membership in each.
   */
  accessGroups?: string[];
  /** Entrances by name, on systems where doors stand on the credential (Visionline, Vostio, Latch …). */
  doors?: string[];
  /** How members get in who do not say otherwise. */
  method?: AccessMethod;
  /** Begin of access of members who do not say otherwise, ISO 8601; without a zone of its own only with `timeZone`. */
  startsAt?: string;
  /** End of access of members who do not say otherwise, ISO 8601; without a zone of its own only with `timeZone`. */
  endsAt?: string;
}

/** One person. What it says goes before what its groups say, and that before what the roster says. */
export interface RosterPerson {
  /** What resource names are made of, such as a staff number: never reuse or change it. */
  key: string;
  /** Full name. */
  name: string;
  /** E-mail address. */
  email?: string;
  /** With country code, such as `+15555550100`. */
  phone?: string;
  /** Names of groups. */
  groups?: string[];
  /** Entrances by name besides those of the groups. */
  doors?: string[];
  /** How the person gets in. */
  method?: AccessMethod;
  /** Begin of access, ISO 8601; without a zone of its own only with `timeZone`. */
  startsAt?: string;
  /** End of access, ISO 8601; without a zone of its own only with `timeZone`. A past one takes access away. */
  endsAt?: string;
  /**
   * True for somebody who is to stay outside for a while: nothing of theirs opens a door, and card and PIN are kept for
   * the day they are back. Taking it out lets them in again. `false` says as little as leaving it out: somebody who was
   * suspended by hand stays so.
   */
  suspended?: boolean;
  /**
   * `acs_user_id` of the person's user where it is there already: it is taken over instead of making one, as
   * `adopt` of `StaffAccess` does by e-mail addresses. To be taken out after the first `up`.
   */
  acsUserId?: string;
}

/** Everything that is wrong with a roster, one line each; Pulumi shows it without a stack trace. */
export class RosterError extends pulumi.RunError {
  override readonly name = "RosterError";
  /** One for each mistake, with its place. */
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
