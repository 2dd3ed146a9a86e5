import type { WorkspaceInfo } from "../document";
import type { Window } from "../window";

/**
 * What Seam says about who opens what, as plain data: what rows and findings are made of. It holds no PIN, card number,
 * link or token, and none of Seam's free texts.
 */
export interface Facts {
  readonly workspace: WorkspaceInfo;
  /** When the reading began. What was created later is not in it. */
  readonly readAtMs: number;
  readonly systems: ReadonlyMap<string, SystemFact>;
  readonly doors: ReadonlyMap<string, DoorFact>;
  readonly users: ReadonlyMap<string, UserFact>;
  readonly identities: ReadonlyMap<string, IdentityFact>;
  readonly credentials: ReadonlyMap<string, CredentialFact>;
  readonly groups: readonly GroupFact[];
  readonly grants: readonly GrantFact[];
  /**
   * Access systems of which not all access groups were read: what only a door's list shows there may come from one of them.
   */
  readonly unsureSystems: ReadonlySet<string>;
  /** Credentials that some access grant made, of which it was not found out which one. */
  readonly ofSomeGrant: ReadonlySet<string>;
  /** True when a question about one door was answered without reading the workspace. */
  readonly isNarrow: boolean;
  /** What could not be read, a sentence each; empty: everything that was to be read was. */
  readonly failures: readonly string[];
  /** What was left out on purpose, a sentence each. */
  readonly leftOut: readonly string[];
}

export interface SystemFact {
  readonly id: string;
  readonly name: string;
  /** Seam reports an error for it: what it shows may be old. */
  readonly hasErrors: boolean;
}

export interface DoorFact {
  readonly id: string;
  readonly name: string;
  readonly systemId: string;
  /** Credentials that open it as Seam says; `undefined` where that was not read. */
  readonly credentialIds: ReadonlySet<string> | undefined;
  /** Spaces that it is in; `undefined` where Seam does not say. */
  readonly spaceIds: readonly string[] | undefined;
}

export interface IdentityFact {
  readonly id: string;
  readonly name: string | undefined;
  readonly emailAddress: string | undefined;
}

/** A user of one access system. */
export interface UserFact extends IdentityFact {
  readonly systemId: string;
  readonly identityId: string | undefined;
  readonly isSuspended: boolean;
  readonly window: Window;
  readonly hasErrors: boolean;
}

export interface CredentialFact {
  readonly id: string;
  readonly systemId: string;
  readonly userId: string | undefined;
  readonly identityId: string | undefined;
  /** Credential that a phone's credential belongs to. */
  readonly parentId: string | undefined;
  readonly method: string;
  readonly window: Window;
  /** A card that nobody has encoded or assigned yet. */
  readonly isUnissuedCard: boolean;
  /** A later key took its place at the lock. */
  readonly isOverridden: boolean;
  /** Whether Seam's last change has reached the lock system; `undefined` where that is not tracked. */
  readonly isSynced: boolean | undefined;
  readonly hasErrors: boolean;
}

export interface GroupFact {
  readonly id: string;
  readonly name: string | undefined;
  readonly systemId: string;
  readonly window: Window;
  readonly doorIds: readonly string[];
  readonly userIds: readonly string[];
}

export interface GrantFact {
  readonly id: string;
  readonly name: string | undefined;
  /** Person that it is for. */
  readonly identityId: string | undefined;
  readonly window: Window;
  readonly doorIds: readonly string[];
  /** Credentials that it made. */
  readonly credentialIds: readonly string[];
  /** Locks without an access system that it opens, which are no doors here. */
  readonly deviceCount: number;
}
