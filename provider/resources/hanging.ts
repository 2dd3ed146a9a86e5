import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";
import { type ListQuery, listAll } from "../http/pages";
import { isBeingDeleted } from "../lifecycle/outputs";
import { epochMs } from "../values/instant";
import { isRecord, type Properties } from "../values/record";

/** What Seam has of a person, and deletes along with their user or identity. */

export function credentialsOf(seam: SeamClient, acs_user_id: string): Promise<string[]> {
  return idsIn(seam, "acs_credential", {
    path: "/acs/credentials/list",
    key: "acs_credentials",
    query: { acs_user_id },
    action: `look what credentials acs_user ${acs_user_id} has`,
  });
}

export function groupsOf(seam: SeamClient, acs_user_id: string): Promise<string[]> {
  return idsIn(seam, "acs_access_group", {
    path: "/acs/access_groups/list",
    key: "acs_access_groups",
    query: { acs_user_id },
    action: `look what groups acs_user ${acs_user_id} is in`,
  });
}

/** Grants that are not over. @param acsSystemId only those for doors of this access system */
export function grantsOf(
  seam: SeamClient,
  user_identity_id: string,
  acsSystemId?: unknown,
): Promise<string[]> {
  return idsIn(seam, "access_grant", {
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

/** Ids of what is neither over nor being deleted; of nobody's there are none. */
async function idsIn(seam: SeamClient, name: string, list: ListQuery): Promise<string[]> {
  try {
    const found = await listAll(seam, list);
    return found.filter(isLasting).map((one) => String(one[`${name}_id`]));
  } catch (error) {
    if (isNotFound(error, "acs_user", "user_identity")) return [];
    throw error;
  }
}
