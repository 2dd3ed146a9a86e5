import { z } from "zod";
import type { SeamClient } from "../http/client";
import { type Checked, checkInputs } from "../inputs/check";
import { declaredInputs, differences, type InputTable, isKept, updateBody } from "../inputs/table";
import { email, group, id, idSet, instant, phone, text } from "../inputs/types";
import { validityProblems } from "../inputs/validity";
import {
  type Alike,
  type Created,
  type Observed,
  type Plan,
  type RemoveOptions,
  type ResourceLifecycle,
  UNCHANGED,
} from "../lifecycle/lifecycle";
import {
  type CreateOptions,
  createObject,
  deleteObject,
  findAlikeObjects,
  getObject,
  observeObject,
  type SeamObject,
  updateObject,
} from "../lifecycle/seam-object";
import { isRecord, type Properties } from "../values/record";
import { decisive, objectId, reported, shown, shownFlag, shownObject } from "../wire/types";

/** Declared inputs of an access-system user, in camelCase of Seam's parameters. */
export const acsUserInputs = z.object({
  acsSystemId: id("access system"),
  fullName: text("full name"),
  emailAddress: email().optional(),
  phoneNumber: phone().optional(),
  userIdentityId: id("user identity").optional(),
  acsAccessGroupIds: idSet("access group").optional(),
  accessSchedule: group({ startsAt: instant().optional(), endsAt: instant().optional() }).optional(),
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
  is_suspended: shownFlag,
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
export const acsUserTable = {
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
  userIdentityId: { change: "replace", filledBySeam: true, drift: true },
  acsAccessGroupIds: { change: "replace", compare: "set", whenOmitted: [] },
  accessSchedule: {
    change: "update",
    removal: "update",
    compare: "instants",
    filledBySeam: true,
    drift: true,
    keys: Object.keys(acsUserInputs.shape.accessSchedule.unwrap().shape),
  },
} as const satisfies Record<keyof AcsUserInputs, InputTable[string]>;

const ACS_USER: SeamObject<WireUser> = {
  name: "acs_user",
  routes: "/acs/users",
  plural: "acs_users",
  schema: acsUserWire,
  table: acsUserTable,
  failingWarnings: ["unknown_issue_with_acs_user"],
  listedBy: ({ acsSystemId }) => ({ acs_system_id: acsSystemId }),
};

export const acsUser: ResourceLifecycle = {
  name: "AcsUser",
  table: acsUserTable,
  check,
  diff,
  create,
  read,
  update,
  findAlike,
  remove,
};

function check(news: Properties, exists: boolean, now: Date): Checked {
  return checkInputs(acsUserInputs, news, ({ known }) =>
    validityProblems("user", known.accessSchedule, exists, now, "accessSchedule."),
  );
}

function diff(outputs: Properties, news: Properties): Plan {
  const found = differences(acsUserTable, outputs, news);
  if (found.length === 0) return UNCHANGED;
  const replaces = found
    .filter(({ property, action }) => action === "replace" || (property === "accessSchedule" && losesEnd()))
    .map(({ property }) => property);
  // An access system takes an e-mail address, a phone number and an identity once only.
  const isSameUser = ["emailAddress", "phoneNumber", "userIdentityId"].some((property) =>
    isKept(acsUserTable, outputs, news, property),
  );
  return {
    changed: true,
    replaces,
    deleteBeforeReplace: isSameUser && isKept(acsUserTable, outputs, news, "acsSystemId"),
  };

  /** Seam's update can set another end or clear the whole schedule, but not take the end out of one. */
  function losesEnd(): boolean {
    const before = declaredInputs(acsUserTable, outputs)["accessSchedule"];
    const after = news["accessSchedule"];
    return isRecord(before) && isRecord(after) && "endsAt" in before && !("endsAt" in after);
  }
}

function create(seam: SeamClient, inputs: Properties): Promise<Created> {
  return createObject(seam, ACS_USER, inputs, lostCreate(inputs));
}

function findAlike(seam: SeamClient, inputs: Properties): Promise<Alike[]> {
  return findAlikeObjects(seam, ACS_USER, inputs, lostCreate(inputs));
}

function lostCreate({
  acsSystemId,
  userIdentityId,
  emailAddress,
  phoneNumber,
}: Properties): CreateOptions<WireUser> {
  const ofIdentity = userIdentityId === undefined ? {} : { user_identity_id: userIdentityId };
  return {
    list: { path: "/acs/users/list", key: "acs_users", body: { acs_system_id: acsSystemId, ...ofIdentity } },
    // Of an identity's user Seam may have filled in what the identity has.
    matches: (user) =>
      userIdentityId !== undefined ||
      (!user.email_address === !emailAddress && !user.phone_number === !phoneNumber),
  };
}

function read(seam: SeamClient, id: string, outputs: Properties): Promise<Observed | undefined> {
  return observeObject(seam, ACS_USER, id, outputs);
}

async function update(
  seam: SeamClient,
  id: string,
  outputs: Properties,
  news: Properties,
): Promise<Properties> {
  const body = updateBody(acsUserTable, outputs, news);
  const schedule = body["access_schedule"];
  if (isRecord(schedule) && schedule["starts_at"] === undefined) {
    // Seam's documents disagree on whether a schedule may come without its start: so the live one goes along.
    const { access_schedule: live } = await getObject(seam, ACS_USER, id, `update acs_user ${id}`);
    body["access_schedule"] = { ...(live?.starts_at && { starts_at: live.starts_at }), ...schedule };
  }
  return updateObject(seam, ACS_USER, id, outputs, news, { body });
}

function remove(seam: SeamClient, id: string, _outputs: Properties, options: RemoveOptions): Promise<void> {
  return deleteObject(seam, ACS_USER, id, options);
}
