import { maskSecrets } from "../http/mask";
import { DECLARED, declaredMarker, type InputTable } from "../inputs/table";
import { isRecord, type Properties } from "../values/record";
import { camelCase, fromWireNames } from "../wire/names";
import type { Reported } from "../wire/types";
import { isShown } from "./drift";

/**
 * Outputs of a resource: Seam's fields without nulls, the declared inputs over them, and what tells the two apart
 * later. Errors and warnings are always lists.
 */
export function wireOutputs(table: InputTable, inputs: Properties, object: Reported): Properties {
  const mask = maskSecrets([object, inputs]);
  const computed = reportedOutputs(object, mask);
  const marker = declaredMarker(table, inputs, (property) => isShown(object, property));
  const declared = Object.fromEntries(
    Object.entries(inputs).map(([property, value]) => [
      property,
      withComputedKeys(table[property]?.keys, value, computed[property]),
    ]),
  );
  return { ...computed, ...declared, ...(marker ? { [DECLARED]: marker } : {}) };
}

/** An object, and the parts of it that have reports of their own. */
function reportedOutputs(object: Reported, mask: (text: string) => string): Properties {
  const { errors, warnings, ...fields } = object;
  const parts = Object.entries(fields).flatMap(([name, value]) =>
    isReportedList(value) ? [[camelCase(name), value.map((part) => reportedOutputs(part, mask))]] : [],
  );
  return {
    ...(fromWireNames(fields) as Properties),
    ...Object.fromEntries(parts),
    errors: errors.map((entry) => reportEntry(entry, "error_code", mask)),
    warnings: warnings.map((entry) => reportEntry(entry, "warning_code", mask)),
  };
}

function isReportedList(value: unknown): value is readonly Reported[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((part) => isRecord(part) && "errors" in part)
  );
}

/** Which of Seam's reports mean that an object does not do what was declared; the others inform. */
export interface FailingReports {
  readonly warnings: readonly string[];
  /** Warnings that mean so only if they stay: Seam says them while it works on a change, too. */
  readonly lastingWarnings?: readonly string[];
  /** Errors that are about another object; all others count. */
  readonly informingErrors?: readonly string[];
}

/** What Seam reports against an object, as sentences. */
export function reportedFailures(object: Reported, inputs: Properties, failing: FailingReports): string[] {
  return reports(object, inputs, (code) => isFailingError(failing, code), [
    ...failing.warnings,
    "being_deleted",
  ]);
}

/** What Seam says of an object that is a failure only if it stays, as sentences. */
export function lastingReports(object: Reported, inputs: Properties, failing: FailingReports): string[] {
  return reports(object, inputs, () => false, failing.lastingWarnings ?? []);
}

function reports(
  object: Reported,
  inputs: Properties,
  isError: (code: unknown) => boolean,
  failingWarnings: readonly string[],
): string[] {
  const mask = maskSecrets([object, inputs]);
  const parts = Object.values(object)
    .filter(isReportedList)
    .flatMap((list) => list.map((part) => ({ part, name: `${nameOf(part)}: ` })));
  return [{ part: object, name: "" }, ...parts]
    .flatMap(({ part, name }) => [
      ...part.errors
        .filter((entry) => isError(entry["error_code"]))
        .map((entry) => `${name}Seam reports the error ${entry["error_code"]}: ${entry["message"]}`),
      ...part.warnings
        .filter((entry) => failingWarnings.includes(String(entry["warning_code"])))
        .map((entry) => `${name}Seam warns ${entry["warning_code"]}: ${entry["message"]}`),
    ])
    .map(mask);
}

function nameOf(part: Reported): string {
  const { display_name, mode } = part as { readonly display_name?: string; readonly mode?: string };
  return display_name ?? mode ?? "a part of it";
}

/** Whether the saved outputs hold such a report: then the object failed, and an update has to look after it. */
export function holdsFailure(outputs: Properties, failing: FailingReports): boolean {
  const failingWarnings = [...failing.warnings, ...(failing.lastingWarnings ?? [])];
  const parts = Object.values(outputs)
    .flatMap(entriesOf)
    .filter((part) => "errors" in part);
  return [outputs, ...parts].some(
    ({ errors, warnings }) =>
      entriesOf(errors).some((entry) => isFailingError(failing, entry["errorCode"])) ||
      entriesOf(warnings).some((entry) => failingWarnings.includes(String(entry["warningCode"]))),
  );
}

function isFailingError({ informingErrors = [] }: FailingReports, code: unknown): boolean {
  return !informingErrors.includes(String(code));
}

function entriesOf(list: unknown): Properties[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** Seam deletes asynchronously: until then the object is shown, but it is as good as gone. */
export function isBeingDeleted({ warnings }: { readonly warnings?: unknown }): boolean {
  return entriesOf(warnings).some((entry) => entry["warning_code"] === "being_deleted");
}

/** A declared object plus the keys that only Seam fills in; what Seam echoes of undeclared keys is left out. */
function withComputedKeys(
  inputKeys: readonly string[] | undefined,
  declared: unknown,
  computed: unknown,
): unknown {
  if (!inputKeys || !isRecord(declared) || !isRecord(computed)) return declared;
  const added = Object.entries(computed).filter(([key]) => !inputKeys.includes(key));
  return { ...Object.fromEntries(added), ...declared };
}

/** Fields of a report, besides its code, message and time, that say what it is about. */
const TELLING = /(_ids?|^reason)$/;

/** One error or warning with what it is about; its other fields may carry PINs (`requested_code_unavailable`). */
function reportEntry(
  entry: Record<string, unknown>,
  code: string,
  mask: (text: string) => string,
): Properties {
  const createdAt = entry["created_at"];
  return {
    [camelCase(code)]: String(entry[code]),
    message: mask(String(entry["message"])),
    ...(typeof createdAt === "string" ? { createdAt } : {}),
    ...Object.fromEntries(
      Object.entries(entry)
        .filter(([name, value]) => TELLING.test(name) && value !== null && value !== undefined)
        .map(([name, value]) => [camelCase(name), typeof value === "string" ? mask(value) : value]),
    ),
  };
}
