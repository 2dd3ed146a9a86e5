import type { InputTable } from "../inputs/table";
import { isRecord, type Properties } from "../values/record";
import { isSecretName } from "../wire/secrets";

/**
 * How a secret is marked among the values that go to the engine.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Outputs in which every secret inside a list or an object is marked. Those at the top are marked by the resource's
 * `additionalSecretOutputs`, and inputs by the program; but a refresh knows only the options that the state has, which
 * an earlier release may have written.
 */
export function withInnerSecrets(table: InputTable, outputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, name in table ? value : marked(value)]),
  );
}

function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      name,
      isSecretName(name) && child !== undefined && child !== null
        ? { [SIGNATURE]: SECRET, value: child }
        : marked(child),
    ]),
  );
}
