import type { InputTable } from "../inputs/table";
import { isRecord, type Properties } from "../values/record";
import { SECRET, SIGNATURE } from "../values/secret-mark";
import { isSecretName } from "../wire/secrets";

/**
 * Outputs in which a list or an object that holds a secret is marked, as a whole: the engine marks what was secret before
 * as a whole, too, and Pulumi's SDK takes one mark off. What is secret by itself is marked by the resource's
 * `additionalSecretOutputs`, and inputs by the program; but a refresh knows only the options that the state has, which an
 * earlier release may have written.
 */
export function withInnerSecrets(table: InputTable, outputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      name in table || !holdsSecret(value) ? value : { [SIGNATURE]: SECRET, value },
    ]),
  );
}

/** Whether there is a secret anywhere inside the value. */
export function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  return (
    isRecord(value) &&
    Object.entries(value).some(
      ([name, child]) => (isSecretName(name) && typeof child === "string") || holdsSecret(child),
    )
  );
}
