/**
 * The JSON of `pulumi-seam access` and `pulumi-seam review`, version 1. Fields may come to it; none changes its meaning
 * or goes. Nothing in it opens a door: no PIN, card number, link or token, and none of Seam's free texts.
 */

export const SCHEMA_VERSION = 1;

/** Who can open what, as it was read. */
export interface AccessDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** When the reading began: ISO 8601, UTC. What was created later is not in it. */
  readonly generatedAt: string;
  /** False when something that should have been read could not be: see `notSeen`. */
  readonly complete: boolean;
  readonly workspace: WorkspaceInfo;
  /** Stacks that were read, by name. What none of them declares is undeclared. */
  readonly stacks: readonly string[];
  /** Sorted by system, door, person, method, credential. */
  readonly rows: readonly AccessRow[];
  /** What this reading cannot know, or failed to read; a sentence each. */
  readonly notSeen: readonly string[];
  /** Version of pulumi-seam. */
  readonly toolVersion: string;
  /** The filters that were set, a text each such as `door: Front door`; empty: everything, at any time. */
  readonly scope: readonly string[];
  /** Requests that were sent to Seam. */
  readonly requests: number;
  readonly durationMs: number;
}

/** An access review: the rows, and what a reviewer should look at. */
export interface ReviewDocument extends AccessDocument {
  /** Sorted by kind (as in {@link FINDING_KINDS}), person and credential. */
  readonly findings: readonly Finding[];
}

/** Either of them as it is written to a file; the rows can be made one by one meanwhile, since there may be very many. */
export interface WrittenDocument extends Omit<AccessDocument, "rows"> {
  readonly rows: Iterable<AccessRow>;
  readonly findings?: readonly Finding[];
}

/** A workspace of Seam's. */
export interface WorkspaceInfo {
  readonly workspaceId: string;
  readonly name?: string;
  readonly isSandbox?: boolean;
}

/** One person at one door by one key; a key that opens it in two ways at different times has a row for each. */
export interface AccessRow {
  readonly person: Person;
  readonly door: Door;
  readonly system: System;
  /** From when it opens: the latest start of credential, user and group. ISO 8601, UTC; without it, always has. */
  readonly startsAt?: string;
  /** Until when it opens: the earliest end of credential, user and group; without it, for good. */
  readonly endsAt?: string;
  /** Seam's access method: `code`, `card`, `mobile_key`, `cloud_key`, or one that is newer. */
  readonly method: string;
  readonly via: Via;
  readonly acsCredentialId: string;
  readonly status: AccessStatus;
  readonly owner: Owner;
}

export interface Person {
  /** Empty where Seam has no name. */
  readonly name: string;
  readonly emailAddress?: string;
  /** Empty for a credential that belongs to no user. */
  readonly acsUserId: string;
  readonly userIdentityId?: string;
}

export interface Door {
  readonly name: string;
  readonly acsEntranceId: string;
}

export interface System {
  readonly name: string;
  readonly acsSystemId: string;
}

/** Through what a key opens a door. */
export interface Via {
  readonly kind: "credential" | "access_group" | "access_grant";
  /** Id of the credential, group or grant. */
  readonly id: string;
  readonly name?: string;
}

/**
 * `active`: opens. `upcoming`, `over`: outside its time; also over is a key that a later one overrides. `suspended`: its
 * user is. `not_issued`: a card that is not encoded. `not_synced`: Seam's last change has not reached the lock system, or
 * the door does not list a key that should open it. `failed`: Seam reports an error for the credential or its user;
 * whether it opens is not known.
 */
export type AccessStatus =
  | "active"
  | "upcoming"
  | "over"
  | "suspended"
  | "not_issued"
  | "not_synced"
  | "failed";

/**
 * Who declares it. A credential that a declared grant made is the grant's, a phone's credential its parent's, and what a
 * group opens is declared where both the key and the membership are. A door that a declared key opens beyond what is
 * declared of it is undeclared. `unknown`: in no stack that was read, but some stack could not be, or not all grants or
 * groups through which it may be declared; or the state keeps doors or groups of its resource as secrets, or has the key of
 * a space alone.
 */
export interface Owner {
  readonly kind: "declared" | "undeclared" | "unknown";
  /** Stack that declares it. */
  readonly stack?: string;
  /** Its resource: the credential, grant or membership. */
  readonly urn?: string;
}

/** The kinds of findings, the gravest first. */
export const FINDING_KINDS = [
  "undeclared",
  "over",
  "suspended_with_access",
  "declared_but_gone",
  "declared_twice",
  "without_user",
  "not_synced",
  "expiring",
  "without_end",
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that a reviewer should look at. */
export interface Finding {
  readonly kind: FindingKind;
  /** A sentence, such as `Ada Example's card opens Lab and 2 more doors, and no stack declares it.` */
  readonly text: string;
  readonly acsCredentialId?: string;
  readonly person?: Person;
  /** Where it is about one door. */
  readonly door?: Door;
  readonly system?: System;
  readonly owner?: Owner;
  readonly startsAt?: string;
  readonly endsAt?: string;
}
