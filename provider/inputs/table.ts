import { sameInstant } from "../values/instant";
import { deepEqual, isRecord, type Properties } from "../values/record";
import { hasUnknown } from "../values/unknown";
import { snakeCase, toWireNames } from "../wire/names";

/** What one input property means when it changes. The documentation's tables are made from these rules. */
export interface InputRule {
  /** Whether Seam can change the value in place; a property that was added counts as changed. */
  readonly change: "update" | "replace";
  /** What taking the property out of the program does; `change` when left out. `update`: null clears it in Seam. */
  readonly removal?: "update" | "replace";
  /** How two values are compared (`instants`: an object of instants); deep equality when left out. */
  readonly compare?: "instant" | "instants" | "set" | "caseless";
  /** Seam tells the value that it holds, so that a refresh shows changes made elsewhere. */
  readonly drift?: boolean;
  /** Never shown in a message. */
  readonly secret?: boolean;
  /** Seam fills the property in when the program leaves it out, so its presence in the state proves nothing. */
  readonly filledBySeam?: boolean;
  /** For an object: the keys that are inputs; Seam adds others of its own to the output of the same name. */
  readonly keys?: readonly string[];
  /** What leaving the property out is the same as. */
  readonly whenOmitted?: unknown;
  /** Steers the provider only: Seam does not know the property, so a change sends nothing. */
  readonly providerOnly?: boolean;
  /** Means something to a create alone: for a resource that exists no change of it is a difference. */
  readonly onlyAtCreate?: boolean;
}

export type InputTable = Readonly<Record<string, InputRule>>;

/** One input that differs between the state and the program. */
export interface Difference {
  readonly property: string;
  /** `record`: nothing to send, but the state must learn that the property is declared now. */
  readonly action: "update" | "replace" | "record";
}

/** Outputs key that names, separated by spaces, the declared properties among those Seam fills in by itself. */
export const DECLARED = "__declared";

/** The value of `__declared` for these inputs, or `undefined` when none of them is ambiguous. */
export function declaredMarker(table: InputTable, inputs: Properties): string | undefined {
  const names = Object.keys(table).filter(
    (property) => table[property]?.filledBySeam && inputs[property] !== undefined,
  );
  return names.length > 0 ? names.join(" ") : undefined;
}

/** The inputs that were declared, taken from saved outputs: `read` and `diff` get nothing else from the engine. */
export function declaredInputs(table: InputTable, outputs: Properties): Properties {
  const marked = new Set(String(outputs[DECLARED] ?? "").split(" "));
  const declared: Properties = {};
  for (const [property, rule] of Object.entries(table)) {
    const isDeclared = outputs[property] !== undefined && (!rule.filledBySeam || marked.has(property));
    if (isDeclared) declared[property] = inputPart(rule, outputs[property]);
  }
  return declared;
}

/** Every input in which the program (checked `news`) differs from the state (`outputs`). */
export function differences(table: InputTable, outputs: Properties, news: Properties): Difference[] {
  const declared = declaredInputs(table, outputs);
  return Object.entries(table).flatMap(([property, rule]): Difference[] => {
    const before = declared[property];
    const after = news[property];
    if (rule.onlyAtCreate || equalInputs(rule, before, after)) return [];
    if (after === undefined) return [{ property, action: rule.removal ?? rule.change }];
    // Declaring what Seam has filled in already changes no door, only what the state knows.
    const sameAsLive = before === undefined && equalInputs(rule, inputPart(rule, outputs[property]), after);
    if (sameAsLive || rule.providerOnly) return [{ property, action: "record" }];
    return [{ property, action: rule.change }];
  });
}

/** True when a replacement would have, or may have, the same declared value as the resource that it replaces. */
export function isKept(table: InputTable, outputs: Properties, news: Properties, property: string): boolean {
  const [rule, before] = [table[property], declaredInputs(table, outputs)[property]];
  const after = news[property];
  return !!rule && before !== undefined && (hasUnknown(after) || equalInputs(rule, before, after));
}

/** What a create sends: everything declared that Seam knows, in Seam's names. */
export function createBody(table: InputTable, inputs: Properties): Properties {
  const declared = Object.entries(inputs).filter(([property]) => !table[property]?.providerOnly);
  return toWireNames(Object.fromEntries(declared)) as Properties;
}

/**
 * What an update sends: the properties that changed in place, with null for one that was taken out. What Seam or
 * the lock system refused before is sent once more: that is how an update mends it.
 */
export function updateBody(table: InputTable, outputs: Properties, news: Properties): Properties {
  const failedBefore = Array.isArray(outputs["errors"]) && outputs["errors"].length > 0;
  const changed = new Set(
    differences(table, outputs, news)
      .filter(({ action }) => action === "update")
      .map(({ property }) => property),
  );
  return Object.fromEntries(
    Object.entries(table)
      .filter(([property, rule]) => {
        const isAgain = failedBefore && rule.change === "update" && news[property] !== undefined;
        return !rule.providerOnly && (changed.has(property) || isAgain);
      })
      .map(([property]) => [snakeCase(property), toWireNames(news[property]) ?? null]),
  );
}

/** Whether two values of a property mean the same to Seam. A value not known yet equals nothing. */
export function equalInputs(rule: InputRule, a: unknown, b: unknown): boolean {
  const left = a ?? rule.whenOmitted;
  const right = b ?? rule.whenOmitted;
  if (hasUnknown(left) || hasUnknown(right)) return false;
  if (rule.compare === "instant") return sameInstant(left, right);
  if (rule.compare === "caseless") return caseless(left) === caseless(right);
  if (rule.compare === "instants" && isRecord(left) && isRecord(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys.every((key) => sameInstant(left[key], right[key]));
  }
  if (rule.compare === "set" && Array.isArray(left) && Array.isArray(right)) {
    return deepEqual([...new Set(left)].sort(), [...new Set(right)].sort());
  }
  return deepEqual(left, right);
}

/** An output without what Seam adds to it: the part that can be compared with an input. */
function inputPart(rule: InputRule, value: unknown): unknown {
  if (!rule.keys || !isRecord(value)) return value;
  return Object.fromEntries(rule.keys.filter((key) => key in value).map((key) => [key, value[key]]));
}

function caseless(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
