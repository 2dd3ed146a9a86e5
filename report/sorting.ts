const collator = new Intl.Collator("en");

/** The one order of names in reports: that of English, whatever the machine's language. */
export function compareTexts(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
