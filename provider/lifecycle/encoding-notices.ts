/**
 * What plans mean for cards that were encoded. Each is told at once, since a preview may end right after, and once: an
 * object may be compared more than once.
 */
export class EncodingNotices {
  /** By id of what a plan replaces or issues anew: how many ways in are lost until a card is encoded. */
  readonly #awaiting = new Map<string, number>();
  /** Ids of what has cards that go on beside its replacement. */
  readonly #goingOn = new Set<string>();
  readonly #notice: (text: string) => void;

  constructor(notice: (text: string) => void) {
    this.#notice = notice;
  }

  /** Somebody is outside after a planned change until a card is encoded. */
  awaitsEncoding(what: string, id: string, count: number): void {
    if (count === 0 || this.#awaiting.has(id)) return;
    this.#awaiting.set(id, count);
    const total = [...this.#awaiting.values()].reduce((sum, cards) => sum + cards, 0);
    this.#notice(
      `${what}: what it gave opens nothing after this change, until somebody encodes a new card for it with \`pulumi-seam encode\`. That makes ${total} in this run.`,
    );
  }

  isGoingOn(id: string): boolean {
    return this.#goingOn.has(id);
  }

  /** Cards go on beside what a plan makes in the place of an object. @returns false if that was told before */
  goesOn(what: string, id: string): boolean {
    if (this.#goingOn.has(id)) return false;
    this.#goingOn.add(id);
    this.#notice(
      `${what}: the card that was encoded for it goes on opening what it opens until somebody encodes the new one. The first \`pulumi up --refresh\` after that takes the old one away.`,
    );
    return true;
  }
}
