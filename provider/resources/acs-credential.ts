import { z } from "zod";
import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";
import { checkInputs, type Declaration } from "../inputs/check";
import { type Checked, type Problem, problem } from "../inputs/problem";
import { declaredInputs, type InputTable, wasShown } from "../inputs/table";
import { flag, group, id, idSet, instant, oneOf, pin, secondsOf, waiting } from "../inputs/types";
import { validityProblems } from "../inputs/validity";
import { type FormerCard, formerCardsOf, madeBeside, withFormerCards } from "../lifecycle/former-cards";
import { type ResourceLifecycle, UNCHANGED } from "../lifecycle/lifecycle";
import { observedDead, observedOver } from "../lifecycle/over";
import { OwnEntrances } from "../lifecycle/own-entrances";
import { pinWait } from "../lifecycle/pin-wait";
import type { Run } from "../lifecycle/run";
import { findObject, type SeamObject } from "../lifecycle/seam-kind";
import { type CreateOptions, deleteObject } from "../lifecycle/seam-object";
import { seamResource } from "../lifecycle/seam-resource";
import type { Wait } from "../lifecycle/settle";
import { epochMs, isCoarser } from "../values/instant";
import type { Properties } from "../values/record";
import { decisive, objectId, reported, shown, shownFlag, shownObject } from "../wire/types";
import { credentialAwaitsEncoding } from "./encoding";
import { assertHolderMayGo } from "./grants-in-the-way";
import { cannotCoexist, goesBeyond, outlivingCards } from "./outliving-cards";

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
  waitForSync: waiting().optional(),
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
  // It can be taken out only beside acsUserId, whose system it is.
  acsSystemId: { change: "replace", removal: "record", filledBySeam: true },
  allowedAcsEntranceIds: { change: "replace", compare: "set", whenOmitted: [] },
  code: { change: "update", removal: "replace", filledBySeam: true, drift: true },
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

export const ACS_CREDENTIAL: SeamObject<WireCredential> = {
  name: "acs_credential",
  routes: "/acs/credentials",
  plural: "acs_credentials",
  schema: acsCredentialWire,
  table: acsCredentialTable,
  failing: { warnings: ["unknown_issue_with_acs_credential", "requested_code_unavailable"] },
  // With its user deleted a credential opens nothing, whichever way the user was named.
  orphaned: (credential, outputs) =>
    outputs["acsUserId"] !== undefined && !credential.acs_user_id ? ["userIdentityId"] : [],
  listedBy: ({ acsSystemId }) => ({ acs_system_id: acsSystemId }),
};

const life = seamResource({
  name: "AcsCredential",
  kind: ACS_CREDENTIAL,
  check,
  cannotCoexist: (outputs, news) => cannotCoexist(acsCredentialTable, outputs, news),
  lostCreate,
  waits,
  shownElsewhere: (seam, { acs_credential_id, acs_user_id }) =>
    ownEntrances(seam, acs_credential_id, { acsUserId: acs_user_id }),
  isUnfinished,
});

export const acsCredential: ResourceLifecycle = {
  ...life,
  needsUser: true,

  async reasonToKeep(seam, _id, outputs, { run }) {
    await assertHolderMayGo(seam, outputs, run);
    return undefined;
  },

  awaitsEncoding: (outputs, news, isReplaced) =>
    credentialAwaitsEncoding(acsCredentialTable, outputs, news, isReplaced),

  outlivingCards: (outputs, news) => outlivingCards(acsCredentialTable, outputs, news),

  alsoShown: ownEntrances,

  /** Once the card is encoded those before it are in the way. */
  diff(outputs, news) {
    const plan = life.diff(outputs, news);
    const declared = declaredInputs(acsCredentialTable, outputs);
    const hasLeaving = formerCardsOf(outputs).some(
      (card) => outputs["isIssued"] === true || goesBeyond(card, declared),
    );
    return hasLeaving && !plan.changed ? { ...UNCHANGED, changed: true, isInOutputs: true } : plan;
  },

  async read(seam, id, outputs, run) {
    const observed = await life.read(seam, id, outputs, run);
    const showsEnds = observed !== undefined && wasShown(acsCredentialTable, observed.outputs, "endsAt");
    const formers = await presentCards(seam, formerCardsOf(outputs), showsEnds);
    if (!observed) {
      const gone = { outputs, inputs: declaredInputs(acsCredentialTable, outputs) };
      // Cards that go on beside it are still to be taken away.
      return (
        observedOver(acsCredentialTable, outputs) ?? (formers.length > 0 ? observedDead(gone) : undefined)
      );
    }
    const { acsUserId, ...inputs } = observed.inputs;
    const isUnseen = acsUserId !== undefined && !wasShown(acsCredentialTable, observed.outputs, "acsUserId");
    if (!isUnseen || (await isThere(seam, String(acsUserId)))) {
      return { ...observed, outputs: withFormerCards(observed.outputs, formers) };
    }
    const { acsUserId: _, ...rest } = observed.outputs;
    return { outputs: withFormerCards(rest, formers), inputs };
  },

  async update(seam, id, outputs, news, run) {
    const formers = formerCardsOf(outputs);
    const isLeaving = (card: FormerCard) => outputs["isIssued"] === true || goesBeyond(card, news);
    // A resource that has taken such a card over keeps it.
    const leaving = formers.filter((card) => isLeaving(card) && !run.plans.isHeld(card.acsCredentialId));
    await deleteCards(seam, leaving, outputs, run);
    const staying = formers.filter((card) => !isLeaving(card));
    // Where only such cards leave, nothing else of the program was sent.
    const declared = life.diff(outputs, news).changed ? news : declaredInputs(acsCredentialTable, outputs);
    const { outputs: updated } = await madeBeside(staying, async () => ({
      id,
      outputs: await life.update(seam, id, outputs, declared, run),
    }));
    return updated;
  },

  async remove(seam, id, outputs, options) {
    const formers = formerCardsOf(outputs);
    // Those that go on beside what takes its place stay.
    const leaving = formers.filter(({ acsCredentialId }) => !options.run.isHeldElsewhere(acsCredentialId));
    await deleteCards(seam, leaving, outputs, options.run);
    options.run.formerCards.deleted(id);
    return life.remove(seam, id, outputs, options);
  },
};

/**
 * Cards that go on, as Seam shows them: somebody may have moved their end, or taken them away.
 * @param showsEnds whether Seam shows ends here: else one that is missing says nothing
 */
async function presentCards(
  seam: SeamClient,
  cards: readonly FormerCard[],
  showsEnds: boolean,
): Promise<FormerCard[]> {
  const found = cards.map(async ({ endsAt, ...card }) => {
    const action = `read acs_credential ${card.acsCredentialId}`;
    const shown = await findObject(seam, ACS_CREDENTIAL, card.acsCredentialId, action);
    const isAsKnown = isCoarser(endsAt, shown?.ends_at) || (!shown?.ends_at && !showsEnds);
    const end = isAsKnown ? endsAt : shown?.ends_at;
    return shown ? [{ ...card, ...(end && { endsAt: end }) }] : [];
  });
  return (await Promise.all(found)).flat();
}

async function deleteCards(
  seam: SeamClient,
  cards: readonly FormerCard[],
  outputs: Properties,
  run: Run,
): Promise<void> {
  for (const { acsCredentialId } of cards) {
    await deleteObject(seam, ACS_CREDENTIAL, acsCredentialId, outputs, { run, awaitGone: false });
    run.formerCards.deleted(acsCredentialId);
    // A resource that has taken it over may be looked at only later.
    run.lose(acsCredentialId, acsCredentialId);
  }
}

/** Seam shows by another route which entrances stand on a credential. */
async function ownEntrances(seam: SeamClient, id: string, { acsUserId }: Properties): Promise<Properties> {
  return { allowedAcsEntranceIds: (await new OwnEntrances(seam).of(id, acsUserId)).own };
}

/** Whether the user is in Seam; asked where a credential does not show its own. */
async function isThere(seam: SeamClient, acsUserId: string): Promise<boolean> {
  const request = { path: "/acs/users/get", body: { acs_user_id: acsUserId }, effect: "read" } as const;
  try {
    await seam.call({ ...request, action: `look for acs_user ${acsUserId}` });
    return true;
  } catch (error) {
    if (isNotFound(error, "acs_user")) return false;
    throw error;
  }
}

function check(news: Properties, olds: Properties | undefined, now: Date): Checked {
  return checkInputs(acsCredentialInputs, news, (declaration) => [
    ...ownerProblems(declaration),
    ...validityProblems("credential", declaration.known, olds, now),
    ...mobileKeyProblems(declaration),
  ]);
}

/** Seam documents no list by identity and system together: so the identity's are listed, and the system compared. */
function lostCreate(inputs: Properties): CreateOptions<WireCredential> {
  const { acsUserId, userIdentityId, acsSystemId, code } = inputs;
  const owner = acsUserId ? { acs_user_id: acsUserId } : { user_identity_id: userIdentityId };
  return {
    search: { path: "/acs/credentials/list", key: "acs_credentials", body: owner },
    matches: (credential) =>
      (acsSystemId === undefined || credential.acs_system_id === acsSystemId) &&
      (!credential.user_identity_id ||
        userIdentityId === undefined ||
        credential.user_identity_id === userIdentityId) &&
      (code === undefined || credential.code === code),
  };
}

/** A generated PIN is waited for and, where the program asks for it, the lock system. */
function waits(inputs: Properties, run: Run): Wait<WireCredential>[] {
  const seconds = secondsOf(inputs["waitForSync"]);
  return [
    pinWait(
      {
        isAwaited: awaitsPin(inputs),
        done: (credential) => !!credential.code,
        systemsOf: (credential) => [credential.acs_system_id],
        describe: (credential) => `acs_credential ${credential.acs_credential_id} has no PIN`,
      },
      run,
    ),
    {
      timeoutMs: () => seconds * 1000,
      done: (credential) => credential.is_latest_desired_state_synced_with_provider !== false,
      otherwise: `The lock system did not have the credential within ${seconds} s (waitForSync).`,
    },
  ];
}

function awaitsPin({ accessMethod, code }: Properties): boolean {
  return accessMethod === "code" && code === undefined;
}

/**
 * A PIN may come long after its create; before the credential begins there need not be one. What the program waits for
 * is waited for until it is there: after a failure the engine asks for an update in which nothing differs.
 */
function isUnfinished(outputs: Properties, news: Properties): boolean {
  const isSynced = outputs["isLatestDesiredStateSyncedWithProvider"] !== false;
  if (!isSynced && secondsOf(news["waitForSync"]) > 0) return true;
  const startsAt = epochMs(outputs["startsAt"]);
  const hasBegun = startsAt === undefined || startsAt <= Date.now();
  return awaitsPin(news) && outputs["code"] === undefined && hasBegun;
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
