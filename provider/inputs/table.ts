import { isCoarser, sameInstant } from "../values/instant";
import { deepEqual, isRecord, type Properties } from "../values/record";
import { hasUnknown } from "../values/unknown";
import { snakeCase, toWireNames } from "../wire/names";

/** What one input property means when it changes. The documentation's tables are made from these rules. */
export interface InputRule {
  /** Whether Seam can change the value in place; a property that was added counts as changed. */
  readonly change: "update" | "replace";
  /**
   * What taking the property out of the program does; `change` when left out. `update`: null clears it in Seam.
   * `record`: nothing, since it said no more than what else is declared.
   */
  readonly removal?: Difference["action"];
  /** How two values are compared (`instants`: an object of instants); deep equality when left out. */
  readonly compare?: "instant" | "instants" | "set" | "multiset" | "caseless";
  /** Seam tells the value that it holds, so that a refresh shows changes made elsewhere. */
  readonly drift?: boolean;
  /** Seam fills the property in when the program leaves it out, so its presence in the state proves nothing. */
  readonly filledBySeam?: boolean;
  /** For an object: the keys that are inputs; Seam adds others of its own to the output of the same name. */
  readonly keys?: readonly string[];
  /** What leaving the property out is the same as. */
  readonly whenOmitted?: unknown;
  /** Steers the provider only: Seam does not know the property, so a change sends nothing. */
  readonly providerOnly?: boolean;
  /** Seam changes it by routes of its own: the object's update call does not take it. */
  readonly hasOwnRoutes?: boolean;
  /** Seam's create call does not take it either: it is set right after. */
  readonly isSetAfterCreate?: boolean;
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

/**
 * Outputs key that names, separated by spaces, the declared properties among those Seam fills in by itself. A name that
 * ends in an exclamation mark is of a value that Seam has shown: should it be null one day, somebody took it away.
 */
export const DECLARED = "__declared";
const SHOWN = "!";

/**
 * The value of `__declared` for these inputs, or `undefined` when none of them is ambiguous.
 * @param isShown whether Seam shows a value for the property
 */
export function declaredMarker(
  table: InputTable,
  inputs: Properties,
  isShown: (property: string) => boolean = () => false,
): string | undefined {
  const names = Object.entries(table)
    .filter(([property, rule]) => rule.filledBySeam && inputs[property] !== undefined)
    .map(([property, rule]) => (rule.drift && isShown(property) ? property + SHOWN : property));
  return names.length > 0 ? names.join(" ") : undefined;
}

/** Whether Seam has shown a value of the property, as far as the saved outputs tell. */
export function wasShown(table: InputTable, outputs: Properties, property: string): boolean {
  const names = markedNames(outputs);
  const isDeclared = names.includes(property) || !table[property]?.filledBySeam;
  return names.includes(property + SHOWN) || (!isDeclared && outputs[property] !== undefined);
}

function markedNames(outputs: Properties): string[] {
  return String(outputs[DECLARED] ?? "").split(" ");
}

/** The inputs that were declared, taken from saved outputs: `read` and `diff` get nothing else from the engine. */
export function declaredInputs(table: InputTable, outputs: Properties): Properties {
  const marked = new Set(
    markedNames(outputs).map((name) => (name.endsWith(SHOWN) ? name.slice(0, -SHOWN.length) : name)),
  );
  const declared: Properties = {};
  for (const [property, rule] of Object.entries(table)) {
    const isDeclared = outputs[property] !== undefined && (!rule.filledBySeam || marked.has(property));
    if (isDeclared) declared[property] = inputPart(rule, outputs[property]);
  }
  return declared;
}

/** The outputs as they are when these inputs are declared instead of those that were. */
export function declaring(table: InputTable, outputs: Properties, inputs: Properties): Properties {
  const before = declaredInputs(table, outputs);
  const others = Object.entries(outputs).filter(
    ([property]) => !(property in before) && property !== DECLARED,
  );
  const marker = declaredMarker(table, inputs, (property) => wasShown(table, outputs, property));
  return { ...Object.fromEntries(others), ...inputs, ...(marker && { [DECLARED]: marker }) };
}

/** Every input in which the program (checked `news`) differs from the state (`outputs`). */
export function differences(table: InputTable, outputs: Properties, news: Properties): Difference[] {
  const declared = declaredInputs(table, outputs);
  return Object.entries(table).flatMap(([property, rule]): Difference[] => {
    const before = declared[property];
    const after = news[property];
    const live = inputPart(rule, outputs[property]);
    // What nobody declared may have been changed by hand: declared, it is compared with what Seam shows.
    const isShownOtherwise =
      rule.drift &&
      before === undefined &&
      after !== undefined &&
      live !== undefined &&
      !equalInputs(rule, live, after);
    if (rule.onlyAtCreate || (equalInputs(rule, before, after) && !isShownOtherwise)) return [];
    if (after === undefined) return [{ property, action: rule.removal ?? rule.change }];
    // Declaring what Seam has filled in already changes no door, only what the state knows.
    const sameAsLive = before === undefined && equalInputs(rule, live, after);
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

/** What a create sends: everything declared that Seam's create call takes, in Seam's names. */
export function createBody(table: InputTable, inputs: Properties): Properties {
  const sent = Object.entries(createdInputs(table, inputs)).filter(
    ([property]) => !table[property]?.providerOnly,
  );
  return toWireNames(Object.fromEntries(sent)) as Properties;
}

/** The inputs in which an object that has just been created can be as declared. */
export function createdInputs(table: InputTable, inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).filter(([property]) => !table[property]?.isSetAfterCreate),
  );
}

/**
 * What an update sends: the properties that changed in place; for one that was taken out what that is the same as, or
 * null.
 * @param isAgain whether what Seam or the lock system refused before is sent once more: how an update mends it
 */
export function updateBody(
  table: InputTable,
  outputs: Properties,
  news: Properties,
  isAgain: boolean,
): Properties {
  const changed = new Set(
    differences(table, outputs, news)
      .filter(({ action }) => action === "update")
      .map(({ property }) => property),
  );
  return Object.fromEntries(
    Object.entries(table)
      .filter(([property, rule]) => {
        const isRepeated = isAgain && rule.change === "update" && news[property] !== undefined;
        return !rule.providerOnly && !rule.hasOwnRoutes && (changed.has(property) || isRepeated);
      })
      .map(([property, rule]) => [
        snakeCase(property),
        toWireNames(news[property] ?? rule.whenOmitted) ?? null,
      ]),
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
  if (rule.compare === "multiset" && Array.isArray(left) && Array.isArray(right)) {
    return deepEqual(left.map(sortedText).sort(), right.map(sortedText).sort());
  }
  return deepEqual(left, right);
}

/** An element of a list as a text that is the same for equal elements. */
function sortedText(element: unknown): string {
  return JSON.stringify(isRecord(element) ? Object.entries(element).sort() : element);
}

/**
 * Whether a value that Seam holds is the declared one in the lock system's own way of writing: a time cut or rounded to
 * the second or minute, a text without blanks around it, or with its letters composed otherwise.
 */
export function isAsDeclared(rule: InputRule, declared: unknown, live: unknown): boolean {
  if (equalInputs(rule, declared, live)) return true;
  if (rule.compare === "instant") return isCoarser(declared, live);
  if (rule.compare === "instants" && isRecord(declared) && isRecord(live)) {
    const keys = [...new Set([...Object.keys(declared), ...Object.keys(live)])];
    return keys.every((key) => sameInstant(declared[key], live[key]) || isCoarser(declared[key], live[key]));
  }
  if (typeof declared !== "string" || typeof live !== "string") return false;
  return equalInputs(rule, plainText(declared), plainText(live));
}

function plainText(text: string): string {
  return text.normalize("NFKC").trim();
}

/** An output without what Seam adds to it: the part that can be compared with an input. */
export function inputPart(rule: InputRule, value: unknown): unknown {
  if (!rule.keys || !isRecord(value)) return value;
  return Object.fromEntries(rule.keys.filter((key) => key in value).map((key) => [key, value[key]]));
}

function caseless(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
