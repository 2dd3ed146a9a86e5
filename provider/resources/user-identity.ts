import { z } from "zod";
import { checkInputs, type Declaration } from "../inputs/check";
import { type Checked, type Problem, problem } from "../inputs/problem";
import { type InputTable, isKept } from "../inputs/table";
import { email, idSet, phone, text } from "../inputs/types";
import type { ResourceLifecycle } from "../lifecycle/lifecycle";
import type { SeamObject } from "../lifecycle/seam-kind";
import type { CreateOptions } from "../lifecycle/seam-object";
import { seamResource } from "../lifecycle/seam-resource";
import { withUniqueTexts } from "../lifecycle/taken-texts";
import type { Properties } from "../values/record";
import { decisive, objectId, reported, shownIds } from "../wire/types";
import { reasonToKeepIdentity } from "./identity-use";

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

export const USER_IDENTITY: SeamObject<WireIdentity> = {
  name: "user_identity",
  routes: "/user_identities",
  plural: "user_identities",
  schema: userIdentityWire,
  table: userIdentityTable,
  // It is about a user of the person's, which has its own resource or nobody declares.
  failing: { warnings: [], informingErrors: ["issue_with_acs_user"] },
  isMergeable: true,
  listedBy: () => ({}),
};

/** What only one identity of a workspace has. */
const CONTACTS = ["userIdentityKey", "emailAddress", "phoneNumber"] as const;

const life = seamResource({ name: "UserIdentity", kind: USER_IDENTITY, check, cannotCoexist, lostCreate });

export const userIdentity: ResourceLifecycle = {
  ...withUniqueTexts(life, USER_IDENTITY, {
    properties: CONTACTS,
    nameProperty: "fullName",
    keyProperty: "userIdentityKey",
    createOnly: "acsSystemIds",
  }),
  reasonToKeep: (seam, id, outputs, options) =>
    reasonToKeepIdentity(seam, USER_IDENTITY, id, outputs, options),
};

function check(news: Properties): Checked {
  return checkInputs(userIdentityInputs, news, nobodyProblems);
}

function cannotCoexist(outputs: Properties, news: Properties): boolean {
  return CONTACTS.some((contact) => isKept(userIdentityTable, outputs, news, contact));
}

function lostCreate(inputs: Properties): CreateOptions<WireIdentity> {
  const key = inputs["userIdentityKey"];
  return {
    search: key
      ? { path: "/user_identities/get", key: "user_identity", body: { user_identity_key: key } }
      : { path: "/user_identities/list", key: "user_identities", body: {} },
    matches: (identity) =>
      (identity.user_identity_key ?? undefined) === key &&
      !identity.full_name === !inputs["fullName"] &&
      !identity.email_address === !inputs["emailAddress"] &&
      !identity.phone_number === !inputs["phoneNumber"],
  };
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
