import { differences, type InputTable } from "../inputs/table";
import { formerCardsOf } from "../lifecycle/former-cards";
import { epochMs } from "../values/instant";
import { isRecord, type Properties } from "../values/record";
import { hasUnknown } from "../values/unknown";
import { goesBeyond, outlivingCards } from "./outliving-cards";

/**
 * What a change means for cards. A card opens nothing before somebody has encoded it, so what makes an encoded one
 * invalid, or puts a card in the place of something else, leaves people outside until then. The notices of a preview and
 * `pulumi-seam changes` both judge by this.
 */

/** Whether a credential opens something: a card does once it is encoded. What cannot be told counts as encoded. */
export function isUsable(outputs: Properties): boolean {
  const { accessMethod, isIssued } = outputs;
  const isEncoded = isIssued === true || hasUnknown(isIssued) || formerCardsOf(outputs).length > 0;
  return accessMethod !== "card" || isEncoded;
}

/** How many ways in are lost by a change of a credential, until a card is encoded. */
export function credentialAwaitsEncoding(
  table: InputTable,
  outputs: Properties,
  news: Properties,
  isReplaced: boolean,
): number {
  if (news["accessMethod"] !== "card" || !isUsable(outputs) || hasEnded(outputs)) return 0;
  const formers = formerCardsOf(outputs);
  const isLost = isReplaced
    ? outlivingCards(table, outputs, news).length === 0
    : outputs["isIssued"] !== true && formers.length > 0 && formers.every((card) => goesBeyond(card, news));
  return isLost ? 1 : 0;
}

/**
 * How many encoded cards a grant has. Where its access methods cannot be told, as in a preview that hides what is
 * secret, that is every card that was asked for.
 */
export function encodedCardsOf({ accessMethods, requestedAccessMethods }: Properties): number {
  return hasUnknown(accessMethods)
    ? cardsAmong(requestedAccessMethods).length
    : cardsAmong(accessMethods).filter(({ isIssued }) => isIssued === true).length;
}

/**
 * How many ways into a grant's doors are lost until a card is encoded: cards that have to be encoded again, since Seam
 * issues all methods anew for other times, or one where a card that nobody has encoded is all that is left.
 */
export function grantAwaitsEncoding(
  table: InputTable,
  outputs: Properties,
  news: Properties,
  isReplaced: boolean,
): number {
  const isIssuedAnew =
    isReplaced ||
    differences(table, outputs, news).some(
      ({ property, action }) => action !== "record" && /^(starts|ends)At$/.test(property),
    );
  const { requestedAccessMethods: requested } = news;
  const asksForCard = hasUnknown(requested) || cardsAmong(requested).length > 0;
  if (!asksForCard || hasEnded(outputs)) return 0;
  const encoded = encodedCardsOf(outputs);
  if (encoded > 0) return isIssuedAnew ? encoded : 0;
  return hasOthers(outputs["requestedAccessMethods"]) && !hasOthers(requested) ? 1 : 0;
}

/** Whether there is another way in than a card; nobody has to do anything for those. */
function hasOthers(methods: unknown): boolean {
  return Array.isArray(methods) && methods.length > cardsAmong(methods).length;
}

function cardsAmong(methods: unknown): readonly Properties[] {
  return Array.isArray(methods) ? methods.filter(isRecord).filter(({ mode }) => mode === "card") : [];
}

function hasEnded({ endsAt }: Properties): boolean {
  return (epochMs(endsAt) ?? Number.POSITIVE_INFINITY) <= Date.now();
}
