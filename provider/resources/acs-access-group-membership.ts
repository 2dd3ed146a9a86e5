import { z } from "zod";
import type { SeamClient } from "../http/client";
import { isNotFound, SeamError } from "../http/errors";
import { listAll } from "../http/pages";
import { checkInputs, type Declaration } from "../inputs/check";
import { type Checked, type Problem, problem } from "../inputs/problem";
import { createBody, declaredInputs, differences, type InputTable } from "../inputs/table";
import { id } from "../inputs/types";
import type { DeclaredMembership } from "../lifecycle/declared-memberships";
import { RefusedError } from "../lifecycle/errors";
import {
  type Alike,
  type Created,
  type Kept,
  type Observed,
  type Plan,
  type RemoveOptions,
  type ResourceLifecycle,
  UNCHANGED,
} from "../lifecycle/lifecycle";
import type { Run } from "../lifecycle/run";
import { assertGone } from "../lifecycle/workspace-guard";
import { isRecord, type Properties } from "../values/record";
import { assertHolderMayGo } from "./grants-in-the-way";
import { identityOf, usersOf } from "./hanging";

/** Declared inputs of a membership in an access group, in camelCase of Seam's parameters. */
export const acsAccessGroupMembershipInputs = z.object({
  acsAccessGroupId: id("access group"),
  acsUserId: id("access-system user").optional(),
  userIdentityId: id("user identity").optional(),
});

export type AcsAccessGroupMembershipInputs = z.output<typeof acsAccessGroupMembershipInputs>;

/** What a change of each input means: a membership is the pair of its ids, so any other is another one. */
const acsAccessGroupMembershipTable = {
  acsAccessGroupId: { change: "replace" },
  acsUserId: { change: "replace" },
  userIdentityId: { change: "replace" },
} as const satisfies Record<keyof AcsAccessGroupMembershipInputs, InputTable[string]>;

export const acsAccessGroupMembership: ResourceLifecycle = {
  name: "AcsAccessGroupMembership",
  needsUser: true,
  table: acsAccessGroupMembershipTable,
  check,
  diff,
  create,
  read,
  // Never called by a plan of `diff`'s: what an update could bring is nothing that Seam has to know.
  update: async (_seam, _id, outputs, news) => ({ ...withWorkspace(outputs), ...news }),
  findAlike,
  reasonToKeep,
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
  return { changed: true, replaces: found.map(({ property }) => property), deleteBeforeReplace: false };
}

/** Adding is no create: who is added twice is a member. So it is sent without looking, and looked for if refused. */
async function create(seam: SeamClient, inputs: Properties): Promise<Created> {
  const member = memberOf(inputs);
  const action = `add ${whoOf(member)} to acs_access_group ${member.acs_access_group_id}`;
  try {
    await seam.call({ path: "/acs/access_groups/add_user", body: member, effect: "update", action });
  } catch (error) {
    const isMember =
      error instanceof SeamError && (await isAmongGroups(seam, member, action).catch(() => false));
    if (!isMember) throw error;
  }
  const { workspaceId } = await seam.workspace();
  return { id: idOf(member), outputs: { ...inputs, workspaceId } };
}

async function findAlike(seam: SeamClient, inputs: Properties): Promise<Alike[]> {
  const member = memberOf(inputs);
  const action = `look whether ${whoOf(member)} is in acs_access_group ${member.acs_access_group_id}`;
  return (await isAmongGroups(seam, member, action)) ? [{ id: idOf(member), createdAt: undefined }] : [];
}

async function read(
  seam: SeamClient,
  membershipId: string,
  outputs: Properties,
  run: Run,
): Promise<Observed | undefined> {
  const action = `read membership ${membershipId}`;
  const declared = declaredInputs(acsAccessGroupMembershipTable, outputs);
  if (Object.keys(declared).length > 0) {
    const isThere = await isMember(seam, memberOf(declared), action, () =>
      assertGone(seam, run, action, outputs),
    );
    return isThere ? { outputs: { ...withWorkspace(outputs), ...declared }, inputs: declared } : undefined;
  }
  // Nothing but the id is known, which does not say in which of the two ways its second part names somebody.
  const [acsAccessGroupId = "", who = ""] = membershipId.split("/");
  for (const property of ["acsUserId", "userIdentityId"]) {
    const inputs = { acsAccessGroupId, [property]: who };
    if (who && (await isAmongGroups(seam, memberOf(inputs), action))) return { outputs: inputs, inputs: {} };
  }
  throw new RefusedError(
    `Cannot ${action}: there is no such membership. Its id is <acsAccessGroupId>/<acsUserId> or <acsAccessGroupId>/<userIdentityId>; check both parts and that they belong to this workspace.`,
  );
}

/**
 * The program may declare the same membership by naming the member in the other way, or among a user's own groups.
 * @throws RefusedError where it may do so under another name, which it could not say because the member has failed
 */
async function reasonToKeep(
  seam: SeamClient,
  id: string,
  outputs: Properties,
  { run }: RemoveOptions,
): Promise<Kept | undefined> {
  const { acsAccessGroupId, acsUserId, userIdentityId } = outputs;
  if (run.isMembershipInDoubt(String(acsAccessGroupId), String(acsUserId ?? userIdentityId))) {
    throw new RefusedError(
      `Cannot tell whether the program still declares membership ${id} under another name, since its member has failed, as the member's own error says. Nobody was taken out, and the state keeps it: the next \`pulumi up\` decides.`,
    );
  }
  await assertHolderMayGo(seam, outputs, run);
  const others = run.memberships.in(String(acsAccessGroupId));
  if (acsUserId !== undefined && others.some((one) => one.acsUserId === acsUserId)) return {};
  const isNamed = (name: keyof DeclaredMembership, id: unknown) => others.some((one) => one[name] === id);
  if (acsUserId === undefined) {
    if (!others.some((one) => one.acsUserId !== undefined)) return undefined;
    const users = await usersOf(seam, String(userIdentityId));
    return users.some((user) => isNamed("acsUserId", user["acs_user_id"])) ? {} : undefined;
  }
  if (!others.some((one) => one.userIdentityId !== undefined)) return undefined;
  const identity = await identityOf(seam, String(acsUserId));
  return identity !== undefined && isNamed("userIdentityId", identity) ? {} : undefined;
}

async function remove(
  seam: SeamClient,
  _id: string,
  outputs: Properties,
  { run }: RemoveOptions,
): Promise<void> {
  const member = memberOf(declaredInputs(acsAccessGroupMembershipTable, outputs));
  const action = `remove ${whoOf(member)} from acs_access_group ${member.acs_access_group_id}`;
  try {
    await seam.call({ path: "/acs/access_groups/remove_user", body: member, effect: "delete", action });
  } catch (error) {
    if (!(error instanceof SeamError)) throw error;
    // What Seam answers for somebody who is no member is not documented. A refusal alone says nothing.
    const confirm = () => assertGone(seam, run, action, outputs);
    const isStillMember = await isMember(seam, member, action, confirm).catch((cause) => {
      throw cause instanceof RefusedError ? cause : error;
    });
    if (isStillMember) throw error;
  }
}

/**
 * Whether somebody is in the group, or about to be. The two lists that tell may lag, and a key without rights may see
 * nothing in them: who is in neither is out only where the group itself is seen, or its absence confirmed.
 * @param confirmGone throws unless it is sure that what is not found is gone
 */
async function isMember(
  seam: SeamClient,
  member: Member,
  action: string,
  confirmGone: () => Promise<void>,
): Promise<boolean> {
  if (await isAmongGroups(seam, member, action)) return true;
  try {
    return (await isPending(seam, member, action)) || (await isAmongUsers(seam, member, action));
  } catch (error) {
    if (!isNotFound(error, "acs_access_group")) throw error;
    await confirmGone();
    return false;
  }
}

/** Whether Seam counts the group among those of the user, or of the identity's users. */
async function isAmongGroups(seam: SeamClient, member: Member, action: string): Promise<boolean> {
  const { acs_access_group_id: groupId, ...query } = member;
  const list = { path: "/acs/access_groups/list", key: "acs_access_groups", query, action };
  try {
    return (await listAll(seam, list)).some((group) => group["acs_access_group_id"] === groupId);
  } catch (error) {
    if (isNotFound(error, "acs_user", "user_identity")) return false;
    throw error;
  }
}

/** Whether Seam counts the user, or one of the identity's, among those of the group. */
async function isAmongUsers(seam: SeamClient, member: Member, action: string): Promise<boolean> {
  const { acs_access_group_id, ...who } = member;
  const query = { acs_access_group_id };
  const list = { path: "/acs/access_groups/list_users", key: "acs_users", query, action };
  const users = await listAll(seam, list);
  return users.some((user) => Object.entries(who).every(([name, wanted]) => user[name] === wanted));
}

/** Whether the group is about to get the user: some systems take users only later, and list the group only then. */
async function isPending(seam: SeamClient, member: Member, action: string): Promise<boolean> {
  const { acs_access_group_id, acs_user_id } = member;
  const path = "/acs/access_groups/get";
  const { json } = await seam.call({ path, body: { acs_access_group_id }, effect: "read", action });
  const group = json["acs_access_group"];
  const mutations = isRecord(group) ? group["pending_mutations"] : undefined;
  return (
    acs_user_id !== undefined &&
    Array.isArray(mutations) &&
    mutations.filter(isRecord).some((mutation) => {
      const to = isRecord(mutation["to"]) ? mutation["to"]["acs_user_id"] : undefined;
      const isAdding = mutation["variant"] === "adding" && mutation["acs_user_id"] === acs_user_id;
      return isAdding || to === acs_user_id;
    })
  );
}

function memberOf(inputs: Properties): Member {
  const { acsAccessGroupId, acsUserId, userIdentityId } = inputs;
  return createBody(acsAccessGroupMembershipTable, {
    acsAccessGroupId,
    ...(acsUserId === undefined ? { userIdentityId } : { acsUserId }),
  }) as Member;
}

/** Noted when it is created: states of older releases do not have it. */
function withWorkspace({ workspaceId }: Properties): Properties {
  return workspaceId === undefined ? {} : { workspaceId };
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
