import { randomBytes } from "node:crypto";
import { attempt, failed, type Outcome } from "./action-attempts";
import type { Context } from "./context";
import { addCredential, encodeOnCard, presentCredential } from "./credentials";
import { changeState } from "./encoders";
import type { AcsCredential, AcsEncoder, AcsUser, ActionAttempt, EncodedCard, SimulatedScan } from "./rows";
import { findSystem } from "./systems";

/** A person puts a card on the encoder, and Seam says what stands on it. */
export function scan(context: Context, encoder: AcsEncoder): ActionAttempt {
  return attempt(context, "SCAN_CREDENTIAL", () => {
    const card = cardOn(context, encoder);
    if ("error" in card) return card;
    const credential = context.workspace.credentials.get(card.credentialId ?? "");
    const { credentialId: _, ...onEncoder } = card;
    return {
      result: {
        acs_credential_on_encoder: onEncoder,
        acs_credential_on_seam: credential ? presentCredential(context, credential) : null,
        warnings: warningsOf(card, credential),
      },
    };
  });
}

/** The card on the encoder becomes a credential of the user. */
export function scanToAssign(context: Context, encoder: AcsEncoder, user: AcsUser): ActionAttempt {
  return attempt(context, "SCAN_TO_ASSIGN_CREDENTIAL", () => {
    const card = cardOn(context, encoder, newCard);
    if ("error" in card) return card;
    const credential = addCredential(context, findSystem(context, user.acs_system_id), user, {
      access_method: "card",
      allowed_acs_entrance_ids: [],
      is_multi_phone_sync_credential: false,
    });
    encodeOnCard(context, credential, card.card_number ?? newCard().card_number);
    return { result: presentCredential(context, credential) };
  });
}

type Failure = Extract<Outcome, { error: unknown }>;

/** What is simulated to lie on the encoder, else what was encoded there last. */
function cardOn(
  context: Context,
  encoder: AcsEncoder,
  otherwise: () => EncodedCard | undefined = () => undefined,
): EncodedCard | Failure {
  const { nextScan, card } = encoder.hidden;
  changeState(context, encoder, { nextScan: undefined });
  if (nextScan?.errorCode !== undefined)
    return {
      error: { type: nextScan.errorCode, message: SCAN_ERRORS[nextScan.errorCode] ?? "Scanning failed" },
    };
  const found = nextScan ? simulatedCard(context, encoder, nextScan) : (card ?? otherwise());
  return found ?? (failed("no_credential_on_encoder", "No card was placed on the encoder") as Failure);
}

function simulatedCard(
  context: Context,
  encoder: AcsEncoder,
  { scenario, credentialId }: SimulatedScan,
): EncodedCard {
  if (scenario === "credential_on_encoder_is_empty") return EMPTY_CARD;
  if (scenario === "credential_does_not_exist_on_seam") return newCard();
  const credential =
    credentialId === undefined ? anyCard(context, encoder) : context.workspace.credentials.get(credentialId);
  if (!credential) return newCard();
  const isOutdated = scenario === "credential_on_encoder_needs_update";
  return {
    card_number: credential.card_number ?? newCard().card_number,
    created_at: credential.created_at,
    starts_at: credential.starts_at ?? null,
    ends_at: isOutdated ? credential.created_at : (credential.ends_at ?? null),
    is_issued: true,
    credentialId: credential.acs_credential_id,
  };
}

function anyCard(context: Context, encoder: AcsEncoder): AcsCredential | undefined {
  const credentials = context.workspace.credentials.by("system", encoder.acs_system_id);
  return [...credentials].find((credential) => credential.access_method === "card");
}

function warningsOf(card: EncodedCard, credential: AcsCredential | undefined) {
  if (!credential)
    return card.card_number === null
      ? []
      : [
          {
            warning_code: "acs_credential_on_seam_not_found",
            warning_message: "Seam knows no credential for this card",
          },
        ];
  const isSame =
    (credential.starts_at ?? null) === card.starts_at && (credential.ends_at ?? null) === card.ends_at;
  return isSame
    ? []
    : [
        {
          warning_code: "acs_credential_on_encoder_out_of_sync",
          warning_message: "The card says something else than Seam: encode it again",
        },
      ];
}

function newCard(): EncodedCard & { card_number: string } {
  return { ...EMPTY_CARD, card_number: randomBytes(8).toString("hex"), is_issued: true };
}

const EMPTY_CARD: EncodedCard = {
  card_number: null,
  created_at: null,
  starts_at: null,
  ends_at: null,
  is_issued: false,
  credentialId: undefined,
};

const SCAN_ERRORS: Readonly<Record<string, string>> = {
  no_credential_on_encoder: "No card was placed on the encoder",
  action_attempt_expired: "The action attempt expired",
};
