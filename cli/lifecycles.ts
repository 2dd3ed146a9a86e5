import * as resources from "../provider";
import type { ResourceLifecycle } from "../provider/lifecycle/lifecycle";
import { classOf } from "../provider/values/type-token";

export const TYPE_PREFIX = "pulumi-nodejs:dynamic/seam:";

const LIFECYCLES: readonly ResourceLifecycle[] = Object.values(resources).flatMap((resource) =>
  "lifecycle" in resource ? [resource.lifecycle] : [],
);

/** The lifecycle of a type token, or `undefined` for what is not of this package, or of a newer release of it. */
export function lifecycleOf(type: string): ResourceLifecycle | undefined {
  const named = classOf(type);
  return LIFECYCLES.find(({ name }) => name === named);
}

/** Whether nothing in Seam belongs to resources of the type: the state is all there is of them. */
export function isStateOnly(type: string): boolean {
  return classOf(type) === "RosterGuard";
}

/** Whether the type is this package's, of whatever release. */
export function isSeamType(type: string): boolean {
  return classOf(type) !== undefined;
}
