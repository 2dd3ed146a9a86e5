import { epochMs } from "../values/instant";
import { type Problem, problem } from "./problem";

/**
 * What is wrong with a begin and an end of access together. `what` names the object, such as `credential`, and
 * `prefix` where in the inputs they are.
 * @param before the times that the object has now; left out where it would be created
 */
export function validityProblems(
  what: string,
  times: Times | undefined,
  before: Times | undefined,
  now: Date,
  prefix = "",
): Problem[] {
  const endsAt = epochMs(times?.endsAt);
  const problems: Problem[] = [];
  if (isReversed(times?.startsAt, times?.endsAt)) {
    problems.push(
      problem(
        `${prefix}endsAt`,
        `${times?.endsAt} is not after startsAt (${times?.startsAt}), so the ${what} would never open a door. Swap them or drop startsAt.`,
      ),
    );
  }
  const isPast = endsAt !== undefined && endsAt <= now.getTime();
  const advice = pastAdvice(what, endsAt, before);
  if (isPast && advice) problems.push(problem(`${prefix}endsAt`, `${times?.endsAt} is in the past${advice}`));
  return problems;
}

/** True when both are known and access would end before it begins. */
export function isReversed(startsAt: unknown, endsAt: unknown): boolean {
  const [begin, end] = [epochMs(startsAt), epochMs(endsAt)];
  return begin !== undefined && end !== undefined && end <= begin;
}

interface Times {
  readonly startsAt?: unknown;
  readonly endsAt?: unknown;
}

/** An end that has come by itself is fine, and so is one that Seam told and that the program declares afterwards. */
function pastAdvice(what: string, endsAt: number | undefined, before: Times | undefined): string | undefined {
  if (before === undefined) {
    return `, so a new ${what} would never open a door. Move it into the future or remove the resource.`;
  }
  const was = epochMs(before.endsAt);
  if (was === undefined || was === endsAt) return undefined;
  return `, and Seam moves no end there. To take the access away now, remove the resource; else move the end into the future.`;
}
