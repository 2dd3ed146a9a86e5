import type { Context } from "./context";
import { beingDeleted, deleteLater, isBeingDeleted } from "./deletion";
import { deleteGrant } from "./grants";
import type { UserIdentity } from "./rows";
import { deleteUser } from "./users";

/** Its access grants, its users and their credentials go with it. */
export function deleteIdentity(context: Context, identity: UserIdentity): void {
  const { identities, users, credentials, accessGrants } = context.workspace;
  if (isBeingDeleted(identity)) return;
  const { user_identity_id: identityId } = identity;
  identities.change(identity, { warnings: [...identity.warnings, beingDeleted(context, "user identity")] });
  for (const grant of [...accessGrants.by("identity", identityId)]) deleteGrant(context, grant);
  for (const user of [...users.by("identity", identityId)])
    deleteUser(context, user, { withCredentials: true });
  deleteLater(context, () => {
    for (const credential of [...credentials.by("identity", identityId)])
      credentials.remove(credential.acs_credential_id);
    identities.remove(identityId);
  });
}
