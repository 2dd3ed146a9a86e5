import { z } from "zod";
import type { SeamClient } from "../http/client";
import { type Checked, checkInputs, type Declaration, type Problem, problem } from "../inputs/check";
import { differences, type InputTable, isKept } from "../inputs/table";
import { email, idSet, phone, text } from "../inputs/types";
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
  observeObject,
  type SeamObject,
  updateObject,
} from "../lifecycle/seam-object";
import type { Properties } from "../values/record";
import { decisive, objectId, reported, shownIds } from "../wire/types";

/** Declared inputs of a user identity, in camelCase of Seam's parameters. */
export const userIdentityInputs = z.object({
  userIdentityKey: text("key").optional(),
  fullName: text("full name").optional(),
  emailAddress: email().optional(),
  phoneNumber: phone().optional(),
  acsSystemIds: idSet("access system").optional(),
});

export type UserIdentityInputs = z.output<typeof userIdentityInputs>;

/** Seam's `user_identity` as it is read here. */
const userIdentityWire = z.object({
  user_identity_id: objectId,
  user_identity_key: decisive,
  full_name: decisive,
  email_address: decisive,
  phone_number: decisive,
  acs_user_ids: shownIds,
  ...reported,
});

type WireIdentity = z.output<typeof userIdentityWire>;

const inPlace = { change: "update", removal: "update", filledBySeam: true, drift: true } as const;

/** What a change of each input means. Source: the parameters of /user_identities/create and /user_identities/update. */
export const userIdentityTable = {
  userIdentityKey: inPlace,
  fullName: inPlace,
  emailAddress: { ...inPlace, compare: "caseless" },
  phoneNumber: inPlace,
  acsSystemIds: { change: "replace", compare: "set", whenOmitted: [] },
} as const satisfies Record<keyof UserIdentityInputs, InputTable[string]>;

const USER_IDENTITY: SeamObject<WireIdentity> = {
  name: "user_identity",
  routes: "/user_identities",
  plural: "user_identities",
  schema: userIdentityWire,
  table: userIdentityTable,
  failingWarnings: [],
  isMergeable: true,
  listedBy: () => ({}),
};

export const userIdentity: ResourceLifecycle = {
  name: "UserIdentity",
  table: userIdentityTable,
  check,
  diff,
  create,
  read,
  update,
  findAlike,
  remove,
};

function check(news: Properties): Checked {
  return checkInputs(userIdentityInputs, news, nobodyProblems);
}

function diff(outputs: Properties, news: Properties): Plan {
  const found = differences(userIdentityTable, outputs, news);
  if (found.length === 0) return UNCHANGED;
  return {
    changed: true,
    replaces: found.filter(({ action }) => action === "replace").map(({ property }) => property),
    // Each of them is unique in a workspace.
    deleteBeforeReplace: ["userIdentityKey", "emailAddress", "phoneNumber"].some((property) =>
      isKept(userIdentityTable, outputs, news, property),
    ),
  };
}

function create(seam: SeamClient, inputs: Properties): Promise<Created> {
  return createObject(seam, USER_IDENTITY, inputs, lostCreate(inputs));
}

function findAlike(seam: SeamClient, inputs: Properties): Promise<Alike[]> {
  return findAlikeObjects(seam, USER_IDENTITY, inputs, lostCreate(inputs));
}

function lostCreate(inputs: Properties): CreateOptions<WireIdentity> {
  const key = inputs["userIdentityKey"];
  return {
    list: key
      ? { path: "/user_identities/get", key: "user_identity", body: { user_identity_key: key } }
      : { path: "/user_identities/list", key: "user_identities", body: {} },
    matches: (identity) =>
      (identity.user_identity_key ?? undefined) === key &&
      !identity.full_name === !inputs["fullName"] &&
      !identity.email_address === !inputs["emailAddress"] &&
      !identity.phone_number === !inputs["phoneNumber"],
  };
}

function read(seam: SeamClient, id: string, outputs: Properties): Promise<Observed | undefined> {
  return observeObject(seam, USER_IDENTITY, id, outputs);
}

function update(seam: SeamClient, id: string, outputs: Properties, news: Properties): Promise<Properties> {
  return updateObject(seam, USER_IDENTITY, id, outputs, news);
}

function remove(seam: SeamClient, id: string, _outputs: Properties, options: RemoveOptions): Promise<void> {
  return deleteObject(seam, USER_IDENTITY, id, options);
}

/** Seam would take it, but nobody could tell whose identity it is. */
function nobodyProblems({ has }: Declaration<UserIdentityInputs>): Problem[] {
  const named = (["userIdentityKey", "fullName", "emailAddress", "phoneNumber"] as const).some(has);
  return named
    ? []
    : [
        problem(
          "fullName",
          "nobody is named. Give at least one of fullName, emailAddress, phoneNumber, userIdentityKey.",
        ),
      ];
}
