import { epochMs } from "../values/instant";
import { type Problem, problem } from "./problem";

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
