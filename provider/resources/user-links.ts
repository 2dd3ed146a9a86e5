import type { SeamClient } from "../http/client";
import type { Run } from "../lifecycle/run";
import { type Properties, textsIn } from "../values/record";
import { acsAccessGroupMembership } from "./acs-access-group-membership";
import { identityOf } from "./hanging";

/**
 * Makes a user that of another identity, or of none. Looks first, so that what was done half can be done again.
 * @param live the identity that Seam shows
 * @param changed gets the identity after each change
 * @see https://docs.seam.co/latest/api/user_identities/add_acs_user
 */
export async function linkIdentity(
  seam: SeamClient,
  acsUserId: string,
  live: string | null | undefined,
  wanted: string | undefined,
  changed: (linked: string | undefined) => void,
): Promise<void> {
  if ((live ?? undefined) === wanted) return;
  const send = (route: string, user_identity_id: string, action: string) =>
    seam.call({
      path: `/user_identities/${route}`,
      body: { user_identity_id, acs_user_id: acsUserId },
      effect: "update",
      action: `${action} user_identity ${user_identity_id}`,
    });
  if (live) {
    await send("remove_acs_user", live, `take acs_user ${acsUserId} from`);
    changed(undefined);
  }
  if (wanted) {
    await send("add_acs_user", wanted, `give acs_user ${acsUserId} to`);
    changed(wanted);
  }
}

/**
 * Puts a user into groups and takes it out of others, but for those that a membership of the program keeps it in.
 * @param changed gets the groups after each change
 */
export async function changeGroups(
  seam: SeamClient,
  acsUserId: string,
  before: unknown,
  after: unknown,
  run: Run,
  changed: (groups: readonly string[]) => void = () => undefined,
): Promise<void> {
  const [old, wanted] = [textsIn(before), textsIn(after)];
  const groups = new Set(old);
  for (const acsAccessGroupId of wanted.filter((id) => !old.includes(id))) {
    await acsAccessGroupMembership.create(seam, { acsAccessGroupId, acsUserId }, run);
    changed([...groups.add(acsAccessGroupId)]);
  }
  const leaving = old.filter((id) => !wanted.includes(id));
  if (leaving.length === 0) return;
  const { workspaceId } = await seam.workspace();
  const userIdentityId = await identityOf(seam, acsUserId);
  for (const acsAccessGroupId of leaving) {
    const membership: Properties = { acsAccessGroupId, acsUserId, workspaceId };
    const id = `${acsAccessGroupId}/${acsUserId}`;
    const options = { run, awaitGone: false };
    const isKept = async () => {
      run.hear();
      return (await acsAccessGroupMembership.reasonToKeep?.(seam, id, membership, options)) !== undefined;
    };
    if (await isKept()) continue;
    // A resource of its own may declare the membership, by the user or its identity, and be looked at from here on.
    for (const member of [acsUserId, userIdentityId]) run.lose(`${acsAccessGroupId}/${member}`, id);
    await acsAccessGroupMembership.remove(seam, id, membership, options);
    // Or it was made, or found to be there, while this was under way.
    if (await isKept()) await acsAccessGroupMembership.create(seam, { acsAccessGroupId, acsUserId }, run);
    groups.delete(acsAccessGroupId);
    changed([...groups]);
  }
}
