import { type InputRule, type InputTable, isAsDeclared } from "../inputs/table";
import { epochMs } from "../values/instant";
import { isRecord, type Properties } from "../values/record";
import { show } from "../values/show";
import { fromWireNames, snakeCase } from "../wire/names";
import { isSecretName } from "../wire/secrets";
import type { Reported } from "../wire/types";

/** Whether Seam has shown a value of the property before. */
export type WasShown = (property: string) => boolean;

/**
 * The declared inputs with Seam's values where those drifted, for the properties whose rule says `drift`. A value
 * that Seam leaves out is drift only if Seam has shown one before, since its own documented answers omit values that
 * were sent; or where null is how an update clears the property.
 */
export function liveInputs(
  table: InputTable,
  inputs: Properties,
  object: Reported,
  wasShown: WasShown,
): Properties {
  const live = { ...inputs };
  for (const { property, value } of drifted(table, inputs, object, wasShown)) {
    if (value === undefined) delete live[property];
    else live[property] = value;
  }
  return live;
}

/** Declared values that Seam holds differently, as sentences; a secret is named but not shown. */
export function deviations(
  table: InputTable,
  inputs: Properties,
  object: Reported,
  wasShown: WasShown,
): string[] {
  return drifted(table, inputs, object, wasShown).map(({ property, value }) => {
    if (value === undefined) return `${property}: Seam holds nothing.`;
    return isSecretName(property)
      ? `${property}: Seam holds another value than the declared one.`
      : `${property}: Seam holds ${show(value)} instead of ${show(inputs[property])}.`;
  });
}

/** Whether Seam shows a value of the property. */
export function isShown(object: Reported, property: string): boolean {
  const told = toldValue(object, property);
  return told !== undefined && told !== null;
}

function drifted(table: InputTable, inputs: Properties, object: Reported, wasShown: WasShown) {
  return Object.entries(table).flatMap(([property, rule]) => {
    const declared = inputs[property];
    if (!rule.drift || declared === undefined) return [];
    const told = toldValue(object, property);
    if (told === undefined || told === null) {
      const isCleared = told === null && rule.removal === "update";
      return isCleared || wasShown(property) ? [{ property, value: undefined }] : [];
    }
    const value = comparable(rule, declared, fromWireNames(told));
    const isUnreadable = rule.compare === "instant" && epochMs(value) === undefined;
    if (isUnreadable || isAsDeclared(rule, declared, value)) return [];
    return property === "startsAt" && startWasMoved(declared, value, object) ? [] : [{ property, value }];
  });
}

/** An empty text is how some systems write that there is none. */
function toldValue(object: Reported, property: string): unknown {
  const told = (object as unknown as Properties)[snakeCase(property)];
  return told === "" ? undefined : told;
}

/** Of an object, only the declared keys: what was left out is never a difference. */
function comparable(rule: InputRule, declared: unknown, live: unknown): unknown {
  if (!rule.keys || !isRecord(declared) || !isRecord(live)) return live;
  return Object.fromEntries(Object.entries(live).filter(([key]) => key in declared));
}

const MOVED_START_MS = 5 * 60_000;

/** Seam moves a start out of the past to the moment of creation; that is what was meant, not drift. */
function startWasMoved(declared: unknown, moved: unknown, object: Reported): boolean {
  const [wanted, live, created] = [declared, moved, object.created_at].map(epochMs);
  if (wanted === undefined || live === undefined || live < wanted) return false;
  const hasWarning = object.warnings.some((warning) => warning["warning_code"] === "schedule_modified");
  return created !== undefined && wanted < created && (hasWarning || live <= created + MOVED_START_MS);
}
