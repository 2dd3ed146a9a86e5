import type { SeamClient } from "../http/client";
import { declaredInputs, type InputTable } from "../inputs/table";
import type { Run } from "../lifecycle/run";
import { type Properties, textsIn } from "../values/record";
import { acsCredential } from "./acs-credential";
import {
  credentialsOf,
  credentialsOfGrants,
  grantsOf,
  groupsOf,
  identityOf,
  ownCredentialsOf,
} from "./hanging";
import { changeGroups } from "./user-links";

/**
 * Takes from a user that stays without a resource the groups that its resource gave it. Where the program names only the
 * user's person any more, all that it does not declare goes, as it would have gone with the user: with `deletedWith`
 * Pulumi leaves that to the user's deletion.
 * @param isNamed whether something that the program declares names the user itself
 * @returns what the user goes on having that the program does not declare, for a message: it may be another stack's
 */
export async function takeFromLeft(
  seam: SeamClient,
  table: InputTable,
  id: string,
  outputs: Properties,
  run: Run,
  isNamed: boolean,
): Promise<readonly string[]> {
  const identity = await identityOf(seam, id);
  const groups = await groupsOf(seam, id);
  const given = textsIn(declaredInputs(table, outputs)["acsAccessGroupIds"]);
  const leaving = isNamed ? groups.filter((group) => given.includes(group)) : groups;
  await changeGroups(seam, id, leaving, [], run);
  const isDeclared = (group: string) =>
    run.memberships
      .in(group)
      .some(
        ({ acsUserId, userIdentityId }) =>
          acsUserId === id || (identity !== undefined && userIdentityId === identity),
      );
  const credentials = await undeclaredCredentials(seam, id, identity, outputs["acsSystemId"], run);
  if (!isNamed) {
    const { workspaceId } = outputs;
    const options = { run, awaitGone: false };
    for (const one of credentials) {
      // Of a user that moves to another access system a resource may have it that is looked at later.
      run.lose(one, id);
      await acsCredential.remove(seam, one, { workspaceId }, options);
    }
    return [];
  }
  const others = groups.filter((group) => !leaving.includes(group) && !isDeclared(group));
  return [
    ...others.map((group) => `its membership in acs_access_group ${group}`),
    ...credentials.map((one) => `acs_credential ${one}`),
  ];
}

/** Credentials that neither a resource of the program has, nor a phone of such a one, nor an access grant. */
async function undeclaredCredentials(
  seam: SeamClient,
  id: string,
  identity: string | undefined,
  acsSystemId: unknown,
  run: Run,
): Promise<readonly string[]> {
  const others = (await ownCredentialsOf(seam, id)).filter(
    (one) => !run.isHeldElsewhere(one.id) && !run.isHeldElsewhere(one.parentId),
  );
  if (others.length === 0 || identity === undefined) return others.map((one) => one.id);
  const ofGrants = await credentialsOfGrants(seam, identity, acsSystemId);
  return others.map((one) => one.id).filter((one) => !ofGrants.has(one));
}

/**
 * What goes with a user may be looked at only later: it is made anew then.
 * @param along what the user goes with itself
 */
export async function loseWithUser(
  seam: SeamClient,
  id: string,
  acsSystemId: unknown,
  run: Run,
  along = id,
): Promise<void> {
  const identity = await identityOf(seam, id);
  const grants = identity === undefined ? [] : await grantsOf(seam, identity, acsSystemId);
  for (const lost of [...grants, ...(await credentialsOf(seam, id))]) run.lose(lost, along);
  for (const group of await groupsOf(seam, id)) {
    for (const member of [id, identity]) run.lose(`${group}/${member}`, along);
  }
}
