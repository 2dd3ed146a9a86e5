import { randomBytes } from "node:crypto";
import { attempt, failed, type Outcome } from "./action-attempts";
import type { Context } from "./context";
import { awaitsEncoding, credentialEvent, encodeOnCard, presentCredential } from "./credentials";
import { isBeingDeleted } from "./deletion";
import { changeState } from "./encoders";
import { settle } from "./issuing";
import type { AcsCredential, AcsEncoder, ActionAttempt } from "./rows";

/** A person puts a card on the encoder, and the credential is written onto it. */
export function encode(context: Context, encoder: AcsEncoder, credential: AcsCredential): ActionAttempt {
  return attempt(context, "ENCODE_CREDENTIAL", () => {
    const refusal = refusalOf(context, encoder, credential) ?? simulatedError(context, encoder, credential);
    if (refusal) return refusal;
    const cardNumber = randomBytes(8).toString("hex");
    const wasIssued = credential.is_issued === true;
    issueOnCard(context, credential, cardNumber);
    credentialEvent(context, wasIssued ? "acs_credential.reissued" : "acs_credential.issued", credential);
    changeState(context, encoder, {
      card: {
        card_number: cardNumber,
        created_at: context.clock.stamp(),
        starts_at: credential.starts_at ?? null,
        ends_at: credential.ends_at ?? null,
        is_issued: true,
        credentialId: credential.acs_credential_id,
      },
    });
    return { result: presentCredential(context, credential) };
  });
}

/** The credential is on a card; an access method that waited for it is issued. */
export function issueOnCard(context: Context, credential: AcsCredential, cardNumber: string): void {
  encodeOnCard(context, credential, cardNumber);
  for (const method of [...context.workspace.accessMethods.by("credential", credential.acs_credential_id)])
    settle(context, method);
}

/** A credential is on one card, and on another one only after it has changed. */
function refusalOf(context: Context, encoder: AcsEncoder, credential: AcsCredential): Outcome | undefined {
  if (!context.workspace.credentials.has(credential) || isBeingDeleted(credential))
    return failed("credential_deleted", "The credential was deleted");
  if (credential.access_method !== "card" || credential.acs_system_id !== encoder.acs_system_id)
    return failed("incompatible_card_format", "The credential is no card of the encoder's access system");
  if (awaitsEncoding(context, credential)) return undefined;
  return failed("credential_cannot_be_reissued", "The credential is on a card already");
}

function simulatedError(
  context: Context,
  encoder: AcsEncoder,
  credential: AcsCredential,
): Outcome | undefined {
  const { nextEncode } = encoder.hidden;
  const isMeant =
    nextEncode?.credentialId === undefined || nextEncode.credentialId === credential.acs_credential_id;
  if (!nextEncode || !isMeant) return undefined;
  changeState(context, encoder, { nextEncode: undefined });
  const { errorCode } = nextEncode;
  return errorCode === undefined
    ? undefined
    : failed(errorCode, ENCODE_ERRORS[errorCode] ?? "Encoding failed");
}

const ENCODE_ERRORS: Readonly<Record<string, string>> = {
  no_credential_on_encoder: "No card was placed on the encoder",
  encoding_interrupted: "The card was removed before writing was complete",
  action_attempt_expired: "The action attempt expired",
};
