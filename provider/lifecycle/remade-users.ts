import { setTimeout as sleep } from "node:timers/promises";

const LONGEST_MS = 60_000;
const LOOK_EVERY_MS = 20;

/**
 * Users that are deleted to be made anew. What is given to the identity of such a user meanwhile would be deleted with
 * the old user, or get Seam to make a user of its own that is in the new one's way.
 */
export class RemadeUsers {
  /** By user: its identity. */
  readonly #away = new Map<string, string>();
  /** By identity: creates under way that need a user of it. */
  readonly #underWay = new Map<string, number>();

  /** Before it is looked what hangs on the user: keeps creates off, and waits, bounded, for those under way. */
  async leaves(acsUserId: string, userIdentityId: string): Promise<void> {
    this.#away.set(acsUserId, userIdentityId);
    await until(() => (this.#underWay.get(userIdentityId) ?? 0) === 0);
  }

  /** It stays after all, or the create of what takes its place has ended. */
  isBack(acsUserId: string): void {
    this.#away.delete(acsUserId);
  }

  /**
   * Creates what may need a user of the identity, when none is away; waits for that, bounded.
   * @param inPlaceOf users in whose place this one may be made: they are not waited for
   */
  async whilePresent<T>(
    userIdentityId: string,
    inPlaceOf: readonly string[],
    create: () => Promise<T>,
  ): Promise<T> {
    const isAway = () =>
      [...this.#away].some(([user, identity]) => identity === userIdentityId && !inPlaceOf.includes(user));
    await until(() => !isAway());
    const count = (more: number) =>
      this.#underWay.set(userIdentityId, (this.#underWay.get(userIdentityId) ?? 0) + more);
    count(1);
    try {
      return await create();
    } finally {
      count(-1);
    }
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + LONGEST_MS; !isSo() && Date.now() < end; ) await sleep(LOOK_EVERY_MS);
}
