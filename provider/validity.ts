import { type Problem, problem } from "./check";
import { declaredInputs, type InputTable, type Properties } from "./input-table";
import { epochMs } from "./instant";
import type { Observed } from "./lifecycle";

/** Set on an object that Seam no longer holds although its access ended as declared. */
const OVER = "__over";

/**
 * What is wrong with a begin and an end of access together. `what` names the object, such as `credential`, and
 * `prefix` where in the inputs they are.
 */
export function validityProblems(
  what: string,
  times: { readonly startsAt?: unknown; readonly endsAt?: unknown } | undefined,
  exists: boolean,
  now: Date,
  prefix = "",
): Problem[] {
  const startsAt = epochMs(times?.startsAt);
  const endsAt = epochMs(times?.endsAt);
  const problems: Problem[] = [];
  if (startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt) {
    problems.push(
      problem(
        `${prefix}endsAt`,
        `${times?.endsAt} is not after startsAt (${times?.startsAt}), so the ${what} would never open a door. Swap them or drop startsAt.`,
      ),
    );
  }
  if (!exists && endsAt !== undefined && endsAt <= now.getTime()) {
    problems.push(
      problem(
        `${prefix}endsAt`,
        `${times?.endsAt} is in the past, so a new ${what} would never open a door. Move it into the future or remove the resource.`,
      ),
    );
  }
  return problems;
}

/**
 * What to make of something gone: where its access ended as declared, that is no drift, and making it anew would be
 * refused. `undefined` when its end has not come.
 */
export function observedOver(table: InputTable, outputs: Properties): Observed | undefined {
  const endsAt = epochMs(outputs["endsAt"]);
  if (endsAt === undefined || endsAt > Date.now()) return undefined;
  return { outputs: { ...outputs, [OVER]: true }, inputs: declaredInputs(table, outputs) };
}

/** True for what is over and gone in Seam: it cannot be updated any more. */
export function isOver(outputs: Properties): boolean {
  return outputs[OVER] === true;
}
