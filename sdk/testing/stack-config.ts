/** What YAML can hold in a stack's config. */
export type ConfigData =
  | string
  | number
  | boolean
  | readonly ConfigData[]
  | { readonly [name: string]: ConfigData };

/**
 * A stack's config by whole name. Objects and secrets are written as `{ value, secret? }`.
 *
 * @example
 * {
 *   "hotel:floor": "2",
 *   "hotel:doors": ["lobby", "gym"],
 *   "hotel:pin": { value: "1234", secret: true },
 *   "hotel:rooms": { value: { "101": "ada", "102": "ben" } },
 * }
 */
export type StackConfig = Readonly<
  Record<
    string,
    | string
    | number
    | boolean
    | readonly ConfigData[]
    | { readonly value: ConfigData; readonly secret?: boolean }
  >
>;

/**
 * As `pulumi config --json` prints it. Set by paths (`doors[0]`), texts that look like numbers or booleans would
 * become such.
 */
export function stackConfig(config: StackConfig): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(config).map(([key, value]) => [key, entry(value)])),
  );
}

function entry(written: StackConfig[string]) {
  const { value, secret = false } =
    typeof written === "object" && "value" in written ? written : { value: written };
  if (typeof value !== "object") return { value: String(value), secret };
  // Pulumi takes no secret object here, but reads one from a secret text.
  return { value: JSON.stringify(value), ...(!secret && { objectValue: value }), secret };
}
