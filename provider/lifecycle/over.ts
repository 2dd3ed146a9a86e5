import { declaredInputs, type InputTable } from "../inputs/table";
import { epochMs } from "../values/instant";
import type { Properties } from "../values/record";
import type { Observed } from "./lifecycle";

/** Set on an object that Seam no longer holds although its access ended as declared. */
const OVER = "__over";
/** Set on an object that Seam shows, but that the lock system has lost: it opens nothing, and never will. */
const DEAD = "__dead";

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

/** What to make of something dead: the next `up` makes it anew. */
export function observedDead(observed: Observed): Observed {
  return { ...observed, outputs: { ...observed.outputs, [DEAD]: true } };
}

/** True for what only a new object can bring back. */
export function isDead(outputs: Properties): boolean {
  return outputs[DEAD] === true;
}
