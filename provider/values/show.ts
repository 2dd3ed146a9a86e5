/** A given value as it may be shown in a message: as JSON, bounded in length. Never use it on secrets. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
