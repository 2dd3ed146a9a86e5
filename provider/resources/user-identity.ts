import { z } from "zod";
import type { SeamClient } from "../http/client";
import { listAll } from "../http/pages";
import { checkInputs, type Declaration } from "../inputs/check";
import { type Checked, type Problem, problem } from "../inputs/problem";
import { type InputTable, isKept } from "../inputs/table";
import { email, id, idSet, phone, text } from "../inputs/types";
import type { ResourceLifecycle } from "../lifecycle/lifecycle";
import type { SeamObject } from "../lifecycle/seam-kind";
import type { CreateOptions } from "../lifecycle/seam-object";
import { seamResource } from "../lifecycle/seam-resource";
import { withUniqueTexts } from "../lifecycle/taken-texts";
import { type Properties, textsIn } from "../values/record";
import { decisive, objectId, reported, shownIds } from "../wire/types";
import { assertNobodyComesBack, CONTACTS, reasonToKeepIdentity } from "./identity-use";

/** Declared inputs of a user identity, in camelCase of Seam's parameters. */
export const userIdentityInputs = z.object({
  userIdentityKey: text("key").optional(),
  fullName: text("full name").optional(),
  emailAddress: email().optional(),
  phoneNumber: phone().optional(),
  acsSystemIds: idSet("access system").optional(),
  adopt: id("user identity to take over").optional(),
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
const userIdentityTable = {
  userIdentityKey: inPlace,
  fullName: inPlace,
  emailAddress: { ...inPlace, compare: "caseless" },
  phoneNumber: inPlace,
  acsSystemIds: { change: "replace", compare: "set", whenOmitted: [] },
  adopt: { change: "update", providerOnly: true, onlyAtCreate: true },
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

const life = seamResource({
  name: "UserIdentity",
  kind: USER_IDENTITY,
  check,
  cannotCoexist,
  lostCreate,
  shownElsewhere: systemsAmongDeclared,
});

const unique = withUniqueTexts(life, USER_IDENTITY, {
  properties: CONTACTS,
  nameProperty: "fullName",
  keyProperty: "userIdentityKey",
  createOnly: "acsSystemIds",
});

export const userIdentity: ResourceLifecycle = {
  ...unique,

  /** An identity without contact details is made before the one whose place it takes is deleted. */
  async create(seam, inputs, run) {
    for (const { id } of run.plans.formersOf(inputs)) await assertNobodyComesBack(seam, id, run);
    return unique.create(seam, inputs, run);
  },

  reasonToKeep: (seam, id, outputs, options) =>
    reasonToKeepIdentity(seam, USER_IDENTITY, id, outputs, options),
};

/** The declared access systems in which the person has a user: in others it may have been made by other ways. */
async function systemsAmongDeclared(
  seam: SeamClient,
  { user_identity_id }: WireIdentity,
  { acsSystemIds }: Properties,
): Promise<Properties> {
  const declared = textsIn(acsSystemIds);
  if (declared.length === 0) return {};
  const users = await listAll(seam, {
    path: "/acs/users/list",
    key: "acs_users",
    query: { user_identity_id },
    action: `look for the users of user_identity ${user_identity_id}`,
  });
  const ids = new Set(users.map((user) => user["acs_system_id"]));
  return { acsSystemIds: declared.filter((system) => ids.has(system)) };
}

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
