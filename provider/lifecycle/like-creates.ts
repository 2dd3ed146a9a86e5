/**
 * Creates that could be mistaken for each other. While an answer is lost, "an object appeared since" means
 * something only if no like create is on its way: so the search waits for those, and new ones wait for it.
 */
export class CreateGroups {
  readonly #groups = new Map<string, CreateGroup>();
  readonly #claimed = new Set<string>();

  of(identity: string): CreateGroup {
    const existing = this.#groups.get(identity);
    if (existing) return existing;
    const group = new CreateGroup();
    this.#groups.set(identity, group);
    return group;
  }

  /** Notes that an object belongs to a create of this process. */
  claim(id: string): void {
    this.#claimed.add(id);
  }

  isClaimed(id: string): boolean {
    return this.#claimed.has(id);
  }
}

/** The searches that wait in a group, the one that runs included. */
export interface Searches {
  /** How many there are: so many objects may have been made by lost requests of this process. */
  readonly count: number;
  /** Whether all of them were to make exactly the same, so that it does not matter which one takes which object. */
  readonly areInterchangeable: boolean;
}

export class CreateGroup {
  #underWay = 0;
  #wakeIdle: (() => void)[] = [];
  /** Ends when the searches that were asked for have ended. */
  #last: Promise<unknown> = Promise.resolve();
  readonly #searching: string[] = [];

  /** Waits for searches, then counts a create as under way; returns the moment it began. */
  async begin(): Promise<number> {
    while (this.#searching.length > 0) await this.#last;
    this.#underWay++;
    return Date.now();
  }

  /** The create's answer came, or was lost. */
  answered(): void {
    this.#underWay--;
    if (this.#underWay > 0) return;
    for (const wake of this.#wakeIdle.splice(0)) wake();
  }

  /**
   * Runs a search while no like create is under way, one after the other.
   * @param wanted what the lost request was to make, all of it
   */
  alone<T>(wanted: string, search: (searches: Searches) => Promise<T>): Promise<T> {
    this.#searching.push(wanted);
    const result = this.#last
      .then(async () => {
        if (this.#underWay > 0) await new Promise<void>((resolve) => this.#wakeIdle.push(resolve));
        return search({
          count: this.#searching.length,
          areInterchangeable: new Set(this.#searching).size === 1,
        });
      })
      .finally(() => this.#searching.splice(this.#searching.indexOf(wanted), 1));
    this.#last = result.catch(() => undefined);
    return result;
  }
}
