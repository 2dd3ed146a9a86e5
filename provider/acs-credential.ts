import { z } from "zod";
import {
  acsCredentialWire,
  credentialOutputs,
  type WireCredential,
  withLiveValues,
} from "./acs-credential-wire";
import { type Checked, checkInputs, type Declaration, type Problem, problem } from "./check";
import { createOnce } from "./create-once";
import { NotFoundError, PartialFailure, UnreadableReplyError } from "./errors";
import type { SeamClient } from "./http/client";
import { declaredInputs, differences, type InputTable, type Properties } from "./input-table";
import { flag, group, id, idSet, instant, oneOf, pin } from "./input-types";
import { epochMs, sameInstant } from "./instant";
import type { Created, Observed, Plan, RemoveOptions, ResourceLifecycle } from "./lifecycle";
import { poll } from "./poll";
import { hasUnknown } from "./unknown";
import { toWireNames } from "./wire-names";

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

/** What a change of each input means. Source: the parameters of /acs/credentials/create and /acs/credentials/update. */
export const acsCredentialTable = {
  accessMethod: { change: "replace" },
  acsUserId: { change: "replace", filledBySeam: true },
  userIdentityId: { change: "replace", filledBySeam: true },
  acsSystemId: { change: "replace", filledBySeam: true },
  allowedAcsEntranceIds: { change: "replace", compare: "set", whenOmitted: [] },
  code: { change: "update", removal: "replace", filledBySeam: true },
  startsAt: { change: "replace", compare: "instant", filledBySeam: true },
  endsAt: { change: "update", removal: "replace", compare: "instant", filledBySeam: true },
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

/** Set on a credential that Seam no longer holds although its access ended as declared. */
const OVER = "__over";

export const acsCredential: ResourceLifecycle = {
  name: "AcsCredential",
  table: acsCredentialTable,
  check,
  diff,
  create,
  read,
  update,
  remove,
};

function check(news: Properties, exists: boolean, now: Date): Checked {
  return checkInputs(acsCredentialInputs, news, (declaration) => [
    ...ownerProblems(declaration),
    ...validityProblems(declaration, exists, now),
    ...mobileKeyProblems(declaration),
  ]);
}

function diff(outputs: Properties, news: Properties): Plan {
  const found = differences(acsCredentialTable, outputs, news);
  // What is over and gone in Seam cannot be updated any more: any change means a new credential.
  const replaced = outputs[OVER] ? found : found.filter(({ action }) => action === "replace");
  return {
    changed: found.length > 0,
    replaces: replaced.map(({ property }) => property),
    deleteBeforeReplace: cannotCoexist(outputs, news),
  };
}

async function create(seam: SeamClient, inputs: Properties): Promise<Created> {
  const body = toCreateBody(inputs);
  const path = "/acs/credentials/create";
  const action = "create acs_credential";
  const { object, reasons } = await createOnce(seam, {
    path,
    body,
    action,
    parse: (json) => parseCredential(json, action, path),
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
  });
  return { id: object.acs_credential_id, outputs: await settle(seam, object, inputs, reasons) };
}

async function read(seam: SeamClient, id: string, outputs: Properties): Promise<Observed | undefined> {
  const owned = outputs["accessMethod"] !== undefined;
  const credential = await getCredential(seam, id, `read acs_credential ${id}`, owned);
  if (!credential || (owned && isBeingDeleted(credential))) {
    const endsAt = epochMs(outputs["endsAt"]);
    const isOver = endsAt !== undefined && endsAt <= Date.now();
    if (!isOver) return undefined;
    // Its access ended as declared: that is no drift, and making it anew would be refused.
    const { [OVER]: _, ...rest } = outputs;
    return { outputs: { ...rest, [OVER]: true }, inputs: declaredInputs(acsCredentialTable, outputs) };
  }
  const inputs = withLiveValues(declaredInputs(acsCredentialTable, outputs), credential);
  return { outputs: credentialOutputs(acsCredentialTable, inputs, credential), inputs };
}

async function update(
  seam: SeamClient,
  id: string,
  outputs: Properties,
  news: Properties,
): Promise<Properties> {
  const action = `update acs_credential ${id}`;
  const changed = new Set(differences(acsCredentialTable, outputs, news).map(({ property }) => property));
  // What Seam or the lock system refused before is sent once more: that is how an update mends it.
  const failedBefore = Array.isArray(outputs["errors"]) && outputs["errors"].length > 0;
  const body = toWireNames(
    Object.fromEntries(
      ["code", "endsAt"]
        .filter((property) => news[property] !== undefined && (failedBefore || changed.has(property)))
        .map((property) => [property, news[property]]),
    ),
  ) as Properties;
  if (Object.keys(body).length > 0) {
    await seam.call({
      path: "/acs/credentials/update",
      body: { acs_credential_id: id, ...body },
      effect: "update",
      action,
    });
  }
  const credential = await getCredential(seam, id, action, false);
  return settle(seam, credential as WireCredential, news);
}

async function remove(
  seam: SeamClient,
  id: string,
  _outputs: Properties,
  options: RemoveOptions,
): Promise<void> {
  const action = `delete acs_credential ${id}`;
  try {
    await seam.call({
      path: "/acs/credentials/delete",
      body: { acs_credential_id: id },
      effect: "delete",
      action,
    });
  } catch (error) {
    if (error instanceof NotFoundError) return;
    throw error;
  }
  if (!options.awaitGone) return;
  await poll(
    { timeoutMs: AWAIT_GONE_MS },
    async () => (await getCredential(seam, id, action, true)) === undefined,
  );
}

/** How long the lock system gets for what the documents say happens "asynchronously". */
const AWAIT_GONE_MS = 60_000;
const AWAIT_PIN_MS = 15_000;
const AWAIT_CHANGE_MS = 5_000;
const AWAIT_SYNC_SECONDS = 300;

/**
 * Waits, bounded, until the credential is as declared: a generated PIN is there, an update shows and, where the
 * program asks for it, the lock system has it.
 * @throws PartialFailure with everything that is not as declared
 */
async function settle(
  seam: SeamClient,
  first: WireCredential,
  inputs: Properties,
  known: readonly string[] = [],
): Promise<Properties> {
  const id = first.acs_credential_id;
  let credential = first;
  const again = async () => {
    credential = (await getCredential(seam, id, `read acs_credential ${id}`, false)) ?? credential;
  };
  const sync = inputs["waitForSync"] as AcsCredentialInputs["waitForSync"];
  const syncSeconds = typeof sync === "object" ? sync.timeoutSeconds : sync ? AWAIT_SYNC_SECONDS : 0;
  const waits: { readonly timeoutMs: number; readonly done: () => boolean }[] = [
    { timeoutMs: AWAIT_CHANGE_MS, done: () => deviations(credential, inputs).length === 0 },
    { timeoutMs: AWAIT_PIN_MS, done: () => !awaitsPin(credential, inputs) },
    {
      timeoutMs: syncSeconds * 1000,
      done: () => credential.is_latest_desired_state_synced_with_provider !== false,
    },
  ];
  const reasons = [...known];
  try {
    for (const { timeoutMs, done } of waits) {
      if (timeoutMs > 0 && !done()) {
        await poll({ timeoutMs }, async () => {
          await again();
          return done() || failures(credential).length > 0;
        });
      }
    }
    if (syncSeconds > 0 && credential.is_latest_desired_state_synced_with_provider === false) {
      reasons.push(`The lock system did not have the credential within ${syncSeconds} s (waitForSync).`);
    }
  } catch (error) {
    // The credential exists: whatever happens while looking at it must not lose it.
    reasons.push(error instanceof Error ? error.message : String(error));
  }
  reasons.push(...failures(credential), ...deviations(credential, inputs));
  const outputs = credentialOutputs(acsCredentialTable, withLiveValues(inputs, credential), credential);
  if (reasons.length > 0) throw new PartialFailure(id, outputs, reasons);
  return outputs;
}

/** Warnings that mean the credential does not do what was declared; others inform. */
const FAILING_WARNINGS = new Set([
  "unknown_issue_with_acs_credential",
  "requested_code_unavailable",
  "being_deleted",
]);

function failures(credential: WireCredential): string[] {
  const { errors, warnings } = credentialOutputs(acsCredentialTable, {}, credential) as {
    errors: { errorCode: string; message: string }[];
    warnings: { warningCode: string; message: string }[];
  };
  return [
    ...errors.map(({ errorCode, message }) => `Seam reports the error ${errorCode}: ${message}`),
    ...warnings
      .filter(({ warningCode }) => FAILING_WARNINGS.has(warningCode))
      .map(({ warningCode, message }) => `Seam warns ${warningCode}: ${message}`),
  ];
}

/** Declared values that Seam holds differently; a PIN is named but not shown. */
function deviations(credential: WireCredential, inputs: Properties): string[] {
  const live = withLiveValues(inputs, credential);
  return [
    ...(live["code"] === inputs["code"] ? [] : ["code: Seam holds another PIN than the declared one."]),
    ...["startsAt", "endsAt"]
      .filter((property) => !sameInstant(live[property], inputs[property]))
      .map((property) => `${property}: Seam holds ${live[property]} instead of ${inputs[property]}.`),
  ];
}

function awaitsPin(credential: WireCredential, inputs: Properties): boolean {
  return inputs["accessMethod"] === "code" && inputs["code"] === undefined && !credential.code;
}

function isBeingDeleted(credential: WireCredential): boolean {
  return credential.warnings.some(({ warning_code }) => warning_code === "being_deleted");
}

function toCreateBody(inputs: Properties): Properties {
  const { waitForSync: _, ...declared } = inputs;
  return toWireNames(declared) as Properties;
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
    deviations(credential, inputs).length === 0 &&
    (inputs["code"] === undefined || credential.code === inputs["code"]) &&
    !isBeingDeleted(credential)
  );
}

async function getCredential(
  seam: SeamClient,
  id: string,
  action: string,
  mayBeGone: boolean,
): Promise<WireCredential | undefined> {
  const path = "/acs/credentials/get";
  try {
    const reply = await seam.call({ path, body: { acs_credential_id: id }, effect: "read", action });
    return parseCredential(reply.json, action, path);
  } catch (error) {
    if (mayBeGone && error instanceof NotFoundError) return undefined;
    throw error;
  }
}

function parseCredential(json: Properties, action: string, path: string): WireCredential {
  const parsed = acsCredentialWire.safeParse(json["acs_credential"]);
  if (parsed.success) return parsed.data;
  throw new UnreadableReplyError({
    action,
    path,
    reason: `answered with something that is no acs_credential (${parsed.error.issues
      .map((issue) => [...issue.path, issue.code].join(" "))
      .join("; ")})`,
    advice: "Check that seam:endpoint is Seam's address; if it is, update pulumi-seam.",
  });
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

function validityProblems(
  { known }: Declaration<AcsCredentialInputs>,
  exists: boolean,
  now: Date,
): Problem[] {
  const startsAt = epochMs(known.startsAt);
  const endsAt = epochMs(known.endsAt);
  const problems: Problem[] = [];
  if (startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt) {
    problems.push(
      problem(
        "endsAt",
        `${known.endsAt} is not after startsAt (${known.startsAt}), so the credential would never open a door. Swap them or drop startsAt.`,
      ),
    );
  }
  if (!exists && endsAt !== undefined && endsAt <= now.getTime()) {
    problems.push(
      problem(
        "endsAt",
        `${known.endsAt} is in the past, so a new credential would never open a door. Move it into the future or remove the resource.`,
      ),
    );
  }
  return problems;
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
