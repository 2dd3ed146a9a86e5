import { presentMethod } from "./access-methods";
import { attempt, failed } from "./action-attempts";
import type { Context } from "./context";
import { awaitsAssignment } from "./credentials";
import { issueOnCard } from "./encoding";
import { credentialsOf } from "./provisioning";
import type { AccessMethodRow, AcsCredential, ActionAttempt } from "./rows";

/** Gives a card that the access system knows already to an access method, which is issued by that. */
export function assignCard(context: Context, method: AccessMethodRow, cardNumber: string): ActionAttempt {
  return attempt(context, "ASSIGN_CREDENTIAL", () => {
    const waiting = credentialsOf(context, method).filter((credential) =>
      awaitsAssignment(context, credential),
    );
    if (waiting.length === 0)
      return failed("uncategorized_error", "The access method does not wait for a card");
    if (waiting.some((credential) => !isFree(context, credential, cardNumber)))
      return failed("credential_not_found", "The access system has no free card with this number");
    for (const credential of waiting) issueOnCard(context, credential, cardNumber);
    return { result: presentMethod(method) };
  });
}

/** A system whose cards the seed names knows these only; elsewhere any number is one of a card. */
function isFree(context: Context, { acs_system_id: systemId }: AcsCredential, cardNumber: string): boolean {
  const { systems, credentials } = context.workspace;
  const known = systems.get(systemId)?.hidden.cards;
  const isTaken = [...credentials.by("system", systemId)].some((other) => other.card_number === cardNumber);
  return !isTaken && (known === undefined || known.includes(cardNumber));
}
