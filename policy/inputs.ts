import { isRecord } from "../provider/values/record";

/** A value that a preview does not know, or that cannot be read. */
export const NOT_KNOWN = Symbol("not known");

/**
 * An input, read so that a rule can go on: where it is not known in a preview, Pulumi's policy SDK throws as soon as it
 * is touched, and no other rule would see the resource. What is null counts as left out, as it does in the provider.
 */
export function inputOf(inputs: unknown, ...path: readonly (string | number)[]): unknown {
  try {
    const found = path.reduce<unknown>(
      (value, name) => (isRecord(value) || Array.isArray(value) ? (value as never)[name] : undefined),
      inputs,
    );
    return found ?? undefined;
  } catch {
    return NOT_KNOWN;
  }
}

/** The elements of a list; `undefined` where the list is not declared, or not known. */
export function elementsOf(inputs: unknown, name: string): unknown[] | undefined {
  const list = inputOf(inputs, name);
  if (!Array.isArray(list)) return undefined;
  return Array.from({ length: list.length }, (_, index) => inputOf(inputs, name, index));
}

/** Whether a list has something in it, or may have. */
export function isFilled(inputs: unknown, name: string): boolean {
  return inputOf(inputs, name) !== undefined && elementsOf(inputs, name)?.length !== 0;
}
