import { equalInputs, type InputRule, type InputTable } from "../inputs/table";
import { epochMs } from "../values/instant";
import { isRecord, type Properties } from "../values/record";
import { show } from "../values/show";
import { fromWireNames, snakeCase } from "../wire/names";
import type { Reported } from "../wire/types";

/**
 * The declared inputs with Seam's values where those drifted, for the properties whose rule says `drift`. What
 * Seam leaves out is no drift, since its own documented answers omit values that were sent; nor is null, unless
 * null is how an update clears the property.
 */
export function liveInputs(table: InputTable, inputs: Properties, object: Reported): Properties {
  const live = { ...inputs };
  for (const { property, value } of drifted(table, inputs, object)) {
    if (value === undefined) delete live[property];
    else live[property] = value;
  }
  return live;
}

/** Declared values that Seam holds differently, as sentences; a secret is named but not shown. */
export function deviations(table: InputTable, inputs: Properties, object: Reported): string[] {
  return drifted(table, inputs, object).map(({ property, value }) =>
    table[property]?.secret
      ? `${property}: Seam holds another value than the declared one.`
      : `${property}: Seam holds ${value === undefined ? "nothing" : show(value)} instead of ${show(inputs[property])}.`,
  );
}

function drifted(table: InputTable, inputs: Properties, object: Reported) {
  const wire = object as unknown as Properties;
  return Object.entries(table).flatMap(([property, rule]) => {
    const declared = inputs[property];
    const told = wire[snakeCase(property)];
    if (!rule.drift || declared === undefined || told === undefined || told === "") return [];
    if (told === null) return rule.removal === "update" ? [{ property, value: undefined }] : [];
    const value = comparable(rule, declared, fromWireNames(told));
    const isUnreadable = rule.compare === "instant" && epochMs(value) === undefined;
    if (isUnreadable || equalInputs(rule, declared, value)) return [];
    return property === "startsAt" && startWasMoved(declared, value, object) ? [] : [{ property, value }];
  });
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
