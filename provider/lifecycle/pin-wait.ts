import type { Run } from "./run";
import type { Wait } from "./settle";

const AWAIT_PIN_MS = 15_000;

/** So many PINs of a system are waited for in vain; then a run takes it that the system chooses none, or not now. */
const MOST_IN_VAIN = 2;

/** What a lock system gives after the create: PINs, and links of mobile keys. */
export interface LatePins<T> {
  /** Whether the program awaits any. */
  readonly isAwaited: boolean;
  done(object: T): boolean;
  /** Access systems that would give them. */
  systemsOf(object: T): readonly unknown[];
  /** The object and what it lacks, such as `acs_credential 7f3c… has no PIN`. */
  describe(object: T): string;
}

/** Waits for them, bounded. That they do not come is no failure: the next `up` looks again. */
export function pinWait<T>({ isAwaited, done, systemsOf, describe }: LatePins<T>, run: Run): Wait<T> {
  const keysOf = (object: T) => systemsOf(object).map((system) => `PINs of ${system}`);
  const isVain = (object: T) => keysOf(object).some((key) => run.timesInVain(key) >= MOST_IN_VAIN);
  return {
    timeoutMs: (object) => (isAwaited && !isVain(object) ? AWAIT_PIN_MS : 0),
    done,
    inVain: (object) => {
      for (const key of keysOf(object)) run.inVain(key);
      run.notice(
        `${describe(object)}: the lock system had given none after ${AWAIT_PIN_MS / 1000} s. The next \`pulumi up\` looks once more, and after that \`pulumi up --refresh\`. Where the system never chooses a PIN, declare \`code\`.`,
      );
    },
  };
}
