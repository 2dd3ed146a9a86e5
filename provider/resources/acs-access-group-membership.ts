import { z } from "zod";
import type { SeamClient } from "../http/client";
import { NotFoundError, SeamError } from "../http/errors";
import { type Checked, checkInputs, type Declaration, type Problem, problem } from "../inputs/check";
import { createBody, declaredInputs, differences, type InputTable } from "../inputs/table";
import { id } from "../inputs/types";
import { RefusedError } from "../lifecycle/errors";
import {
  type Alike,
  type Created,
  type Observed,
  type Plan,
  type ResourceLifecycle,
  UNCHANGED,
} from "../lifecycle/lifecycle";
import { isRecord, type Properties } from "../values/record";

/** Declared inputs of a membership in an access group, in camelCase of Seam's parameters. */
export const acsAccessGroupMembershipInputs = z.object({
  acsAccessGroupId: id("access group"),
  acsUserId: id("access-system user").optional(),
  userIdentityId: id("user identity").optional(),
});

export type AcsAccessGroupMembershipInputs = z.output<typeof acsAccessGroupMembershipInputs>;

/** What a change of each input means: a membership is the pair of its ids, so any other is another one. */
export const acsAccessGroupMembershipTable = {
  acsAccessGroupId: { change: "replace" },
  acsUserId: { change: "replace" },
  userIdentityId: { change: "replace" },
} as const satisfies Record<keyof AcsAccessGroupMembershipInputs, InputTable[string]>;

export const acsAccessGroupMembership: ResourceLifecycle = {
  name: "AcsAccessGroupMembership",
  table: acsAccessGroupMembershipTable,
  check,
  diff,
  create,
  read,
  update,
  findAlike,
  remove,
};

/** The two ids of a membership, in Seam's names: what all its routes take. */
interface Member extends Record<string, string> {
  acs_access_group_id: string;
}

function check(news: Properties): Checked {
  return checkInputs(acsAccessGroupMembershipInputs, news, memberProblems);
}

function diff(outputs: Properties, news: Properties): Plan {
  const found = differences(acsAccessGroupMembershipTable, outputs, news);
  if (found.length === 0) return UNCHANGED;
  return {
    changed: true,
    replaces: found.map(({ property }) => property),
    // Named in the other way it may be the same membership, which the old one's removal would end.
    deleteBeforeReplace: found.some(({ property }) => property === "userIdentityId"),
  };
}

/** Seam has no object for a membership and adding is no create: so it is looked for, before and after a failure. */
async function create(seam: SeamClient, inputs: Properties): Promise<Created> {
  const member = createBody(acsAccessGroupMembershipTable, inputs) as Member;
  const action = `add ${whoOf(member)} to acs_access_group ${member.acs_access_group_id}`;
  if (!(await isListed(seam, member, action))) {
    try {
      await seam.call({ path: "/acs/access_groups/add_user", body: member, effect: "update", action });
    } catch (error) {
      if (!(error instanceof SeamError) || !(await isListed(seam, member, action).catch(() => false))) {
        throw error;
      }
    }
  }
  return { id: idOf(member), outputs: { ...inputs } };
}

async function findAlike(seam: SeamClient, inputs: Properties): Promise<Alike[]> {
  const member = createBody(acsAccessGroupMembershipTable, inputs) as Member;
  const action = `look whether ${whoOf(member)} is in acs_access_group ${member.acs_access_group_id}`;
  return (await isListed(seam, member, action)) ? [{ id: idOf(member), createdAt: undefined }] : [];
}

async function read(
  seam: SeamClient,
  membershipId: string,
  outputs: Properties,
): Promise<Observed | undefined> {
  const action = `read membership ${membershipId}`;
  const declared = declaredInputs(acsAccessGroupMembershipTable, outputs);
  if (Object.keys(declared).length > 0) {
    const member = createBody(acsAccessGroupMembershipTable, declared) as Member;
    const isMember = (await isListed(seam, member, action)) || (await isPending(seam, member, action));
    return isMember ? { outputs: declared, inputs: declared } : undefined;
  }
  // Nothing but the id is known, which does not say in which of the two ways its second part names somebody.
  const [acsAccessGroupId = "", who = ""] = membershipId.split("/");
  for (const property of ["acsUserId", "userIdentityId"]) {
    const inputs = { acsAccessGroupId, [property]: who };
    const member = createBody(acsAccessGroupMembershipTable, inputs) as Member;
    if (who && (await isListed(seam, member, action))) return { outputs: inputs, inputs: {} };
  }
  throw new RefusedError(
    `Cannot ${action}: there is no such membership. Its id is <acsAccessGroupId>/<acsUserId> or <acsAccessGroupId>/<userIdentityId>; check both parts and that they belong to this workspace.`,
  );
}

/** Never called by a plan of `diff`'s: what an update could bring is nothing that Seam has to know. */
async function update(
  _seam: SeamClient,
  _id: string,
  _outputs: Properties,
  news: Properties,
): Promise<Properties> {
  return { ...news };
}

async function remove(seam: SeamClient, _id: string, outputs: Properties): Promise<void> {
  const member = createBody(
    acsAccessGroupMembershipTable,
    declaredInputs(acsAccessGroupMembershipTable, outputs),
  ) as Member;
  const action = `remove ${whoOf(member)} from acs_access_group ${member.acs_access_group_id}`;
  try {
    await seam.call({ path: "/acs/access_groups/remove_user", body: member, effect: "delete", action });
  } catch (error) {
    if (error instanceof NotFoundError) return;
    // What Seam answers for somebody who is no member is not documented.
    const isGone = error instanceof SeamError && !(await isListed(seam, member, action).catch(() => true));
    if (!isGone) throw error;
  }
}

/** Whether Seam counts the group among those of the user, or of the identity's users. */
async function isListed(seam: SeamClient, member: Member, action: string): Promise<boolean> {
  const { acs_access_group_id: groupId, ...who } = member;
  try {
    const reply = await seam.call({ path: "/acs/access_groups/list", body: who, effect: "read", action });
    const groups = reply.json["acs_access_groups"];
    return (
      Array.isArray(groups) &&
      groups.some((group) => isRecord(group) && group["acs_access_group_id"] === groupId)
    );
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

/** Whether the group is about to get the user: some systems take users only later, and list the group only then. */
async function isPending(seam: SeamClient, member: Member, action: string): Promise<boolean> {
  const { acs_access_group_id, acs_user_id } = member;
  if (acs_user_id === undefined) return false;
  try {
    const path = "/acs/access_groups/get";
    const reply = await seam.call({ path, body: { acs_access_group_id }, effect: "read", action });
    const group = reply.json["acs_access_group"];
    const mutations = isRecord(group) ? group["pending_mutations"] : undefined;
    return (
      Array.isArray(mutations) &&
      mutations.filter(isRecord).some((mutation) => {
        const to = isRecord(mutation["to"]) ? mutation["to"]["acs_user_id"] : undefined;
        const isAdding = mutation["variant"] === "adding" && mutation["acs_user_id"] === acs_user_id;
        return isAdding || to === acs_user_id;
      })
    );
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

function idOf({ acs_access_group_id, acs_user_id, user_identity_id }: Member): string {
  return `${acs_access_group_id}/${acs_user_id ?? user_identity_id}`;
}

function whoOf(member: Member): string {
  return member["acs_user_id"]
    ? `acs_user ${member["acs_user_id"]}`
    : `user_identity ${member["user_identity_id"]}`;
}

function memberProblems({ has }: Declaration<AcsAccessGroupMembershipInputs>): Problem[] {
  if (has("acsUserId") !== has("userIdentityId")) return [];
  const what = has("acsUserId") ? "the member is named twice, as acsUserId too" : "no member is named";
  return [
    problem(
      has("acsUserId") ? "userIdentityId" : "acsUserId",
      `${what}. Give either acsUserId or userIdentityId.`,
    ),
  ];
}
