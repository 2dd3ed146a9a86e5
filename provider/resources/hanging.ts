import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";
import { type ListQuery, listAll } from "../http/pages";
import { isBeingDeleted } from "../lifecycle/outputs";
import { epochMs } from "../values/instant";
import { isRecord, type Properties, textsIn } from "../values/record";

/** What Seam has of a person, and deletes along with their user or identity. */

export async function credentialsOf(seam: SeamClient, acs_user_id: string): Promise<string[]> {
  const credentials = await ownCredentialsOf(seam, acs_user_id);
  return credentials.map(({ id }) => id);
}

/** With the credential whose part on one phone it is, if it is one. */
export async function ownCredentialsOf(
  seam: SeamClient,
  acs_user_id: string,
): Promise<{ readonly id: string; readonly parentId: string }[]> {
  const found = await lastingIn(seam, {
    path: "/acs/credentials/list",
    key: "acs_credentials",
    query: { acs_user_id },
    action: `look what credentials acs_user ${acs_user_id} has`,
  });
  return found.map(({ acs_credential_id, parent_acs_credential_id }) => ({
    id: String(acs_credential_id),
    parentId: String(parent_acs_credential_id ?? ""),
  }));
}

export async function groupsOf(seam: SeamClient, acs_user_id: string): Promise<string[]> {
  const groups = await lastingIn(seam, {
    path: "/acs/access_groups/list",
    key: "acs_access_groups",
    query: { acs_user_id },
    action: `look what groups acs_user ${acs_user_id} is in`,
  });
  return groups.map(({ acs_access_group_id }) => String(acs_access_group_id));
}

/** Grants that are not over. @param acsSystemId only those for doors of this access system */
export async function grantsOf(
  seam: SeamClient,
  user_identity_id: string,
  acsSystemId?: unknown,
): Promise<string[]> {
  const grants = await grantObjectsOf(seam, user_identity_id, acsSystemId);
  return grants.map(({ access_grant_id }) => String(access_grant_id));
}

/**
 * Credentials that such grants have made.
 * @param isMeant which of the grants
 * @see https://docs.seam.co/latest/api/access_methods/get_related
 */
export async function credentialsOfGrants(
  seam: SeamClient,
  user_identity_id: string,
  acsSystemId: unknown,
  isMeant: (grant: string) => boolean = () => true,
): Promise<ReadonlySet<string>> {
  const grants = await grantObjectsOf(seam, user_identity_id, acsSystemId);
  const meant = grants.filter(({ access_grant_id }) => isMeant(String(access_grant_id)));
  const access_method_ids = meant.flatMap((grant) => textsIn(grant["access_method_ids"]));
  if (access_method_ids.length === 0) return new Set();
  const { json } = await seam.call({
    path: "/access_methods/get_related",
    body: { access_method_ids, include: ["acs_credentials"] },
    effect: "read",
    action: `look what credentials the grants of user_identity ${user_identity_id} have made`,
  });
  const { acs_credentials } = isRecord(json["batch"]) ? json["batch"] : {};
  const made = Array.isArray(acs_credentials) ? acs_credentials.filter(isRecord) : [];
  return new Set(made.map(({ acs_credential_id }) => String(acs_credential_id)));
}

function grantObjectsOf(
  seam: SeamClient,
  user_identity_id: string,
  acsSystemId: unknown,
): Promise<Properties[]> {
  return lastingIn(seam, {
    path: "/access_grants/list",
    key: "access_grants",
    query: { user_identity_id, ...(acsSystemId !== undefined && { acs_system_id: acsSystemId }) },
    action: `look what grants user_identity ${user_identity_id} has`,
  });
}

export function usersOf(seam: SeamClient, user_identity_id: string): Promise<Properties[]> {
  return listAll(seam, {
    path: "/acs/users/list",
    key: "acs_users",
    query: { user_identity_id },
    action: `look what users user_identity ${user_identity_id} has`,
  });
}

/** The identity that Seam has linked the user to; a state may not know it yet. */
export async function identityOf(seam: SeamClient, acs_user_id: string): Promise<string | undefined> {
  const action = `look which user_identity acs_user ${acs_user_id} belongs to`;
  try {
    const { json } = await seam.call({
      path: "/acs/users/get",
      body: { acs_user_id },
      effect: "read",
      action,
    });
    const identity = isRecord(json["acs_user"]) ? json["acs_user"]["user_identity_id"] : undefined;
    return typeof identity === "string" ? identity : undefined;
  } catch (error) {
    if (isNotFound(error, "acs_user")) return undefined;
    throw error;
  }
}

function isLasting(object: Properties): boolean {
  return !isBeingDeleted(object) && (epochMs(object["ends_at"]) ?? Number.POSITIVE_INFINITY) > Date.now();
}

/** What is neither over nor being deleted; of nobody's there is nothing. */
async function lastingIn(seam: SeamClient, list: ListQuery): Promise<Properties[]> {
  try {
    const found = await listAll(seam, list);
    return found.filter(isLasting);
  } catch (error) {
    if (isNotFound(error, "acs_user", "user_identity")) return [];
    throw error;
  }
}
