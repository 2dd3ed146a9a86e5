const CLASS = /^(?:pulumi-nodejs:dynamic\/seam|seam:index):(\w+)$/;

/**
 * The class that a type token of this package names, such as `AcsCredential`: of a resource of Node programs, or of the
 * provider plugin. `undefined` for another package's.
 */
export function classOf(type: string): string | undefined {
  return CLASS.exec(type)?.[1];
}
