import { ownIdName, type ResourceLifecycle } from "../provider/lifecycle/lifecycle";
import type { Properties } from "../provider/values/record";
import { UNKNOWN } from "../provider/values/unknown";

/**
 * What a preview can tell of a resource that would be created: all that Seam fills in is not known yet.
 * @param names of all outputs
 */
export function createdOutputs(
  { table }: ResourceLifecycle,
  names: readonly string[],
  inputs: Properties,
): Properties {
  const isFilledIn = (name: string) => !(name in table) || table[name]?.filledBySeam === true;
  const unknown = names.filter((name) => !(name in inputs) && isFilledIn(name));
  return { ...inputs, ...notKnownYet(unknown) };
}

/** Properties of these names, none of which is known yet. */
export function notKnownYet(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
}

/** The same of one that would be updated: what Seam never changes in place stays, so that nothing that hangs on it moves. */
export function updatedOutputs(
  resource: ResourceLifecycle,
  names: readonly string[],
  outputs: Properties,
  news: Properties,
): Properties {
  const ownId = ownIdName(resource);
  const stays = (name: string) =>
    [ownId, "createdAt", "workspaceId", "connectedAccountId"].includes(name) ||
    resource.table[name]?.change === "replace";
  const lasting = Object.entries(outputs).filter(([name]) => stays(name) && !(name in news));
  return { ...createdOutputs(resource, names, news), ...Object.fromEntries(lasting) };
}
