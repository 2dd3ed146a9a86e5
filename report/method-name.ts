const METHODS: Readonly<Record<string, string>> = {
  code: "PIN",
  card: "card",
  mobile_key: "mobile key",
  cloud_key: "cloud key",
};

/** A kind of key as people call it. */
export function methodName(method: string): string {
  return METHODS[method] ?? method.replaceAll("_", " ");
}
