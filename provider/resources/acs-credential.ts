import { z } from "zod";
import type { SeamClient } from "../http/client";
import { type Checked, checkInputs, type Declaration, type Problem, problem } from "../inputs/check";
import { declaredInputs, differences, type InputTable } from "../inputs/table";
import { flag, group, id, idSet, instant, oneOf, pin } from "../inputs/types";
import { validityProblems } from "../inputs/validity";
import { adoptObject } from "../lifecycle/adopt";
import {
  type Alike,
  type Created,
  type Observed,
  type Plan,
  type RemoveOptions,
  type ResourceLifecycle,
  UNCHANGED,
} from "../lifecycle/lifecycle";
import { isOver, observedOver } from "../lifecycle/over";
import { OwnEntrances } from "../lifecycle/own-entrances";
import {
  type CreateOptions,
  createObject,
  deleteObject,
  findAlikeObjects,
  observeObject,
  type SeamObject,
  updateObject,
} from "../lifecycle/seam-object";
import type { Wait } from "../lifecycle/settle";
import type { Properties } from "../values/record";
import { hasUnknown } from "../values/unknown";
import { decisive, objectId, reported, shown, shownFlag, shownObject } from "../wire/types";

/** Declared inputs of an access-system credential, in camelCase of Seam's parameters. */
export const acsCredentialInputs = z.object({
  accessMethod: oneOf("access method", ["code", "card", "mobile_key", "cloud_key"]),
  acsUserId: id("access-system user").optional(),
  userIdentityId: id("user identity").optional(),
  acsSystemId: id("access system").optional(),
  allowedAcsEntranceIds: idSet("entrance").optional(),
  code: pin().optional(),
  startsAt: instant().optional(),
  endsAt: instant().optional(),
  isMultiPhoneSyncCredential: flag().optional(),
  credentialManagerAcsSystemId: id("credential manager's access system").optional(),
  assaAbloyVostioMetadata: group({
    autoJoin: flag().optional(),
    joinAllGuestAcsEntrances: flag().optional(),
    overrideAllGuestAcsEntrances: flag().optional(),
    overrideGuestAcsEntranceIds: idSet("entrance").optional(),
  }).optional(),
  saltoSpaceMetadata: group({
    assignNewKey: flag().optional(),
    updateCurrentKey: flag().optional(),
  }).optional(),
  visionlineMetadata: group({
    assaAbloyCredentialServiceMobileEndpointId: id("mobile endpoint").optional(),
    autoJoin: flag().optional(),
    cardFormat: oneOf("card format", ["TLCode", "rfid48"]).optional(),
    cardFunctionType: oneOf("card function type", ["guest", "staff"]).optional(),
    isOverrideKey: flag().optional(),
    joinerAcsCredentialIds: idSet("credential").optional(),
    override: flag().optional(),
  }).optional(),
  adopt: id("credential to take over").optional(),
  waitForSync: z
    .union([z.boolean(), z.strictObject({ timeoutSeconds: z.number().positive().max(3600) })], {
      error: () =>
        "is neither a boolean nor { timeoutSeconds } of 1 to 3600. Write true, false or { timeoutSeconds: 120 }.",
    })
    .optional(),
});

export type AcsCredentialInputs = z.output<typeof acsCredentialInputs>;

/** Seam's `acs_credential` as it is read here. */
export const acsCredentialWire = z.object({
  acs_credential_id: objectId,
  access_method: shown,
  acs_credential_pool_id: shown,
  acs_system_id: shown,
  acs_user_id: decisive,
  assa_abloy_vostio_metadata: shownObject,
  card_number: shown,
  code: decisive,
  connected_account_id: shown,
  ends_at: decisive,
  external_type: shown,
  external_type_display_name: shown,
  is_issued: shownFlag,
  is_latest_desired_state_synced_with_provider: shownFlag,
  is_managed: shownFlag,
  is_multi_phone_sync_credential: shownFlag,
  is_one_time_use: shownFlag,
  issued_at: shown,
  latest_desired_state_synced_with_provider_at: shown,
  parent_acs_credential_id: shown,
  starts_at: decisive,
  user_identity_id: shown,
  visionline_metadata: shownObject,
  ...reported,
});

type WireCredential = z.output<typeof acsCredentialWire>;

/** What a change of each input means. Source: the parameters of /acs/credentials/create and /acs/credentials/update. */
export const acsCredentialTable = {
  accessMethod: { change: "replace", drift: true },
  acsUserId: { change: "replace", filledBySeam: true, drift: true },
  userIdentityId: { change: "replace", filledBySeam: true },
  acsSystemId: { change: "replace", filledBySeam: true },
  allowedAcsEntranceIds: { change: "replace", compare: "set", whenOmitted: [] },
  code: { change: "update", removal: "replace", filledBySeam: true, drift: true, secret: true },
  startsAt: { change: "replace", compare: "instant", filledBySeam: true, drift: true },
  endsAt: { change: "update", removal: "replace", compare: "instant", filledBySeam: true, drift: true },
  isMultiPhoneSyncCredential: { change: "replace", filledBySeam: true, whenOmitted: false },
  credentialManagerAcsSystemId: { change: "replace" },
  assaAbloyVostioMetadata: {
    change: "replace",
    filledBySeam: true,
    keys: Object.keys(acsCredentialInputs.shape.assaAbloyVostioMetadata.unwrap().shape),
  },
  saltoSpaceMetadata: { change: "replace" },
  visionlineMetadata: {
    change: "replace",
    filledBySeam: true,
    keys: Object.keys(acsCredentialInputs.shape.visionlineMetadata.unwrap().shape),
  },
  adopt: { change: "update", providerOnly: true, onlyAtCreate: true },
  waitForSync: { change: "update", providerOnly: true },
} as const satisfies Record<keyof AcsCredentialInputs, InputTable[string]>;

const ACS_CREDENTIAL: SeamObject<WireCredential> = {
  name: "acs_credential",
  routes: "/acs/credentials",
  plural: "acs_credentials",
  schema: acsCredentialWire,
  table: acsCredentialTable,
  failingWarnings: ["unknown_issue_with_acs_credential", "requested_code_unavailable"],
  listedBy: ({ acsSystemId }) => ({ acs_system_id: acsSystemId }),
};

export const acsCredential: ResourceLifecycle = {
  name: "AcsCredential",
  table: acsCredentialTable,
  check,
  diff,
  create,
  read,
  update,
  findAlike,
  remove,
};

function check(news: Properties, exists: boolean, now: Date): Checked {
  return checkInputs(acsCredentialInputs, news, (declaration) => [
    ...ownerProblems(declaration),
    ...validityProblems("credential", declaration.known, exists, now),
    ...mobileKeyProblems(declaration),
  ]);
}

function diff(outputs: Properties, news: Properties): Plan {
  const found = differences(acsCredentialTable, outputs, news);
  if (found.length === 0) return UNCHANGED;
  // What is over and gone in Seam cannot be updated any more: any change means a new credential.
  const replaced = isOver(outputs) ? found : found.filter(({ action }) => action === "replace");
  return {
    changed: true,
    replaces: replaced.map(({ property }) => property),
    deleteBeforeReplace: cannotCoexist(outputs, news),
  };
}

function create(seam: SeamClient, inputs: Properties): Promise<Created> {
  if (inputs["adopt"] !== undefined) return adopt(seam, String(inputs["adopt"]), inputs);
  return createObject(seam, ACS_CREDENTIAL, inputs, { ...lostCreate(inputs), waits: waits(inputs) });
}

function adopt(seam: SeamClient, id: string, inputs: Properties): Promise<Created> {
  return adoptObject(seam, ACS_CREDENTIAL, id, inputs, async ({ acsUserId }) =>
    inputs["allowedAcsEntranceIds"] === undefined
      ? {}
      : { allowedAcsEntranceIds: (await new OwnEntrances(seam).of(id, acsUserId)).own },
  );
}

function findAlike(seam: SeamClient, inputs: Properties): Promise<Alike[]> {
  return findAlikeObjects(seam, ACS_CREDENTIAL, inputs, lostCreate(inputs));
}

function lostCreate(inputs: Properties): CreateOptions<WireCredential> {
  const owner = inputs["acsUserId"]
    ? { acs_user_id: inputs["acsUserId"] }
    : { user_identity_id: inputs["userIdentityId"], acs_system_id: inputs["acsSystemId"] };
  return {
    list: { path: "/acs/credentials/list", key: "acs_credentials", body: owner },
    matches: (credential) =>
      (inputs["code"] === undefined || credential.code === inputs["code"]) &&
      (inputs["adopt"] === undefined || credential.acs_credential_id === inputs["adopt"]),
  };
}

async function read(seam: SeamClient, id: string, outputs: Properties): Promise<Observed | undefined> {
  const observed = await observeObject(seam, ACS_CREDENTIAL, id, outputs);
  return observed ?? observedOver(acsCredentialTable, outputs);
}

function update(seam: SeamClient, id: string, outputs: Properties, news: Properties): Promise<Properties> {
  return updateObject(seam, ACS_CREDENTIAL, id, outputs, news, { waits: waits(news) });
}

function remove(seam: SeamClient, id: string, _outputs: Properties, options: RemoveOptions): Promise<void> {
  return deleteObject(seam, ACS_CREDENTIAL, id, options);
}

const AWAIT_PIN_MS = 15_000;
const AWAIT_SYNC_SECONDS = 300;

/** A generated PIN is waited for and, where the program asks for it, the lock system. */
function waits(inputs: Properties): Wait<WireCredential>[] {
  const awaitsPin = inputs["accessMethod"] === "code" && inputs["code"] === undefined;
  const sync = inputs["waitForSync"] as AcsCredentialInputs["waitForSync"];
  const seconds = typeof sync === "object" ? sync.timeoutSeconds : sync ? AWAIT_SYNC_SECONDS : 0;
  return [
    { timeoutMs: awaitsPin ? AWAIT_PIN_MS : 0, done: (credential) => !!credential.code },
    {
      timeoutMs: seconds * 1000,
      done: (credential) => credential.is_latest_desired_state_synced_with_provider !== false,
      otherwise: `The lock system did not have the credential within ${seconds} s (waitForSync).`,
    },
  ];
}

/** Salto Space keeps one card and one mobile key a user; a PIN that is kept would be there twice. */
function cannotCoexist(outputs: Properties, news: Properties): boolean {
  const before = declaredInputs(acsCredentialTable, outputs);
  const mayBeKept = (property: string, value: unknown) =>
    hasUnknown(news[property]) || news[property] === value;
  const isSaltoSpace =
    String(outputs["externalType"] ?? "").startsWith("salto_space") ||
    outputs["saltoSpaceMetadata"] !== undefined;
  // The owner may be named in another way than before; what Seam does not tell counts as the same.
  const sameOwner =
    news["acsUserId"] === undefined
      ? outputs["userIdentityId"] === undefined || mayBeKept("userIdentityId", outputs["userIdentityId"])
      : mayBeKept("acsUserId", outputs["acsUserId"]);
  if (isSaltoSpace && sameOwner && mayBeKept("accessMethod", before["accessMethod"])) return true;
  return before["code"] !== undefined && mayBeKept("code", before["code"]);
}

function ownerProblems({ has }: Declaration<AcsCredentialInputs>): Problem[] {
  const advice = "Name the user in one way: acsUserId, or userIdentityId together with acsSystemId.";
  if (has("acsUserId") && has("userIdentityId")) {
    return [problem("userIdentityId", `the user is named twice, as acsUserId too. ${advice}`)];
  }
  if (has("userIdentityId") && !has("acsSystemId")) {
    return [problem("acsSystemId", "is missing: userIdentityId alone does not say in which access system.")];
  }
  return has("acsUserId") || has("userIdentityId")
    ? []
    : [problem("acsUserId", `no user is named. ${advice}`)];
}

function mobileKeyProblems({ known, has }: Declaration<AcsCredentialInputs>): Problem[] {
  const missing =
    known.accessMethod === "mobile_key" &&
    (!has("isMultiPhoneSyncCredential") || known.isMultiPhoneSyncCredential === false);
  return missing
    ? [
        problem(
          "isMultiPhoneSyncCredential",
          "Seam issues mobile keys as multi-phone sync credentials only. Write isMultiPhoneSyncCredential: true.",
        ),
      ]
    : [];
}
