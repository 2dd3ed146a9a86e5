import { nameInUrn } from "../provider/values/urn";
import type { Finding } from "./document";
import type { Facts } from "./facts/facts";
import type { Declaration, Owners } from "./owners";

/**
 * What stacks declare and Seam does not have, or what more than one resource declares.
 * @param isWhole whether everything was read: else what is not there is not called gone
 */
export function declarationFindings(facts: Facts, { declarations }: Owners, isWhole: boolean): Finding[] {
  const here = declarations.filter(({ workspaceId }) => workspaceId === facts.workspace.workspaceId);
  // An identity that was merged into another one is still found by its id, and is no matter of doors.
  // What has ended may be gone: `pulumi up` leaves it so.
  const hasEnded = ({ endsAt }: Declaration) => endsAt !== undefined && Date.parse(endsAt) <= facts.readAtMs;
  const findable = here.filter((one) => one.kind !== "UserIdentity" && !hasEnded(one));
  const isThere = presence(facts);
  const byObject = Map.groupBy(here, ({ kind, id }) => `${kind} ${id}`);
  return [
    ...(isWhole ? findable.filter((declaration) => !isThere(declaration)).map(gone) : []),
    ...[...byObject.values()].flatMap(([first, ...others]) =>
      first && others.length > 0 ? declaredTwice(first, others) : [],
    ),
  ];
}

/** Tells whether what is declared is in Seam. A membership may name its member by user or by identity. */
function presence({
  credentials,
  grants,
  users,
  groups,
  identities,
}: Facts): (declaration: Declaration) => boolean {
  const grantIds = new Set(grants.map(({ id }) => id));
  const memberships = new Set(
    groups.flatMap(({ id, userIds }) =>
      userIds.flatMap((userId) => [`${id}/${userId}`, `${id}/${users.get(userId)?.identityId}`]),
    ),
  );
  return ({ kind, id }) => {
    switch (kind) {
      case "AcsCredential":
        return credentials.has(id);
      case "AccessGrant":
        return grantIds.has(id);
      case "AcsUser":
        return users.has(id);
      case "UserIdentity":
        return identities.has(id);
      case "AcsAccessGroupMembership":
        return memberships.has(id);
    }
  };
}

const NAMES: Record<Declaration["kind"], string> = {
  AcsCredential: "credential",
  AccessGrant: "access grant",
  AcsUser: "user",
  UserIdentity: "user identity",
  AcsAccessGroupMembership: "membership in an access group",
};

function gone({ kind, id, stack, urn }: Declaration): Finding {
  return {
    kind: "declared_but_gone",
    text: `${stack} declares the ${NAMES[kind]} ${id} as ${nameInUrn(urn)}, but it no longer exists in Seam. \`pulumi refresh\` shows that, and \`pulumi up\` then creates it again.`,
    ...(kind === "AcsCredential" && { acsCredentialId: id }),
    owner: { kind: "declared", stack, urn },
  };
}

function declaredTwice(first: Declaration, others: readonly Declaration[]): Finding {
  const { kind, id, stack, urn } = first;
  const where = [first, ...others].map((one) => `${nameInUrn(one.urn)} of ${one.stack}`).join(", ");
  return {
    kind: "declared_twice",
    text: `The ${NAMES[kind]} ${id} is declared ${others.length + 1} times: ${where}. Whoever deletes one deletes it for all.`,
    ...(kind === "AcsCredential" && { acsCredentialId: id }),
    owner: { kind: "declared", stack, urn },
  };
}
