import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { declaredInputs, differences } from "../provider/inputs/table";
import type { Plan, ResourceLifecycle } from "../provider/lifecycle/lifecycle";
import type { Properties } from "../provider/values/record";

/** A plan as the engine takes it: which properties change, in which way, and which of them replace the resource. */
export function diffResponse(
  { table }: ResourceLifecycle,
  plan: Plan,
  outputs: Properties,
  news: Properties,
): DiffResponse {
  const response = new DiffResponse();
  response.setHasdetaileddiff(true);
  if (!plan.changed) {
    response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
    return response;
  }
  const before = declaredInputs(table, outputs);
  const differing = differences(table, outputs, news).map(({ property }) => property);
  // What has to be made anew as a whole names a property in which nothing differs.
  for (const property of new Set([...differing, ...plan.replaces])) {
    const change =
      news[property] === undefined ? "DELETE" : before[property] === undefined ? "ADD" : "UPDATE";
    const kind = plan.replaces.includes(property) ? (`${change}_REPLACE` as const) : change;
    const detail = new PropertyDiff();
    detail.setKind(PropertyDiff.Kind[kind]);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(property, detail);
    response.addDiffs(property);
  }
  response.setChanges(DiffResponse.DiffChanges.DIFF_SOME);
  response.setReplacesList([...plan.replaces]);
  response.setDeletebeforereplace(plan.deleteBeforeReplace);
  return response;
}
