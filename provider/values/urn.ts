/** The name that the program gave to a resource, of its URN. */
export function nameInUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Whether it is the URN of the provider that Pulumi makes for resources without an explicit one. */
export function isDefaultProvider(urn: string): boolean {
  // `default`, or with a version or address: `default_3_259_0`.
  return /^default(_|$)/.test(nameInUrn(urn));
}
