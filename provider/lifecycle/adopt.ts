import type { SeamClient } from "../http/client";
import { equalInputs, type InputRule } from "../inputs/table";
import { epochMs } from "../values/instant";
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
    ...Object.entries(kind.table).flatMap(([property, rule]) =>
      rule.providerOnly ? [] : difference(property, rule, inputs[property], shown[property]),
    ),
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

/**
 * What is wrong with one property, in a list of none or one. To leave one out is to declare that there is none of it: no
 * end, no doors of its own, no key. Only what Seam fills in by itself is anything then, but for times: they shut people
 * out, and nothing would show it later.
 */
function difference(property: string, rule: InputRule, declared: unknown, live: unknown): string[] {
  const told = withoutBegun(property, rule, declared, live) ?? rule.whenOmitted;
  if (declared === undefined && rule.filledBySeam && !isTime(rule)) return [];
  // What Seam never shows cannot be compared.
  if (told === undefined && !rule.drift) return [];
  // A schedule is shown whole; of other objects Seam shows more than inputs, and not all of them.
  const [value, wanted] = isTime(rule)
    ? [told, declared]
    : [rule.keys ? sameKeys(declared, told) : told, sameKeys(told, declared)];
  if (equalInputs(rule, wanted, value)) return [];
  // With a wrong id it is somebody else's.
  if (isSecretName(property) || isContact(property)) {
    return [`${property}: Seam holds ${value ? "another value than the declared one" : "none"}.`];
  }
  const written = (one: unknown) => JSON.stringify(one) ?? "none";
  return [`${property}: Seam holds ${written(value)} instead of ${written(declared)}.`];
}

function isTime({ compare }: InputRule): boolean {
  return compare === "instant" || compare === "instants";
}

/** Seam gives everything a begin: one that is past, and that nobody declares, shuts nobody out. */
function withoutBegun(property: string, rule: InputRule, declared: unknown, live: unknown): unknown {
  const hasBegun = (name: string, time: unknown) =>
    name === "startsAt" && (epochMs(time) ?? Number.POSITIVE_INFINITY) <= Date.now();
  if (rule.compare === "instant") {
    return declared === undefined && hasBegun(property, live) ? undefined : live;
  }
  if (rule.compare !== "instants" || !isRecord(live)) return live;
  const telling = Object.entries(live).filter(
    ([name, time]) => (isRecord(declared) && name in declared) || !hasBegun(name, time),
  );
  return telling.length > 0 ? Object.fromEntries(telling) : undefined;
}

/** Of an object, the keys that the other one has too. */
function sameKeys(other: unknown, object: unknown): unknown {
  if (!isRecord(other) || !isRecord(object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => key in other));
}
