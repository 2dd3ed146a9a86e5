import type { SeamClient } from "../http/client";
import { declaredInputs, equalInputs, type InputTable } from "../inputs/table";
import { RefusedError } from "../lifecycle/errors";
import type { Kept, RemoveOptions } from "../lifecycle/lifecycle";
import { isDead } from "../lifecycle/over";
import type { Run } from "../lifecycle/run";
import { findObject, type SeamObject } from "../lifecycle/seam-kind";
import type { Properties } from "../values/record";
import { UNKNOWN } from "../values/unknown";
import type { Reported } from "../wire/types";
import { cannotReplace, grantInTheWay } from "./grants-in-the-way";
import { credentialsOf, grantsOf, groupsOf, identityOf } from "./hanging";
import { loseWithUser, takeFromLeft } from "./user-left-behind";

interface User extends Reported {
  readonly is_suspended?: boolean | null | undefined;
}

/**
 * Why an access-system user has to stay. Seam deletes with it its credentials, its memberships, and what a grant of its
 * person opens in the system.
 * @throws RefusedError where its deletion would take away what it must not, or let in whom it must not
 */
export async function reasonToKeepUser(
  seam: SeamClient,
  kind: SeamObject<User>,
  id: string,
  outputs: Properties,
  { run, awaitGone }: RemoveOptions,
): Promise<Kept | undefined> {
  const planned = run.plans.replacementOf(id);
  const namesakes = run.plans.declaredAs("AcsUser").filter(samePersonAs(kind.table, outputs, run));
  // Made anew on demand, it is declared as before.
  const again = awaitGone && namesakes.length === 0 ? [declaredInputs(kind.table, outputs)] : [];
  const inItsPlace = planned ? [planned] : [...namesakes, ...again];
  for (const news of inItsPlace) await assertNobodyIsLetIn(seam, kind, id, outputs, news);
  // Who moves to another access system leaves this one as by a removal, only earlier.
  const isMoving =
    planned !== undefined && ![UNKNOWN, outputs["acsSystemId"]].includes(planned["acsSystemId"]);
  if (!awaitGone || isMoving) {
    const naming = run.referenceTo(id);
    const hanging = naming ?? (await heldThroughIdentity(seam, id, outputs, run));
    if (hanging === undefined) {
      if (awaitGone) await loseWithUser(seam, id, outputs["acsSystemId"], run);
      return undefined;
    }
    const left = await takeFromLeft(seam, kind.table, id, outputs, run, naming !== undefined);
    return { message: staying(id, hanging, left) };
  }
  const hanging = run.referenceTo(id) ?? (await whatWouldBeLost(seam, id, outputs, run));
  if (hanging === undefined) return undefined;
  throw cannotReplace(id, hanging, "It was not deleted; its credentials and memberships may have been.");
}

/**
 * In a plan, before Pulumi deletes what hangs on the user, if a refresh has seen it. One whom the lock system has deleted
 * must not keep a refresh from ending, which compares, too.
 * @throws RefusedError
 */
export function refuseToLetIn(table: InputTable, outputs: Properties, news: Properties): void {
  const isOut = outputs["isSuspended"] === true && !isDead(outputs);
  if (!isOut || isSuspensionDecided(table, outputs, news)) return;
  const stale = "Nothing was deleted. If it was let in again since the last refresh, run `pulumi refresh`.";
  throw new RefusedError(letsIn(String(outputs["acsUserId"]), stale));
}

/**
 * A user that is made anew is not suspended. Nobody whom the access system's own people have suspended may be let in so.
 * @throws RefusedError
 */
export async function assertNobodyIsLetIn(
  seam: SeamClient,
  kind: SeamObject<User>,
  id: string,
  outputs: Properties,
  news: Properties,
): Promise<void> {
  if (isSuspensionDecided(kind.table, outputs, news)) return;
  const user = await findObject(seam, kind, id, `look whether acs_user ${id} is suspended`);
  if (user?.is_suspended !== true) return;
  throw new RefusedError(
    letsIn(
      id,
      "It was not deleted; its credentials and memberships may have been. Then run the command again.",
    ),
  );
}

function staying(id: string, hanging: string, left: readonly string[]): string {
  const sentences = [
    `acs_user ${id} stays in Seam, since ${hanging} of this program hangs on it.`,
    "No resource of this stack manages it any more: to declare it again, give its id as `adopt` (in a roster, as the person's acsUserId).",
    left.length > 0 ? `It keeps ${left.join(", ")}, which this program does not declare.` : "",
  ];
  return sentences.filter(Boolean).join(" ");
}

/** Whether a declared user is the person that another user is, under another name of the resource. */
function samePersonAs(table: InputTable, outputs: Properties, run: Run): (news: Properties) => boolean {
  // The declared properties alone: there may be thousands of users to compare with.
  const declared = declaredInputs(table, outputs);
  const isSame = (news: Properties, property: string) => {
    const rule = table[property];
    return rule && declared[property] !== undefined && equalInputs(rule, declared[property], news[property]);
  };
  return (news) => {
    if (!isSame(news, "acsSystemId")) return false;
    if (isSame(news, "userIdentityId")) return true;
    // Some access systems let people share an address: who has a user beside this one is somebody else.
    if (isSame(news, "emailAddress") && !run.plans.exists(news)) return true;
    return (
      ["emailAddress", "phoneNumber"].some((one) => isSame(news, one)) && isSame(news, "fullName") === true
    );
  };
}

function isSuspensionDecided(table: InputTable, outputs: Properties, news: Properties): boolean {
  return news["isSuspended"] !== undefined || declaredInputs(table, outputs)["isSuspended"] === true;
}

function letsIn(id: string, more: string): string {
  return `Cannot replace acs_user ${id}: it is suspended, the program does not say so, and the user in its place would not be. Declare isSuspended: true (in a roster, suspended: true) if it is to stay so; if not, let it in again in the access system. ${more}`;
}

/**
 * What the program declares of the user's person and hangs on this user: a grant for doors of its system, if credentials
 * are left at the user (its own are deleted by now, or about to be), or a membership.
 */
async function heldThroughIdentity(
  seam: SeamClient,
  id: string,
  { acsSystemId }: Properties,
  run: Run,
): Promise<string | undefined> {
  const mayHang = run.hasReferencesOf("AccessGrant") || run.memberships.haveIdentities();
  const identity = mayHang ? await identityOf(seam, id) : undefined;
  if (identity === undefined) return undefined;
  const groups = await groupsOf(seam, id);
  const membership = groups.find((group) =>
    run.memberships.in(group).some(({ userIdentityId }) => userIdentityId === identity),
  );
  const mayOpen = run.referenceTo(identity, "AccessGrant") && (await credentialsOf(seam, id)).length > 0;
  const grants = mayOpen ? await grantsOf(seam, identity, acsSystemId) : [];
  const grant = grants.find((one) => run.plans.isHeld(one));
  if (grant === undefined && membership === undefined) return undefined;
  return grant ? `access_grant ${grant}` : `a membership in acs_access_group ${membership}`;
}

/**
 * What is at the user that Pulumi has not deleted before, and is not made anew with it: what was found to stay as it is,
 * and grants, which do not show that they lost a credential. The rest is made anew where it is looked at later.
 */
async function whatWouldBeLost(
  seam: SeamClient,
  id: string,
  outputs: Properties,
  run: Run,
): Promise<string | undefined> {
  const { acsSystemId } = outputs;
  // What a user opened whom the lock system has deleted is lost already.
  if (isDead(outputs)) {
    await loseWithUser(seam, id, acsSystemId, run);
    return undefined;
  }
  const identity = await identityOf(seam, id);
  if (identity !== undefined) {
    run.comingUsers.announce(id, identity);
    await run.comingUsers.alone(identity);
  }
  const [credentials, groups] = await Promise.all([credentialsOf(seam, id), groupsOf(seam, id)]);
  const members = identity === undefined ? [id] : [id, identity];
  const memberships = groups.flatMap((group) => members.map((member) => `${group}/${member}`));
  const held = [...credentials, ...memberships].find((one) => run.plans.isHeld(one));
  if (held !== undefined) return held.includes("/") ? `membership ${held}` : `acs_credential ${held}`;
  const grant = await grantInTheWay(seam, id, acsSystemId, run);
  if (grant !== undefined) return `access_grant ${grant} of its person`;
  for (const one of [...credentials, ...memberships]) run.lose(one, id);
  return undefined;
}
