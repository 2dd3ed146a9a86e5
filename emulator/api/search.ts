/** Whether one of the texts contains the searched one; case does not matter. */
export function contains(texts: (string | null | undefined)[], search: string): boolean {
  const wanted = search.toLowerCase();
  return texts.some((text) => text?.toLowerCase().includes(wanted));
}
