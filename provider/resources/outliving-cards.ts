import { declaredInputs, differences, type InputTable } from "../inputs/table";
import { type FormerCard, formerCardsOf } from "../lifecycle/former-cards";
import { isDead } from "../lifecycle/over";
import { epochMs } from "../values/instant";
import { isRecord, type Properties, textsIn } from "../values/record";
import { hasUnknown } from "../values/unknown";

/** Salto Space keeps one card and one mobile key a user; a PIN that is kept would be there twice. */
export function cannotCoexist(table: InputTable, outputs: Properties, news: Properties): boolean {
  const before = declaredInputs(table, outputs);
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

/**
 * The cards that may go on when a credential is made anew that differs in doors and times alone: its own once it is
 * encoded, and until then those before it. None opens what the new credential does not open, nor at another time, so
 * nothing opens that the program does not declare.
 */
export function outlivingCards(table: InputTable, outputs: Properties, news: Properties): FormerCard[] {
  if (news["accessMethod"] !== "card" || isDead(outputs) || makesOthersInvalid(news)) return [];
  if (cannotCoexist(table, outputs, news)) return [];
  const differing = differences(table, outputs, news).filter(({ action }) => action === "replace");
  const isOther = differing.some(({ property }) => !EXTENSIBLE.has(property));
  if (isOther) return [];
  const cards = outputs["isIssued"] === true ? [cardOf(outputs)] : formerCardsOf(outputs);
  // What is not known of a card is at most what the one in its place is.
  return cards.filter((card) => isWithin(card.allowedAcsEntranceIds ? { ...card } : outputs, news));
}

function cardOf({ acsCredentialId, startsAt, endsAt, allowedAcsEntranceIds: doors }: Properties): FormerCard {
  return {
    acsCredentialId: String(acsCredentialId),
    ...(typeof startsAt === "string" && { startsAt }),
    ...(typeof endsAt === "string" && { endsAt }),
    allowedAcsEntranceIds: textsIn(doors),
  };
}

/** Whether a card would go on beyond the end that is declared now. */
export function goesBeyond({ endsAt }: FormerCard, news: Properties): boolean {
  return endOf({ endsAt }) > endOf(news);
}

const EXTENSIBLE: ReadonlySet<string> = new Set(["allowedAcsEntranceIds", "startsAt", "endsAt"]);

/** Options by which the access system takes other cards' rights away, or may. */
const OVERRIDING = [
  "override",
  "isOverrideKey",
  "autoJoin",
  "overrideAllGuestAcsEntrances",
  "overrideGuestAcsEntranceIds",
];

function makesOthersInvalid({ visionlineMetadata, assaAbloyVostioMetadata }: Properties): boolean {
  return [visionlineMetadata, assaAbloyVostioMetadata]
    .filter(isRecord)
    .some((metadata) => OVERRIDING.some((name) => metadata[name] !== undefined && metadata[name] !== false));
}

function isWithin(outputs: Properties, news: Properties): boolean {
  const [doors, newDoors] = [outputs, news].map(({ allowedAcsEntranceIds: ids }) => ids ?? []);
  if (!Array.isArray(doors) || !Array.isArray(newDoors)) return false;
  if ([newDoors, news["startsAt"], news["endsAt"]].some(hasUnknown)) return false;
  // Without doors of its own a card opens what its user's access groups open.
  if (doors.length === 0 ? newDoors.length > 0 : doors.some((door) => !newDoors.includes(door))) return false;
  return Math.max(beginOf(outputs), Date.now()) >= beginOf(news) && endOf(outputs) <= endOf(news);
}

function beginOf({ startsAt }: Properties): number {
  return epochMs(startsAt) ?? Number.NEGATIVE_INFINITY;
}

function endOf({ endsAt }: Properties): number {
  return epochMs(endsAt) ?? Number.POSITIVE_INFINITY;
}
