/** The name that the program gave to a resource, of its URN. */
export function nameInUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
