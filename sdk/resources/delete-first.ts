import type { CustomResourceOptions } from "@pulumi/pulumi";

/**
 * Options of a resource that cannot be there twice, so that its replacement has to come after it. The provider says so
 * in its diff, but Pulumi asks for none where somebody wants the replacement (`pulumi up --replace`, a taint, a
 * `replacementTrigger`).
 * @param given what the program declares that only one object can have; `undefined` where it does not
 */
export function deletedFirst(
  given: readonly unknown[],
  opts: CustomResourceOptions | undefined,
): CustomResourceOptions | undefined {
  const isUnique = given.some((value) => value !== undefined);
  return isUnique && opts?.deleteBeforeReplace === undefined ? { ...opts, deleteBeforeReplace: true } : opts;
}
