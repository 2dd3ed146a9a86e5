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

export class CreateGroup {
  #underWay = 0;
  #wakeIdle: (() => void)[] = [];
  /** Ends when the searches that were asked for have ended. */
  #searches: Promise<unknown> = Promise.resolve();
  #searching = 0;

  /** Waits for searches, then counts a create as under way; returns the moment it began. */
  async begin(): Promise<number> {
    while (this.#searching > 0) await this.#searches;
    this.#underWay++;
    return Date.now();
  }

  /** The create's answer came, or was lost. */
  answered(): void {
    this.#underWay--;
    if (this.#underWay > 0) return;
    for (const wake of this.#wakeIdle.splice(0)) wake();
  }

  /** Runs a search while no like create is under way. */
  alone<T>(search: () => Promise<T>): Promise<T> {
    this.#searching++;
    const result = this.#searches
      .then(async () => {
        if (this.#underWay > 0) await new Promise<void>((resolve) => this.#wakeIdle.push(resolve));
        return search();
      })
      .finally(() => {
        this.#searching--;
      });
    this.#searches = result.catch(() => undefined);
    return result;
  }
}
