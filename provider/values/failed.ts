/**
 * What a component hands to a resource in place of a value that another resource failed to give. The resource is left
 * as it is, or not made; so one failure stays with what hangs on it.
 */
export const FAILED = "pulumi-seam:failed";

/** True when a value among these properties could not be had. */
export function hasFailed(properties: Readonly<Record<string, unknown>>): boolean {
  return Object.values(properties).includes(FAILED);
}
