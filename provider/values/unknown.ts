import { deepEqual, isRecord } from "./record";

/** What the engine sends in a preview for a value that is only known after the update (Pulumi SDK, `rpc.unknownValue`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether inputs can be what those of a plan have become, of which some were not known yet. */
export function fits(planned: unknown, known: unknown): boolean {
  if (planned === UNKNOWN) return true;
  if (Array.isArray(planned) && Array.isArray(known)) {
    return planned.length === known.length && planned.every((value, index) => fits(value, known[index]));
  }
  if (!isRecord(planned) || !isRecord(known)) return deepEqual(planned, known);
  const names = new Set([...Object.keys(planned), ...Object.keys(known)]);
  return [...names].every((name) => fits(planned[name], known[name]));
}

/** True when the value is, or anywhere inside holds, a value that is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}
