import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { accessGrant } from "../../provider/resources/access-grant";
import { acsAccessGroupMembership } from "../../provider/resources/acs-access-group-membership";
import { acsCredential } from "../../provider/resources/acs-credential";
import { acsUser } from "../../provider/resources/acs-user";
import { space } from "../../provider/resources/space";
import { userIdentity } from "../../provider/resources/user-identity";

/** A kind of what can be imported. */
interface ImportedKind {
  readonly lifecycle: ResourceLifecycle;
  /** The output that is its id, where another resource can refer to it. */
  readonly idOutput?: string;
}

/** By what `--only` calls them, in the order in which a program declares them: none refers to a later one. */
export const KINDS = {
  identities: { lifecycle: userIdentity, idOutput: "userIdentityId" },
  users: { lifecycle: acsUser, idOutput: "acsUserId" },
  memberships: { lifecycle: acsAccessGroupMembership },
  spaces: { lifecycle: space, idOutput: "spaceId" },
  grants: { lifecycle: accessGrant, idOutput: "accessGrantId" },
  credentials: { lifecycle: acsCredential, idOutput: "acsCredentialId" },
} as const satisfies Record<string, ImportedKind>;

export type Kind = keyof typeof KINDS;

export const ALL_KINDS = Object.keys(KINDS) as readonly Kind[];

/** @throws Error naming what is no kind */
export function kindsIn(list: string): ReadonlySet<Kind> {
  const names = list.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !(ALL_KINDS as readonly string[]).includes(name));
  if (unknown.length === 0) return new Set(names as Kind[]);
  const wrong = unknown.map((name) => `"${name}"`).join(", ");
  throw new Error(`--only: there is no kind ${wrong}. Kinds are ${ALL_KINDS.join(", ")}.`);
}
