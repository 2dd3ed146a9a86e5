import { pause, whyStopped } from "../http/patience";
import { RefusedError } from "./errors";

const LONGEST_MS = 60_000;
const LOOK_EVERY_MS = 20;

/**
 * Users of identities that a run is about to make, at first or anew. What is given to such an identity meanwhile would
 * be deleted with an old user, or get Seam to make a user of its own, beside or in the way of the one to come.
 */
export class ComingUsers {
  /** By whatever names the user: its identity. */
  readonly #coming = new Map<string, string>();
  /** By identity: creates under way that need a user of it. */
  readonly #underWay = new Map<string, number>();

  /** From now on such creates wait. @param user names it until it has come: a key, or the id of whose place it takes */
  announce(user: string, userIdentityId: string): void {
    this.#coming.set(user, userIdentityId);
  }

  /** It was made, stays after all, or will not come. */
  settled(user: string): void {
    this.#coming.delete(user);
  }

  /** Waits, bounded, for the creates under way. */
  async alone(userIdentityId: string): Promise<void> {
    await until(() => (this.#underWay.get(userIdentityId) ?? 0) === 0);
  }

  /** Creates what needs a user of the identity, when none is to come; waits for that, bounded. */
  async whileNoneComes<T>(userIdentityId: string, create: () => Promise<T>): Promise<T> {
    await until(() => ![...this.#coming.values()].includes(userIdentityId));
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

/** @throws RefusedError where the operation may wait no longer: what it would do then is what the wait is to prevent */
async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + LONGEST_MS; !isSo() && Date.now() < end; ) {
    const stopped = whyStopped("another resource of this person");
    if (stopped !== undefined) throw new RefusedError(stopped);
    await pause(LOOK_EVERY_MS);
  }
}
