import type { SeamClient } from "../http/client";
import { DECLARED, declaredInputs, declaredMarker, type InputTable, inputPart } from "../inputs/table";
import type { Properties } from "../values/record";
import { isSecretName } from "../wire/secrets";
import { type Imported, ownIdName, type ResourceLifecycle } from "./lifecycle";
import type { Run } from "./run";

/**
 * An object of which nothing is known but its id, as a resource that declares all that Seam shows of it. A PIN is never
 * declared: whether Seam chose it cannot be seen, and a program is no place for it.
 */
export async function readToImport(
  resource: ResourceLifecycle,
  seam: SeamClient,
  id: string,
  run: Run,
): Promise<Imported | undefined> {
  const observed = await resource.read(seam, id, {}, run);
  if (!observed) return undefined;
  const shown = { ...observed.outputs, ...(await resource.alsoShown?.(seam, id, observed.outputs)) };
  const inputs = accepted(resource, telling(resource.table, shown));
  const plain = Object.entries(inputs).filter(([property]) => !resource.table[property]?.keys);
  const outputs = { ...observed.outputs, ...Object.fromEntries(plain) };
  const { [ownIdName(resource)]: present = id } = outputs;
  return { id: String(present), inputs, outputs: asDeclared(resource.table, outputs, inputs) };
}

/** Saved outputs of a resource for which the program declares only some of what it was imported with. */
export function withOnlyDeclared(table: InputTable, outputs: Properties, news: Properties): Properties {
  const before = Object.entries(declaredInputs(table, outputs));
  return asDeclared(table, outputs, Object.fromEntries(before.filter(([property]) => property in news)));
}

function asDeclared(table: InputTable, outputs: Properties, inputs: Properties): Properties {
  const { [DECLARED]: _, ...rest } = outputs;
  const marker = declaredMarker(table, inputs, (property) => rest[property] !== undefined);
  return { ...rest, ...(marker && { [DECLARED]: marker }) };
}

/** What of the shown values an input can say, without what leaving the property out says too. */
function telling(table: InputTable, shown: Properties): Properties {
  return Object.fromEntries(
    Object.entries(table)
      .filter(([property, rule]) => !rule.providerOnly && !isSecretName(property))
      .map(([property, rule]) => [property, inputPart(rule, shown[property])] as const)
      .filter(([, value]) => !saysNothing(value)),
  );
}

function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** The inputs without those that the resource's own rules refuse, such as a second way to name the user. */
function accepted(resource: ResourceLifecycle, inputs: Properties): Properties {
  const { inputs: checked, problems } = resource.check(inputs, inputs, new Date());
  const refused = new Set(problems.map(({ path }) => path.replace(/[.[].*$/, "")));
  const kept = Object.entries(checked).filter(([property]) => !refused.has(property));
  return refused.size === 0 ? checked : accepted(resource, Object.fromEntries(kept));
}
