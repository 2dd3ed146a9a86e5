import { z } from "zod";
import type { SeamClient } from "../http/client";
import { checkInputs } from "../inputs/check";
import type { Checked } from "../inputs/problem";
import {
  declaredInputs,
  declaring,
  differences,
  equalInputs,
  type InputTable,
  isKept,
} from "../inputs/table";
import { email, flag, group, id, idSet, instant, phone, text } from "../inputs/types";
import { validityProblems } from "../inputs/validity";
import { PartialFailure, RefusedError } from "../lifecycle/errors";
import type { Plan, ResourceLifecycle } from "../lifecycle/lifecycle";
import { isDead, observedDead } from "../lifecycle/over";
import type { Run } from "../lifecycle/run";
import { findObject, getObject, type SeamObject } from "../lifecycle/seam-kind";
import { type CreateOptions, updateObject } from "../lifecycle/seam-object";
import { seamResource } from "../lifecycle/seam-resource";
import { isRecord, type Properties, textsIn } from "../values/record";
import { decisive, decisiveFlag, objectId, reported, shown, shownFlag, shownObject } from "../wire/types";
import { credentialsOf, grantsOf, groupsOf, identityOf } from "./hanging";
import { changeGroups, linkIdentity } from "./user-links";

/** Declared inputs of an access-system user, in camelCase of Seam's parameters. */
export const acsUserInputs = z.object({
  acsSystemId: id("access system"),
  fullName: text("full name"),
  emailAddress: email().optional(),
  phoneNumber: phone().optional(),
  userIdentityId: id("user identity").optional(),
  acsAccessGroupIds: idSet("access group").optional(),
  accessSchedule: group({ startsAt: instant().optional(), endsAt: instant().optional() }).optional(),
  isSuspended: flag().optional(),
  adopt: id("access-system user to take over").optional(),
});

export type AcsUserInputs = z.output<typeof acsUserInputs>;

/** Seam's `acs_user` as it is read here. */
const acsUserWire = z.object({
  acs_user_id: objectId,
  access_schedule: z.object({ starts_at: decisive, ends_at: decisive }).nullish(),
  acs_system_id: shown,
  connected_account_id: shown,
  email_address: decisive,
  external_type: shown,
  external_type_display_name: shown,
  full_name: decisive,
  is_managed: shownFlag,
  is_suspended: decisiveFlag,
  phone_number: decisive,
  salto_ks_metadata: shownObject,
  salto_space_metadata: shownObject,
  user_identity_email_address: shown,
  user_identity_full_name: shown,
  user_identity_id: decisive,
  user_identity_phone_number: shown,
  ...reported,
});

type WireUser = z.output<typeof acsUserWire>;

/** What a change of each input means. Source: the parameters of /acs/users/create and /acs/users/update. */
const acsUserTable = {
  acsSystemId: { change: "replace" },
  fullName: { change: "update", drift: true },
  emailAddress: {
    change: "update",
    removal: "replace",
    compare: "caseless",
    filledBySeam: true,
    drift: true,
  },
  phoneNumber: { change: "update", removal: "replace", filledBySeam: true, drift: true },
  userIdentityId: {
    change: "update",
    removal: "update",
    hasOwnRoutes: true,
    filledBySeam: true,
    drift: true,
  },
  acsAccessGroupIds: { change: "update", hasOwnRoutes: true, compare: "set", whenOmitted: [] },
  accessSchedule: {
    change: "update",
    removal: "update",
    compare: "instants",
    filledBySeam: true,
    drift: true,
    keys: Object.keys(acsUserInputs.shape.accessSchedule.unwrap().shape),
  },
  isSuspended: {
    change: "update",
    hasOwnRoutes: true,
    isSetAfterCreate: true,
    filledBySeam: true,
    drift: true,
    whenOmitted: false,
  },
  adopt: { change: "update", providerOnly: true, onlyAtCreate: true },
} as const satisfies Record<keyof AcsUserInputs, InputTable[string]>;

export const ACS_USER: SeamObject<WireUser> = {
  name: "acs_user",
  routes: "/acs/users",
  plural: "acs_users",
  schema: acsUserWire,
  table: acsUserTable,
  failing: { warnings: ["unknown_issue_with_acs_user"] },
  listedBy: ({ acsSystemId }) => ({ acs_system_id: acsSystemId }),
};

const life = seamResource({
  name: "AcsUser",
  kind: ACS_USER,
  check,
  cannotCoexist,
  lostCreate,
  finish: async (seam, id, { isSuspended }) => {
    if (isSuspended) await setSuspended(seam, id, true);
  },
  shownElsewhere: groupsAmongDeclared,
});

export const acsUser: ResourceLifecycle = {
  ...life,

  diff(outputs, news) {
    const isWithoutEnd = losesEnd(outputs, news) && !isDead(outputs);
    const plan = isWithoutEnd
      ? alsoReplacing("accessSchedule", life.diff(outputs, news))
      : life.diff(outputs, news);
    // Before Pulumi deletes what hangs on the user, if a refresh has seen it. One whom the lock system has deleted must
    // not keep a refresh from ending, which compares, too.
    if (
      plan.replaces.length > 0 &&
      !isDead(outputs) &&
      outputs["isSuspended"] === true &&
      !isSuspensionDecided(outputs, news)
    ) {
      throw new RefusedError(
        letsIn(
          String(outputs["acsUserId"]),
          "Nothing was deleted. If it was let in again since the last refresh, run `pulumi refresh`.",
        ),
      );
    }
    return plan;
  },

  /** A user without contact details is made before the one whose place it takes is deleted. */
  async create(seam, inputs, run) {
    for (const { id, outputs } of run.plans.formersOf(inputs))
      await assertNobodyIsLetIn(seam, id, outputs, inputs);
    try {
      return await life.create(seam, inputs, run);
    } finally {
      run.isMadeAnew(run.plans.roomMadeFor(inputs));
    }
  },

  async read(seam, id, outputs, run) {
    const observed = await life.read(seam, id, outputs, run);
    return observed && wasDeletedElsewhere(observed.outputs) ? observedDead(observed) : observed;
  },

  async update(seam, id, outputs, news, run) {
    const before = declaredInputs(acsUserTable, outputs);
    const changed = new Set(differences(acsUserTable, outputs, news).map(({ property }) => property));
    const isSuspended = news["isSuspended"] === true;
    // What Seam has of the change so far, by routes of its own: taken back after a failure, it is a change again.
    let done = before;
    const note = (change: Properties) => {
      done = { ...done, ...change };
    };
    try {
      // Whoever is to be out is out before anything else; whoever comes back finds all as declared.
      if (changed.has("isSuspended") && isSuspended) {
        await setSuspended(seam, id, true);
        note({ isSuspended });
      }
      if (changed.has("userIdentityId")) {
        const { user_identity_id } = await getObject(seam, ACS_USER, id, `update acs_user ${id}`);
        const userIdentityId = news["userIdentityId"] as string | undefined;
        await linkIdentity(seam, id, user_identity_id, userIdentityId, (linked) =>
          note({ userIdentityId: linked }),
        );
      }
      if (changed.has("acsAccessGroupIds")) {
        const groups = [before["acsAccessGroupIds"], news["acsAccessGroupIds"]] as const;
        await changeGroups(seam, id, ...groups, run, (acsAccessGroupIds) => note({ acsAccessGroupIds }));
      }
      if (changed.has("isSuspended") && !isSuspended) {
        await setSuspended(seam, id, false);
        note({ isSuspended });
      }
      return await updateObject(seam, ACS_USER, id, outputs, news, {
        amend: (body) => withStart(seam, id, body, before),
      });
    } catch (error) {
      if (done === before || error instanceof PartialFailure || !(error instanceof Error)) throw error;
      throw new PartialFailure(id, declaring(acsUserTable, outputs, done), [error.message]);
    }
  },

  async reasonToKeep(seam, id, outputs, { run, awaitGone }) {
    const news =
      run.plans.replacementOf(id) ??
      run.plans.declaredAs("AcsUser").find(samePersonAs(outputs)) ??
      // Made anew on demand, it is declared as before.
      (awaitGone ? declaredInputs(acsUserTable, outputs) : undefined);
    if (news) await assertNobodyIsLetIn(seam, id, outputs, news);
    if (!awaitGone) {
      const hanging = run.referenceTo(id) ?? (await heldThroughIdentity(seam, id, outputs, run));
      if (hanging === undefined) return undefined;
      return {
        message: `acs_user ${id} stays in Seam, since ${hanging} of this program hangs on it. No resource of this stack manages it any more.`,
      };
    }
    // What a user opened whom the lock system has deleted is lost already.
    const hanging =
      run.referenceTo(id) ?? (isDead(outputs) ? undefined : await whatWouldBeLost(seam, id, outputs, run));
    if (hanging === undefined) return undefined;
    throw new RefusedError(
      `Cannot replace acs_user ${id}: ${hanging} hangs on it and would be deleted with it. It was not deleted; its credentials and memberships may have been. Name it by the resource's acsUserId where it is this program's, or take back what calls for the replacement, such as a contact detail that was taken out.`,
    );
  },
};

/**
 * A user that is made anew is not suspended. Nobody whom the access system's own people have suspended may be let in so.
 * @throws RefusedError
 */
async function assertNobodyIsLetIn(
  seam: SeamClient,
  id: string,
  outputs: Properties,
  news: Properties,
): Promise<void> {
  if (isSuspensionDecided(outputs, news)) return;
  const user = await findObject(seam, ACS_USER, id, `look whether acs_user ${id} is suspended`);
  if (user?.is_suspended !== true) return;
  throw new RefusedError(
    letsIn(
      id,
      "It was not deleted; its credentials and memberships may have been. Then run the command again.",
    ),
  );
}

/** Whether a declared user is the person that another user is, under another name of the resource. */
function samePersonAs(outputs: Properties): (news: Properties) => boolean {
  // The declared properties alone: there may be thousands of users to compare with.
  const declared = declaredInputs(acsUserTable, outputs);
  const isSame = (news: Properties, property: keyof typeof acsUserTable) =>
    declared[property] !== undefined &&
    equalInputs(acsUserTable[property], declared[property], news[property]);
  return (news) =>
    isSame(news, "acsSystemId") &&
    (isSame(news, "emailAddress") ||
      isSame(news, "userIdentityId") ||
      (isSame(news, "phoneNumber") && isSame(news, "fullName")));
}

function isSuspensionDecided(outputs: Properties, news: Properties): boolean {
  return news["isSuspended"] !== undefined || declaredInputs(acsUserTable, outputs)["isSuspended"] === true;
}

function letsIn(id: string, more: string): string {
  return `Cannot replace acs_user ${id}: it is suspended, the program does not say so, and the user in its place would not be. Declare isSuspended: true (in a roster, suspended: true) if it is to stay so; if not, let it in again in the access system. ${more}`;
}

/**
 * What the program declares of the user's person and hangs on this user: a grant for doors of its system, if credentials
 * are left at the user (its own are deleted by now, or about to be), or a membership. Its other groups go, since the user
 * itself is out.
 */
async function heldThroughIdentity(
  seam: SeamClient,
  id: string,
  { acsSystemId }: Properties,
  run: Run,
): Promise<string | undefined> {
  const mayHang = run.plans.declaredAs("AccessGrant").length > 0 || run.memberships.haveIdentities();
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
  await changeGroups(seam, id, groups, [], run);
  return grant ? `access_grant ${grant}` : `a membership in acs_access_group ${membership}`;
}

/**
 * What is at the user that Pulumi has not deleted before, and is not made anew with it: what was found to stay as it is,
 * and grants, which do not show that they lost a credential. The rest is made anew where it is looked at later.
 */
async function whatWouldBeLost(
  seam: SeamClient,
  id: string,
  { acsSystemId }: Properties,
  run: Run,
): Promise<string | undefined> {
  const [identity, credentials, groups] = await Promise.all([
    identityOf(seam, id),
    credentialsOf(seam, id),
    groupsOf(seam, id),
  ]);
  const members = identity === undefined ? [id] : [id, identity];
  const memberships = groups.flatMap((group) => members.map((member) => `${group}/${member}`));
  const held = [...credentials, ...memberships].find((one) => run.plans.isHeld(one));
  if (held !== undefined) return held.includes("/") ? `membership ${held}` : `acs_credential ${held}`;
  const mayOpen = identity !== undefined && credentials.length > 0;
  const [grant] = mayOpen ? await grantsOf(seam, identity, acsSystemId) : [];
  if (grant !== undefined) return `access_grant ${grant} of its person`;
  for (const one of [...credentials, ...memberships]) run.lose(one);
  if (identity !== undefined) run.makesAnew(id, identity);
  return undefined;
}

/** The declared groups that the user is in: in others it may be by memberships. */
async function groupsAmongDeclared(
  seam: SeamClient,
  { acs_user_id }: WireUser,
  { acsAccessGroupIds }: Properties,
): Promise<Properties> {
  const declared = textsIn(acsAccessGroupIds);
  if (declared.length === 0) return {};
  const ids = new Set(await groupsOf(seam, acs_user_id));
  return { acsAccessGroupIds: declared.filter((group) => ids.has(group)) };
}

function check(news: Properties, olds: Properties | undefined, now: Date): Checked {
  return checkInputs(acsUserInputs, news, ({ known }) =>
    // Of one that exists Seam takes any end.
    validityProblems("user", known.accessSchedule, olds && {}, now, "accessSchedule."),
  );
}

/** An access system takes an e-mail address, a phone number and an identity once only. */
function cannotCoexist(outputs: Properties, news: Properties): boolean {
  const isSameUser = ["emailAddress", "phoneNumber", "userIdentityId"].some((property) =>
    isKept(acsUserTable, outputs, news, property),
  );
  return isSameUser && isKept(acsUserTable, outputs, news, "acsSystemId");
}

/** Looks first, so that what was done already can be done again. */
async function setSuspended(seam: SeamClient, id: string, wanted: boolean): Promise<void> {
  const verb = wanted ? "suspend" : "unsuspend";
  const action = `${verb} acs_user ${id}`;
  const { is_suspended } = await getObject(seam, ACS_USER, id, action);
  if (is_suspended === wanted) return;
  await seam.call({ path: `/acs/users/${verb}`, body: { acs_user_id: id }, effect: "update", action });
}

/** Seam's update can set another end or clear the whole schedule, but not take the end out of one. */
function losesEnd(outputs: Properties, news: Properties): boolean {
  const before = declaredInputs(acsUserTable, outputs)["accessSchedule"];
  const after = news["accessSchedule"];
  return isRecord(before) && isRecord(after) && "endsAt" in before && !("endsAt" in after);
}

function alsoReplacing(property: string, plan: Plan): Plan {
  return plan.replaces.includes(property) ? plan : { ...plan, replaces: [...plan.replaces, property] };
}

/** The lock system no longer has the user, and Seam does not make it again. */
function wasDeletedElsewhere({ errors }: Properties): boolean {
  return (
    Array.isArray(errors) &&
    errors.some((entry) => isRecord(entry) && entry["errorCode"] === "deleted_externally")
  );
}

/**
 * Seam's documents want a schedule's start in every update. One that the program has taken out is from now on; one that
 * it never named stays as it is.
 */
async function withStart(
  seam: SeamClient,
  id: string,
  body: Properties,
  before: Properties,
): Promise<Properties> {
  const schedule = body["access_schedule"];
  if (!isRecord(schedule) || schedule["starts_at"] !== undefined) return body;
  const { accessSchedule } = before;
  const isTakenOut = isRecord(accessSchedule) && accessSchedule["startsAt"] !== undefined;
  const live = isTakenOut ? undefined : await getObject(seam, ACS_USER, id, `update acs_user ${id}`);
  const startsAt = isTakenOut ? new Date().toISOString() : live?.access_schedule?.starts_at;
  return { ...body, access_schedule: { ...(startsAt && { starts_at: startsAt }), ...schedule } };
}

function lostCreate({
  acsSystemId,
  userIdentityId,
  emailAddress,
  phoneNumber,
}: Properties): CreateOptions<WireUser> {
  const ofIdentity = userIdentityId === undefined ? {} : { user_identity_id: userIdentityId };
  return {
    search: {
      path: "/acs/users/list",
      key: "acs_users",
      body: { acs_system_id: acsSystemId, ...ofIdentity },
    },
    // Of an identity's user Seam may have filled in what the identity has.
    matches: (user) =>
      userIdentityId !== undefined ||
      (!user.email_address === !emailAddress && !user.phone_number === !phoneNumber),
  };
}
