import { z } from "zod";
import { type Checked, checkInputs, type Declaration, type Problem, problem } from "./check";
import { type CreateSpec, createOnce, listAlike } from "./create-once";
import { deviations, liveInputs } from "./drift";
import type { SeamClient } from "./http/client";
import type { ListedIn } from "./http/listed-reads";
import {
  createBody,
  declaredInputs,
  differences,
  type InputTable,
  type Properties,
  updateBody,
} from "./input-table";
import { flag, group, id, idSet, instant, oneOf, pin } from "./input-types";
import type { Alike, Created, Observed, Plan, RemoveOptions, ResourceLifecycle } from "./lifecycle";
import { deleteObject, findListed, getObject, parseObject, type SeamObject } from "./seam-object";
import { settle } from "./settle";
import { hasUnknown } from "./unknown";
import { isOver, overOutputs, validityProblems } from "./validity";
import { isBeingDeleted, reportedFailures, wireOutputs } from "./wire-outputs";
import { decisive, reported, shown, shownFlag, shownObject } from "./wire-types";

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
  acs_credential_id: z.string().min(1),
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

const ACS_CREDENTIAL: SeamObject<WireCredential> = {
  name: "acs_credential",
  routes: "/acs/credentials",
  schema: acsCredentialWire,
};

/** What a change of each input means. Source: the parameters of /acs/credentials/create and /acs/credentials/update. */
export const acsCredentialTable = {
  accessMethod: { change: "replace" },
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
  waitForSync: { change: "update", providerOnly: true },
} as const satisfies Record<keyof AcsCredentialInputs, InputTable[string]>;

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
    ...validityProblems("credential", declaration, exists, now),
    ...mobileKeyProblems(declaration),
  ]);
}

function diff(outputs: Properties, news: Properties): Plan {
  const found = differences(acsCredentialTable, outputs, news);
  // What is over and gone in Seam cannot be updated any more: any change means a new credential.
  const replaced = isOver(outputs) ? found : found.filter(({ action }) => action === "replace");
  return {
    changed: found.length > 0,
    replaces: replaced.map(({ property }) => property),
    deleteBeforeReplace: cannotCoexist(outputs, news),
  };
}

async function create(seam: SeamClient, inputs: Properties): Promise<Created> {
  const { object, reasons } = await createOnce(seam, createSpec(inputs));
  return { id: object.acs_credential_id, outputs: await asDeclared(seam, object, inputs, reasons) };
}

async function findAlike(seam: SeamClient, inputs: Properties): Promise<Alike[]> {
  const action = "look for the acs_credential of an interrupted create";
  const alike = await listAlike(seam, createSpec(inputs), action);
  return alike.map(({ object }) => ({
    id: object.acs_credential_id,
    createdAt: object.created_at ?? undefined,
  }));
}

function createSpec(inputs: Properties): CreateSpec<WireCredential> {
  const body = createBody(acsCredentialTable, inputs);
  const path = "/acs/credentials/create";
  const action = "create acs_credential";
  return {
    path,
    body,
    action,
    parse: (json) => parseObject(ACS_CREDENTIAL, json, action, path),
    idOf: (credential) => credential.acs_credential_id,
    createdAt: (credential) => credential.created_at ?? undefined,
    identity: JSON.stringify([
      ownerQuery(body),
      body["access_method"],
      body["starts_at"],
      body["ends_at"],
      body["code"],
    ]),
    list: { path: "/acs/credentials/list", key: "acs_credentials", body: ownerQuery(body) },
    parseListed: (json) => acsCredentialWire.safeParse(json).data,
    matches: (credential) => matchesDeclared(credential, inputs),
  };
}

async function read(seam: SeamClient, id: string, outputs: Properties): Promise<Observed | undefined> {
  const owned = outputs["accessMethod"] !== undefined;
  const action = `read acs_credential ${id}`;
  const credential = owned
    ? await findListed(seam, ACS_CREDENTIAL, id, action, listedIn(outputs), isBeingDeleted)
    : await getObject(seam, ACS_CREDENTIAL, id, action);
  const declared = declaredInputs(acsCredentialTable, outputs);
  if (!credential || (owned && isBeingDeleted(credential))) {
    const over = overOutputs(outputs);
    return over && { outputs: over, inputs: declared };
  }
  const inputs = liveInputs(acsCredentialTable, declared, credential);
  return { outputs: wireOutputs(acsCredentialTable, inputs, credential), inputs };
}

function listedIn(outputs: Properties): ListedIn {
  const query = { acs_system_id: outputs["acsSystemId"] };
  return { path: "/acs/credentials/list", query, key: "acs_credentials", name: ACS_CREDENTIAL.name };
}

async function update(
  seam: SeamClient,
  id: string,
  outputs: Properties,
  news: Properties,
): Promise<Properties> {
  const action = `update acs_credential ${id}`;
  const body = updateBody(acsCredentialTable, outputs, news);
  if (Object.keys(body).length > 0) {
    await seam.call({
      path: "/acs/credentials/update",
      body: { acs_credential_id: id, ...body },
      effect: "update",
      action,
    });
  }
  return asDeclared(seam, await getObject(seam, ACS_CREDENTIAL, id, action), news);
}

function remove(seam: SeamClient, id: string, _outputs: Properties, options: RemoveOptions): Promise<void> {
  return deleteObject(seam, ACS_CREDENTIAL, id, options);
}

/** How long Seam and the lock system get for what the documents say happens "asynchronously". */
const AWAIT_PIN_MS = 15_000;
const AWAIT_CHANGE_MS = 5_000;
const AWAIT_SYNC_SECONDS = 300;

/** Warnings that mean the credential does not do what was declared; others inform. */
const FAILING_WARNINGS = ["unknown_issue_with_acs_credential", "requested_code_unavailable", "being_deleted"];

/**
 * Waits, bounded, until the credential is as declared: a generated PIN is there, an update shows and, where the
 * program asks for it, the lock system has it.
 */
function asDeclared(
  seam: SeamClient,
  first: WireCredential,
  inputs: Properties,
  known: readonly string[] = [],
): Promise<Properties> {
  const id = first.acs_credential_id;
  const sync = inputs["waitForSync"] as AcsCredentialInputs["waitForSync"];
  const syncSeconds = typeof sync === "object" ? sync.timeoutSeconds : sync ? AWAIT_SYNC_SECONDS : 0;
  const isUnsynced = (credential: WireCredential) =>
    credential.is_latest_desired_state_synced_with_provider === false;
  const differing = (credential: WireCredential) => deviations(acsCredentialTable, inputs, credential);
  return settle(first, {
    id,
    known,
    read: () => getObject(seam, ACS_CREDENTIAL, id, `read acs_credential ${id}`),
    waits: [
      { timeoutMs: AWAIT_CHANGE_MS, done: (credential) => differing(credential).length === 0 },
      { timeoutMs: AWAIT_PIN_MS, done: (credential) => !awaitsPin(credential, inputs) },
      { timeoutMs: syncSeconds * 1000, done: (credential) => !isUnsynced(credential) },
    ],
    failures: (credential) => reportedFailures(credential, FAILING_WARNINGS),
    deviations: (credential) => [
      ...differing(credential),
      ...(syncSeconds > 0 && isUnsynced(credential)
        ? [`The lock system did not have the credential within ${syncSeconds} s (waitForSync).`]
        : []),
    ],
    outputs: (credential) =>
      wireOutputs(acsCredentialTable, liveInputs(acsCredentialTable, inputs, credential), credential),
  });
}

function awaitsPin(credential: WireCredential, inputs: Properties): boolean {
  return inputs["accessMethod"] === "code" && inputs["code"] === undefined && !credential.code;
}

function ownerQuery(body: Properties): Properties {
  return body["acs_user_id"]
    ? { acs_user_id: body["acs_user_id"] }
    : { user_identity_id: body["user_identity_id"], acs_system_id: body["acs_system_id"] };
}

/** Whether a listed credential is what these inputs would have created, as far as Seam shows it. */
function matchesDeclared(credential: WireCredential, inputs: Properties): boolean {
  return (
    credential.access_method === inputs["accessMethod"] &&
    deviations(acsCredentialTable, inputs, credential).length === 0 &&
    (inputs["code"] === undefined || credential.code === inputs["code"]) &&
    !isBeingDeleted(credential)
  );
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
