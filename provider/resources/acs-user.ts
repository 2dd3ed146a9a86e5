import { z } from "zod";
import type { SeamClient } from "../http/client";
import { checkInputs } from "../inputs/check";
import type { Checked } from "../inputs/problem";
import { declaredInputs, declaring, differences, type InputTable, isKept } from "../inputs/table";
import { email, flag, group, id, idSet, instant, phone, text } from "../inputs/types";
import { validityProblems } from "../inputs/validity";
import { PartialFailure, RefusedError } from "../lifecycle/errors";
import type { Created, Plan, ResourceLifecycle } from "../lifecycle/lifecycle";
import { isBeingDeleted } from "../lifecycle/outputs";
import { isDead, observedDead } from "../lifecycle/over";
import type { Run } from "../lifecycle/run";
import { getObject, outputsOf, type SeamObject } from "../lifecycle/seam-kind";
import { type CreateOptions, updateObject } from "../lifecycle/seam-object";
import { seamResource } from "../lifecycle/seam-resource";
import { isRecord, type Properties, textsIn } from "../values/record";
import { decisive, decisiveFlag, objectId, reported, shown, shownFlag, shownObject } from "../wire/types";
import { groupsOf, usersOf } from "./hanging";
import { changeGroups, linkIdentity } from "./user-links";
import { assertNobodyIsLetIn, reasonToKeepUser, refuseToLetIn } from "./user-use";

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
    if (plan.replaces.length > 0) refuseToLetIn(acsUserTable, outputs, news);
    return plan;
  },

  /** A user without contact details is made before the one whose place it takes is deleted. */
  async create(seam, inputs, run) {
    for (const { id, outputs } of run.plans.formersOf(inputs))
      await assertNobodyIsLetIn(seam, ACS_USER, id, outputs, inputs);
    const there = await userOfIdentity(seam, inputs, run);
    return there === undefined
      ? life.create(seam, inputs, run).catch((error: unknown) => withoutSecond(seam, error, run))
      : takeOver(seam, there, inputs, run);
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

  reasonToKeep: (seam, id, outputs, options) => reasonToKeepUser(seam, ACS_USER, id, outputs, options),
};

/**
 * The user that the identity has in the access system already. One of an identity that this run has made is Seam's, which
 * made it for what else the run gave the identity.
 * @throws RefusedError where it may be anybody's: two users of one person would have their access apart
 */
async function userOfIdentity(
  seam: SeamClient,
  { userIdentityId, acsSystemId, adopt }: Properties,
  run: Run,
): Promise<string | undefined> {
  if (typeof userIdentityId !== "string" || adopt !== undefined) return undefined;
  await run.comingUsers.alone(userIdentityId);
  const users = await usersOf(seam, userIdentityId);
  const there = users.find((user) => user["acs_system_id"] === acsSystemId && !isBeingDeleted(user));
  if (there === undefined) return undefined;
  const id = String(there["acs_user_id"]);
  if (run.plans.isMade(userIdentityId) && !run.isHeldElsewhere(id)) return id;
  throw new RefusedError(
    `Cannot create AcsUser: user_identity ${userIdentityId} has acs_user ${id} in acs_system ${acsSystemId} already, and a second one would have its access apart. Nothing was created. If a resource of another name has it, give this one that name as an alias; if no resource has it, take it over with adopt: "${id}".`,
  );
}

/**
 * Seam takes a second user with an address that another one has, and says only then that the lock system refuses it. It
 * is deleted again, so that the way that is advised is open.
 */
async function withoutSecond(seam: SeamClient, error: unknown, run: Run): Promise<never> {
  const isTaken =
    error instanceof PartialFailure &&
    error.reasons.some((reason) => reason.includes("failed_to_create_on_acs_system"));
  if (!isTaken) throw error;
  await life.remove(seam, error.id, error.outputs, { run, awaitGone: false }).catch(() => {
    throw error;
  });
  throw new RefusedError(
    [
      "Cannot create AcsUser: the access system refuses it. Nothing was left in Seam.",
      ...error.reasons,
      "If another user has the address: where a resource of another name has that user, give this one that name as an alias; where no resource has it, take it over with `adopt`.",
    ].join("\n"),
  );
}

async function takeOver(seam: SeamClient, id: string, inputs: Properties, run: Run): Promise<Created> {
  const user = await getObject(seam, ACS_USER, id, `create AcsUser by taking over acs_user ${id}`);
  const outputs = outputsOf(ACS_USER, {}, user);
  return { id, outputs: await acsUser.update(seam, id, outputs, inputs, run) };
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
