import { holdsSecret as hasSecretInside } from "../../provider/engine/secret-values";
import { DECLARED, declaredMarker } from "../../provider/inputs/table";
import type { ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import type { Properties } from "../../provider/values/record";
import { asSecret, holdsSecret, revealed, type StateResource } from "../stack-state";

/** A resource's saved outputs as the provider gets them: plain, and without what finds its code. */
export function declaredOutputs({ outputs = {} }: StateResource): Properties {
  const { __provider, ...plain } = revealed(outputs) as Properties;
  return plain;
}

/** The outputs that a resource would have right after its create, as far as the inputs say. */
export function outputsOfInputs({ table }: ResourceLifecycle, inputs: Properties): Properties {
  const marker = declaredMarker(table, inputs);
  return { ...inputs, ...(marker ? { [DECLARED]: marker } : {}) };
}

/**
 * Properties as the state keeps them: secret where the input of the same name is, where the resource says so, and what is
 * secret by itself: the plugin's resources say nothing.
 * @param inputs with their secrets marked
 */
export function withSecrets(
  properties: Properties,
  { inputs = {}, additionalSecretOutputs = [] }: Pick<StateResource, "inputs" | "additionalSecretOutputs">,
): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const isSecret =
        additionalSecretOutputs.includes(name) ||
        holdsSecret(inputs[name]) ||
        hasSecretInside({ [name]: value });
      return [name, isSecret ? asSecret(value) : value];
    }),
  );
}
