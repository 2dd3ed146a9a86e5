import type { SeamClient } from "../http/client";
import { equalInputs, type InputRule } from "../inputs/table";
import { isRecord, type Properties } from "../values/record";
import { isContact, isSecretName } from "../wire/secrets";
import type { Reported } from "../wire/types";
import { RefusedError } from "./errors";
import type { Created } from "./lifecycle";
import { isBeingDeleted } from "./outputs";
import type { Run } from "./run";
import { getObject, idOf, outputsOf, type SeamObject } from "./seam-kind";

/**
 * Takes over the existing object whose id `adopt` is instead of creating one, if it is as declared as far as Seam shows
 * it.
 * @param shownElsewhere what Seam shows elsewhere than in the object itself, by property
 * @throws RefusedError naming every difference
 */
export async function adoptObject<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  inputs: Properties,
  run: Run,
  shownElsewhere?: (seam: SeamClient, object: T, inputs: Properties) => Promise<Properties>,
): Promise<Created> {
  const id = String(inputs["adopt"]);
  const object = await getObject(seam, kind, id, `adopt ${kind.name} ${id}`, inputs);
  const presentId = idOf(kind, object);
  const shown = { ...outputsOf(kind, {}, object), ...(await shownElsewhere?.(seam, object, inputs)) };
  const differences = [
    ...(presentId === id ? [] : [`it was merged into ${presentId}: that is the one to adopt.`]),
    ...(isBeingDeleted(object) ? ["it is being deleted."] : []),
    ...(run.plans.isHeld(id) ? ["another resource of this stack has it."] : []),
    ...Object.entries(kind.table).flatMap(([property, rule]) => {
      const declared = inputs[property] ?? omitted(rule);
      const isCompared = declared !== undefined && !rule.providerOnly;
      return isCompared ? difference(property, rule, declared, shown[property]) : [];
    }),
  ];
  if (differences.length > 0) {
    throw new RefusedError(
      [
        `Cannot adopt ${kind.name} ${id}: it is not as declared. Nothing was changed. Change the program, or the object in Seam; or remove \`adopt\` to create a new one.`,
        ...differences,
      ].join("\n  "),
    );
  }
  run.plans.claim(id);
  return { id, outputs: outputsOf(kind, inputs, object) };
}

/** What leaving the property out declares, where Seam does not fill it in. */
function omitted({ filledBySeam, whenOmitted }: InputRule): unknown {
  return filledBySeam ? undefined : whenOmitted;
}

/** What is wrong with one declared property, in a list of none or one. */
function difference(property: string, rule: InputRule, declared: unknown, live: unknown): string[] {
  const told = live ?? rule.whenOmitted;
  // What Seam never shows cannot be compared.
  if (told === undefined && !rule.drift) return [];
  const value = rule.keys && isRecord(declared) && isRecord(told) ? sameKeys(declared, told) : told;
  if (equalInputs(rule, sameKeys(value, declared), value)) return [];
  // With a wrong id it is somebody else's.
  if (isSecretName(property) || isContact(property)) {
    return [`${property}: Seam holds ${value ? "another value than the declared one" : "none"}.`];
  }
  return [
    `${property}: Seam holds ${JSON.stringify(value) ?? "none"} instead of ${JSON.stringify(declared)}.`,
  ];
}

/** Of an object, the keys that the other one has too. */
function sameKeys(other: unknown, object: unknown): unknown {
  if (!isRecord(other) || !isRecord(object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => key in other));
}
