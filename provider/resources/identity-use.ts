import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";
import { type InputTable, isKept } from "../inputs/table";
import { RefusedError } from "../lifecycle/errors";
import type { Kept, RemoveOptions } from "../lifecycle/lifecycle";
import type { Run } from "../lifecycle/run";
import { getObject, type SeamObject } from "../lifecycle/seam-kind";
import { SHARED } from "../lifecycle/shared";
import type { Properties } from "../values/record";
import type { Reported } from "../wire/types";
import { credentialsOf, grantsOf, groupsOf, usersOf } from "./hanging";
import { loseWithUser } from "./user-left-behind";

/** What only one identity of a workspace has. */
export const CONTACTS = ["userIdentityKey", "emailAddress", "phoneNumber"] as const;

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
    const next =
      run.plans.replacementOf(id) ??
      run.plans.declaredAs("UserIdentity").find((one) => isSamePerson(kind.table, outputs, one));
    if (next || awaitGone) {
      assertNobodyIsLetIn(id, listed ?? (await usersOf(seam, id)), run);
    }
    const isOthers = outputs[SHARED] === true && (await isOfUse(seam, id, users, listed));
    if (isOthers && awaitGone) throw refusal(id, "access that this stack did not give");
    if (isOthers) return { message: kept(id, "access hangs on it that this stack did not give") };
    if (awaitGone) await loseAll(seam, id, users, run);
    return undefined;
  }
  if (!awaitGone) return { message: kept(id, `${hanging} of this program hangs on it`) };
  throw refusal(id, `${hanging}, which this program declares,`);
}

function refusal(id: string, hanging: string): RefusedError {
  return new RefusedError(
    `Cannot replace user_identity ${id}: ${hanging} hangs on it and would be deleted with it. It was not deleted; credentials and memberships that hang on it may have been. Take back what calls for the replacement, such as a change of acsSystemIds.`,
  );
}

/** For an identity that is made before the one whose place it takes is deleted. @throws RefusedError */
export async function assertNobodyComesBack(seam: SeamClient, id: string, run: Run): Promise<void> {
  assertNobodyIsLetIn(id, await usersOf(seam, id), run);
}

/**
 * Whom the access system's own people have suspended would be let in: users that are made anew are not suspended.
 * @param users of the identity
 * @throws RefusedError
 */
function assertNobodyIsLetIn(id: string, users: readonly Properties[], run: Run): void {
  const suspended = users.find((user) => {
    // A user with a resource of its own is what that says; any other may be made by a grant or credential, too.
    const own = run.plans.newsOf(String(user["acs_user_id"]));
    return user["is_suspended"] === true && own?.["isSuspended"] === undefined;
  });
  if (!suspended) return;
  throw new RefusedError(
    `Cannot replace user_identity ${id}: its acs_user ${suspended["acs_user_id"]} is suspended, and the user in its place would not be. It was not deleted; credentials and memberships that hang on it may have been. Let it in again in the access system, or take back what calls for the replacement, such as a change of acsSystemIds.`,
  );
}

/** Whether a declared identity is the person that another one is, under another name of the resource. */
function isSamePerson(table: InputTable, outputs: Properties, news: Properties): boolean {
  return CONTACTS.some((contact) => isKept(table, outputs, news, contact));
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

/** Whether anything opens a door for the identity, or the access system's own people keep it from opening any. */
async function isOfUse(
  seam: SeamClient,
  id: string,
  users: readonly string[],
  listed: readonly Properties[] | undefined,
): Promise<boolean> {
  if ((await grantsOf(seam, id)).length > 0) return true;
  for (const user of users) {
    if ((await credentialsOf(seam, user)).length > 0 || (await groupsOf(seam, user)).length > 0) return true;
  }
  const all = users.length > 0 ? (listed ?? (await usersOf(seam, id))) : [];
  return all.some((user) => user["is_suspended"] === true);
}

/** What goes with an identity may be looked at only later, by its id: it is made anew then. */
async function loseAll(seam: SeamClient, id: string, users: readonly string[], run: Run): Promise<void> {
  for (const grant of await grantsOf(seam, id)) run.lose(grant, id);
  for (const user of users) {
    run.lose(user, id);
    await loseWithUser(seam, user, undefined, run, id);
  }
}
