import { declaredInputs, type InputTable } from "../inputs/table";
import { isRecord, type Properties, textsIn } from "../values/record";

/**
 * Set on what a refresh has found with more doors, devices or members than its program declares: which, by property.
 * The refreshed inputs have them too, so that the next `up` takes them away; until then they alone do not tell what
 * was declared.
 */
const ADDED_BY_HAND = "__addedByHand";

/** What a refresh saves: what it found, with what of it nobody declared. */
export function withAddedByHand(table: InputTable, before: Properties, found: Properties): Properties {
  // Of what the state knows by its id alone, or by an interrupted create, nothing was declared or found before.
  if (before["workspaceId"] === undefined) return found;
  const declared = withoutAdded(declaredInputs(table, before), before);
  const live = declaredInputs(table, found);
  const added = Object.entries(table).flatMap(([property, { compare }]) => {
    if (compare !== "set") return [];
    const known = new Set(textsIn(declared[property]));
    const more = textsIn(live[property]).filter((id) => !known.has(id));
    return more.length > 0 ? [[property, more] as const] : [];
  });
  return added.length > 0 ? { ...found, [ADDED_BY_HAND]: Object.fromEntries(added) } : found;
}

/** Properties of a state without what somebody has added by hand. */
export function withoutAdded(properties: Properties, outputs: Properties): Properties {
  const lists = Object.entries(addedTo(outputs)).flatMap(([property, added]) => {
    const list = properties[property];
    if (!Array.isArray(list)) return [];
    return [[property, list.filter((id) => !added.includes(id))] as const];
  });
  return { ...properties, ...Object.fromEntries(lists) };
}

/** Whether the program declares by now what somebody has added by hand: nothing to send, but the state must learn it. */
export function declaresAdded(outputs: Properties, news: Properties): boolean {
  return Object.entries(addedTo(outputs)).some(([property, added]) =>
    textsIn(news[property]).some((id) => added.includes(id)),
  );
}

function addedTo(outputs: Properties): Readonly<Record<string, readonly string[]>> {
  const added = outputs[ADDED_BY_HAND];
  if (!isRecord(added)) return {};
  return Object.fromEntries(Object.entries(added).map(([property, ids]) => [property, textsIn(ids)]));
}
