/** How much of an id makes a name unique and still readable. */
const DIGITS = 6;

/**
 * Names of resources: the label and the beginning of the id, so that a name never depends on what else there is.
 * More of the id where that is not enough.
 */
export function namesOf(
  resources: readonly { readonly id: string; readonly label: string }[],
): Map<string, string> {
  const byName = new Map<string, string[]>();
  for (const { id, label } of resources) {
    const name = `${label}-${id.slice(0, DIGITS)}`;
    byName.set(name, [...(byName.get(name) ?? []), id]);
  }
  const labels = new Map(resources.map(({ id, label }) => [id, label]));
  return new Map(
    [...byName].flatMap(([name, ids]) =>
      ids.length === 1 ? [[ids[0] as string, name]] : ids.map((id) => [id, `${labels.get(id)}-${id}`]),
    ) as [string, string][],
  );
}
