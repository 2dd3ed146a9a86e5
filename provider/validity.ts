import { type Declaration, type Problem, problem } from "./check";
import type { Properties } from "./input-table";
import { epochMs } from "./instant";

/** Set on an object that Seam no longer holds although its access ended as declared. */
const OVER = "__over";

/** What is wrong with a begin and an end of access together. `what` names the object, such as `credential`. */
export function validityProblems<T extends { startsAt?: unknown; endsAt?: unknown }>(
  what: string,
  { known }: Declaration<T>,
  exists: boolean,
  now: Date,
): Problem[] {
  const startsAt = epochMs(known.startsAt);
  const endsAt = epochMs(known.endsAt);
  const problems: Problem[] = [];
  if (startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt) {
    problems.push(
      problem(
        "endsAt",
        `${known.endsAt} is not after startsAt (${known.startsAt}), so the ${what} would never open a door. Swap them or drop startsAt.`,
      ),
    );
  }
  if (!exists && endsAt !== undefined && endsAt <= now.getTime()) {
    problems.push(
      problem(
        "endsAt",
        `${known.endsAt} is in the past, so a new ${what} would never open a door. Move it into the future or remove the resource.`,
      ),
    );
  }
  return problems;
}

/**
 * Outputs of something gone whose access ended as declared: that is no drift, and making it anew would be refused.
 * `undefined` when its end has not come.
 */
export function overOutputs(outputs: Properties): Properties | undefined {
  const endsAt = epochMs(outputs["endsAt"]);
  return endsAt !== undefined && endsAt <= Date.now() ? { ...outputs, [OVER]: true } : undefined;
}

/** True for what is over and gone in Seam: it cannot be updated any more. */
export function isOver(outputs: Properties): boolean {
  return outputs[OVER] === true;
}
