import type { SeamClient } from "../http/client";
import { RefusedError } from "../lifecycle/errors";
import type { Run } from "../lifecycle/run";
import type { Properties } from "../values/record";
import { credentialsOf, credentialsOfGrants, grantsOf, identityOf } from "./hanging";

/**
 * A grant of the user's person that would lose a credential with the user, without showing it: one that this run does
 * not replace. It may be another stack's.
 */
export async function grantInTheWay(
  seam: SeamClient,
  acsUserId: string,
  acsSystemId: unknown,
  run: Run,
): Promise<string | undefined> {
  const identity = await identityOf(seam, acsUserId);
  if (identity === undefined) return undefined;
  const isStaying = (grant: string) => run.plans.replacementOf(grant) === undefined;
  const [grant] = (await grantsOf(seam, identity, acsSystemId)).filter(isStaying);
  if (grant === undefined) return undefined;
  const made = await credentialsOfGrants(seam, identity, acsSystemId, isStaying);
  return (await credentialsOf(seam, acsUserId)).some((one) => made.has(one)) ? grant : undefined;
}

/**
 * Pulumi deletes what hangs on a user before the user that it makes anew: there it is refused already.
 * @param outputs of what hangs on the user
 * @throws RefusedError
 */
export async function assertHolderMayGo(
  seam: SeamClient,
  { acsUserId }: Properties,
  run: Run,
): Promise<void> {
  const id = String(acsUserId);
  const plan = run.plans.goesFirst(id);
  const acsSystemId = plan?.outputs["acsSystemId"];
  if (!plan || plan.news["acsSystemId"] !== acsSystemId) return;
  const grant = await run.once(`grant in the way of ${id}`, () => grantInTheWay(seam, id, acsSystemId, run));
  if (grant !== undefined)
    throw cannotReplace(id, `access_grant ${grant} of its person`, "Nothing was deleted.");
}

export function cannotReplace(id: string, hanging: string, done: string): RefusedError {
  return new RefusedError(
    `Cannot replace acs_user ${id}: ${hanging} hangs on it and would be deleted with it. ${done} Name it by the resource's acsUserId where it is this program's, or take back what calls for the replacement, such as a contact detail that was taken out. What the program no longer declares has to go in a run before.`,
  );
}
