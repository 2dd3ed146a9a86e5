import { pause, timeLeft, whyStopped } from "../http/patience";

const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 4_000;

/**
 * Asks until the answer is yes, the time is over or the run is cancelled, first soon, then ever less often.
 * @returns whether the answer was yes in time
 */
export async function poll(
  limit: { readonly timeoutMs: number },
  ask: () => Promise<boolean>,
): Promise<boolean> {
  const endsAt = Date.now() + limit.timeoutMs;
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(LAST_DELAY_MS, delay * 1.5)) {
    const left = timeLeft(endsAt - Date.now());
    if (left <= 0) return false;
    await pause(Math.min(delay, left));
    if (whyStopped() !== undefined) return false;
    if (await ask()) return true;
  }
}
