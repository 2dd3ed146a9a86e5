import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";
import { listAll } from "../http/pages";
import { RefusedError } from "../lifecycle/errors";
import type { Kept, RemoveOptions } from "../lifecycle/lifecycle";
import { isBeingDeleted } from "../lifecycle/outputs";
import { getObject, type SeamObject } from "../lifecycle/seam-kind";
import { SHARED } from "../lifecycle/taken-texts";
import type { Properties } from "../values/record";
import type { Reported } from "../wire/types";

interface Identity extends Reported {
  readonly user_identity_id: string;
  readonly acs_user_ids?: readonly string[] | null | undefined;
}

/**
 * Why a user identity has to stay. Seam deletes with it all users, credentials and grants that hang on it, also those
 * of a user that Seam has linked to it by an e-mail address.
 * @throws RefusedError where its deletion would take away what it must not
 */
export async function reasonToKeepIdentity(
  seam: SeamClient,
  kind: SeamObject<Identity>,
  id: string,
  outputs: Properties,
  { run, awaitGone }: RemoveOptions,
): Promise<Kept | undefined> {
  const identity = await find(seam, kind, id);
  if (!identity) return undefined;
  if (identity.user_identity_id !== id) {
    throw new RefusedError(
      `Cannot delete user_identity ${id}: it was merged into ${identity.user_identity_id}, and deleting it could delete the person that is left. Nothing was deleted. Take the resource out of the state with \`pulumi state delete\`, and delete the person in Seam if that is meant.`,
    );
  }
  const listed = identity.acs_user_ids ? undefined : await usersOf(seam, id);
  const users = identity.acs_user_ids ?? listed?.map((one) => String(one["acs_user_id"])) ?? [];
  const user = users.find((one) => run.plans.isHeld(one) || run.referenceTo(one) !== undefined);
  const hanging =
    run.referenceTo(id) ?? (user === undefined ? undefined : (run.referenceTo(user) ?? `acs_user ${user}`));
  if (hanging === undefined) {
    if (awaitGone) {
      assertNobodyIsLetIn(id, listed ?? (await usersOf(seam, id)));
      for (const one of users) run.lose(one);
    } else if (outputs[SHARED] === true && (await hasAccess(seam, id, users))) {
      return { message: kept(id, "access hangs on it that this stack did not give") };
    }
    return undefined;
  }
  if (!awaitGone) return { message: kept(id, `${hanging} of this program hangs on it`) };
  throw new RefusedError(
    `Cannot replace user_identity ${id}: ${hanging}, which this program declares, hangs on it and would be deleted with it. It was not deleted; credentials and memberships that hang on it may have been. Take back what calls for the replacement, such as a change of acsSystemIds.`,
  );
}

/**
 * Whom the access system's own people have suspended would be let in: users that are made anew are not suspended.
 * @throws RefusedError
 */
function assertNobodyIsLetIn(id: string, users: readonly Properties[]): void {
  const suspended = users.find((user) => user["is_suspended"] === true);
  if (!suspended) return;
  throw new RefusedError(
    `Cannot replace user_identity ${id}: its acs_user ${suspended["acs_user_id"]} is suspended, and the user in its place would not be. It was not deleted; credentials and memberships that hang on it may have been. Let it in again in the access system, or take back what calls for the replacement, such as a change of acsSystemIds.`,
  );
}

function kept(id: string, why: string): string {
  return `user_identity ${id} stays in Seam, since ${why}. No resource of this stack manages it any more.`;
}

async function find(seam: SeamClient, kind: SeamObject<Identity>, id: string): Promise<Identity | undefined> {
  try {
    return await getObject(seam, kind, id, `look what hangs on user_identity ${id}`);
  } catch (error) {
    if (isNotFound(error, "user_identity")) return undefined;
    throw error;
  }
}

function usersOf(seam: SeamClient, user_identity_id: string): Promise<Properties[]> {
  const action = `look what hangs on user_identity ${user_identity_id}`;
  const list = { path: "/acs/users/list", key: "acs_users", query: { user_identity_id }, action };
  return listAll(seam, list);
}

/** Whether anything opens a door for the identity. */
async function hasAccess(seam: SeamClient, id: string, users: readonly string[]): Promise<boolean> {
  const action = `look what hangs on user_identity ${id}`;
  const lists = [
    { path: "/access_grants/list", key: "access_grants", query: { user_identity_id: id } },
    ...users.flatMap((acs_user_id) => [
      { path: "/acs/credentials/list", key: "acs_credentials", query: { acs_user_id } },
      { path: "/acs/access_groups/list", key: "acs_access_groups", query: { acs_user_id } },
    ]),
  ];
  for (const list of lists) {
    const found = await listAll(seam, { ...list, action }).catch((error: unknown) => {
      // Deleted since the identity was read.
      if (isNotFound(error, "acs_user")) return [];
      throw error;
    });
    if (found.some((one) => !isBeingDeleted(one))) return true;
  }
  return false;
}
