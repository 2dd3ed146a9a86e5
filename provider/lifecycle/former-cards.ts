import { isRecord, type Properties } from "../values/record";
import { PartialFailure } from "./errors";
import { keyOf } from "./inputs-key";

/**
 * A card that somebody has encoded, in the place of which the program declares another one. It goes on opening what it
 * opens until the other one is encoded: else its holder would be outside. Outputs of the one in its place keep it, and
 * whatever happens to that happens to it.
 */
export interface FormerCard {
  readonly acsCredentialId: string;
  /** Absent where it has none. */
  readonly startsAt?: string;
  /** Absent where it has none. */
  readonly endsAt?: string;
  /** Doors of its own; older states do not tell. */
  readonly allowedAcsEntranceIds?: readonly string[];
}

/** Set on a credential in whose place such cards open; a list of them. */
const FORMER_CARDS = "__formerCards";

export function formerCardsOf({ [FORMER_CARDS]: cards }: Properties): readonly FormerCard[] {
  return Array.isArray(cards) ? cards.filter(isRecord).map((card) => card as unknown as FormerCard) : [];
}

export function withFormerCards(outputs: Properties, cards: readonly FormerCard[]): Properties {
  const { [FORMER_CARDS]: _, ...rest } = outputs;
  return cards.length > 0 ? { ...rest, [FORMER_CARDS]: cards } : rest;
}

interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

/** What a create makes, with the cards beside which it is made. */
export async function madeBeside(cards: readonly FormerCard[], create: () => Promise<Made>): Promise<Made> {
  try {
    const { id, outputs } = await create();
    return { id, outputs: withFormerCards(outputs, cards) };
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    throw new PartialFailure(error.id, withFormerCards(error.outputs, cards), error.reasons);
  }
}

/** The former cards of a run, by the inputs of what is made in their place. */
export class FormerCards {
  readonly #waiting = new Map<string, (readonly FormerCard[])[]>();
  readonly #deleted = new Set<string>();
  /** By id of a card that goes on beside a credential: the id of that. */
  readonly #owners = new Map<string, string>();

  /** Cards go on beside a credential, as long as that is not made anew after all. */
  keep(owner: string, cards: readonly FormerCard[]): void {
    for (const { acsCredentialId } of cards) this.#owners.set(acsCredentialId, owner);
  }

  /** Beside which credential a card goes on. */
  ownerOf(acsCredentialId: string): string | undefined {
    return this.#owners.get(acsCredentialId);
  }

  /** Cards go on beside what a plan makes with these inputs. */
  goOn(inputs: Properties, cards: readonly FormerCard[]): void {
    const key = keyOf(inputs);
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), cards]);
  }

  /** Takes the cards beside which a credential is made: two resources may have the same inputs. */
  take(inputs: Properties): readonly FormerCard[] {
    const cards = this.#waiting.get(keyOf(inputs))?.shift() ?? [];
    return cards.filter(({ acsCredentialId }) => !this.#deleted.has(acsCredentialId));
  }

  /** A credential is deleted, such as to make room for its replacement. */
  deleted(acsCredentialId: string): void {
    this.#deleted.add(acsCredentialId);
  }
}
