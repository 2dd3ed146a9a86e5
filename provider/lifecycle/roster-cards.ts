import type { Properties } from "../values/record";
import { ROSTER_CARD, type RosterCard } from "../values/roster-card";
import { keyOf } from "./inputs-key";

/** Takes what is for this run only out of the inputs of a credential or a user. */
export function withoutRosterCard({ [ROSTER_CARD]: card, ...inputs }: Properties): {
  readonly inputs: Properties;
  readonly card: RosterCard | undefined;
} {
  return { inputs, card: card as RosterCard | undefined };
}

/** What a run has shown of the cards of its rosters: whom a change leaves outside until their cards are encoded. */
export class RosterCards {
  /** By the inputs of a credential, and of its user. */
  readonly #cards = new Map<string, RosterCard>();
  /** By roster and person: whether there was a credential for the card before. */
  readonly #existed = new Map<string, Map<string, RosterCard & { readonly existed: boolean }>>();
  /** By roster: whom a change of their credential leaves outside. */
  readonly #outside = new Map<string, Map<string, RosterCard>>();
  /** By roster: who is given a card in the place of something else. */
  readonly #switched = new Map<string, ReadonlySet<string>>();

  /** By roster: why its guard was refused. */
  readonly #refused = new Map<string, string>();

  /** The guard was refused. What the engine had begun by then goes on, unless it is refused, too. */
  refuse(roster: string, reason: string): void {
    this.#refused.set(roster, reason);
  }

  /** Why what has these inputs, a card or its holder, may not be made anew: its roster was refused. */
  refusalOf(inputs: Properties): string | undefined {
    const card = this.#cards.get(keyOf(inputs));
    return card && this.#refused.get(card.roster);
  }

  /** The guard of a roster was checked, which comes first unless this is a preview. */
  guarded(roster: string, switched: readonly string[]): void {
    this.#switched.set(roster, new Set(switched));
  }

  /** A user is declared who has a card: where the user is made anew, so is the card. */
  holder(card: RosterCard, inputs: Properties): void {
    this.#cards.set(keyOf(inputs), card);
  }

  /**
   * A card's credential is declared.
   * @param isMade whether the credential is new, and not taken over
   * @returns why that must not be done
   */
  declared(card: RosterCard, inputs: Properties, isMade: boolean): string | undefined {
    this.#cards.set(keyOf(inputs), card);
    const people = mapIn(this.#existed, card.roster);
    // What is replaced is checked a second time, as something new.
    if (!people.has(card.person)) people.set(card.person, { ...card, existed: !isMade });
    return this.#problem(card);
  }

  /**
   * A credential was compared with these inputs, and its holder is outside after the change.
   * @param user the inputs of its user, where that is made anew: Pulumi compares what hangs on the user, and takes it away,
   * before it checks what the program declares of it
   * @returns why that must not be done
   */
  awaitsEncoding(inputs: Properties, user: Properties | undefined): string | undefined {
    const card = this.#cards.get(keyOf(inputs)) ?? (user && this.#cards.get(keyOf(user)));
    if (!card) return undefined;
    mapIn(this.#outside, card.roster).set(card.person, card);
    return this.#problem(card);
  }

  /** Whom a change of the roster leaves outside, as far as it is known. */
  outside(roster: string): readonly RosterCard[] {
    const switched = this.#switched.get(roster);
    const given = [...mapIn(this.#existed, roster).values()].filter(
      ({ person, existed }) => !existed && switched?.has(person),
    );
    const cards = [...given, ...mapIn(this.#outside, roster).values()];
    return [...new Map(cards.map((card) => [card.person, card])).values()];
  }

  /** Nobody knows yet who else is to come, so what is confirmed is a limit here. */
  #problem({ roster, person, confirmed = 0, isPreview }: RosterCard): string | undefined {
    if (isPreview) return undefined;
    const outside = this.outside(roster);
    const isConcerned = outside.some((card) => card.person === person);
    return isConcerned && outside.length > confirmed ? encodingProblem(outside, true) : undefined;
  }
}

/**
 * Why a change of a roster is refused.
 * @param isPart whether there may be more people than these
 */
export function encodingProblem(
  outside: readonly { readonly person: string; readonly name?: string }[],
  isPart: boolean,
): string {
  const people = outside
    .map(({ name, person }) => (name === undefined ? person : `${name} (${person})`))
    .sort();
  const who = `${people.length} ${people.length === 1 ? "person" : "people"}`;
  const advice = isPart
    ? "If that is meant, set confirmNewCards to the number of people that `pulumi preview` says,"
    : `If that is meant, set confirmNewCards: ${people.length}, their number,`;
  return [
    `The change of the roster leaves ${isPart ? "at least " : ""}${who} outside until somebody encodes new cards: ${listed(people)}.`,
    `${isPart ? "" : "Nobody's card was made invalid. "}${advice} and run it while somebody is at an encoder; if not, take the change back.`,
  ].join(" ");
}

const MAX_LISTED = 20;

function listed(people: readonly string[]): string {
  const more = people.length > MAX_LISTED ? ` and ${people.length - MAX_LISTED} more` : "";
  return people.slice(0, MAX_LISTED).join(", ") + more;
}

function mapIn<T>(maps: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = maps.get(key) ?? new Map<string, T>();
  maps.set(key, known);
  return known;
}
