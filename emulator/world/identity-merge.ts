import type { Context } from "./context";
import { changeIdentity } from "./identities";
import type { UserIdentity } from "./rows";

/**
 * One person who ended up as several identities becomes one: what belongs to the others moves to the primary one,
 * which takes the contact details that it lacks, and their ids and keys stand for it from then on.
 */
export function mergeIdentities(
  context: Context,
  primary: UserIdentity,
  others: readonly UserIdentity[],
): void {
  for (const other of new Set(others)) if (other !== primary) mergeOne(context, primary, other);
}

function mergeOne(context: Context, primary: UserIdentity, other: UserIdentity): void {
  const { identities, users, credentials, accessGrants } = context.workspace;
  const { user_identity_id } = primary;
  const otherId = other.user_identity_id;
  for (const user of [...users.by("identity", otherId)]) users.change(user, { user_identity_id });
  for (const credential of [...credentials.by("identity", otherId)])
    credentials.change(credential, { user_identity_id });
  for (const grant of [...accessGrants.by("identity", otherId)])
    accessGrants.change(grant, { user_identity_id });
  identities.remove(otherId);
  changeIdentity(context, primary, {
    email_address: primary.email_address ?? other.email_address,
    phone_number: primary.phone_number ?? other.phone_number,
    merged_user_identity_ids: [
      ...primary.merged_user_identity_ids,
      otherId,
      ...other.merged_user_identity_ids,
    ],
    merged_user_identity_keys: [
      ...primary.merged_user_identity_keys,
      ...(other.user_identity_key === null ? [] : [other.user_identity_key]),
      ...other.merged_user_identity_keys,
    ],
  });
}
