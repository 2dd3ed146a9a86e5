import { setTimeout as sleep } from "node:timers/promises";

const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 4_000;

/**
 * Asks until the answer is yes or the time is over, first soon, then ever less often.
 * @returns whether the answer was yes in time
 */
export async function poll(
  limit: { readonly timeoutMs: number },
  ask: () => Promise<boolean>,
): Promise<boolean> {
  const endsAt = Date.now() + limit.timeoutMs;
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(LAST_DELAY_MS, delay * 1.5)) {
    const left = endsAt - Date.now();
    if (left <= 0) return false;
    await sleep(Math.min(delay, left));
    if (await ask()) return true;
  }
}
