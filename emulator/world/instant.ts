/** Milliseconds since 1970 of an ISO 8601 time with a zone; undefined for every other text. */
export function instantMs(text: string): number | undefined {
  const [, date] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/i.exec(text) ?? [];
  const ms = Date.parse(text);
  if (date === undefined || Number.isNaN(ms)) return undefined;
  // Date.parse makes 2 March of 30 February.
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date) ? ms : undefined;
}

/** Seam writes instants in UTC with milliseconds, however they were sent. */
export function normalized(iso: string): string {
  return new Date(iso).toISOString();
}
