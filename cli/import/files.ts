import { withInnerSecrets } from "../../provider/engine/secret-values";
import { providerText } from "../../provider/values/provider-text";
import { isRecord, type Properties } from "../../provider/values/record";
import { SECRET, SIGNATURE } from "../../provider/values/secret-mark";
import { isSecretName } from "../../provider/wire/secrets";
import { TYPE_PREFIX } from "../lifecycles";
import { asSecret } from "../stack-state";
import { KINDS } from "./kinds";
import type { ImportedResource } from "./resource";

/** So many resources go into one part of the file's text. */
const AT_ONCE = 500;

/**
 * The file for `pulumi import --file`: the whole state of each resource, so that nothing has to be read again. In parts,
 * a line for each resource: that of a large workspace has 100 MB.
 */
export function* importFile(
  resources: readonly ImportedResource[],
  names: ReadonlyMap<string, string>,
): Generator<string> {
  yield '{"resources":[\n';
  for (let at = 0; at < resources.length; at += AT_ONCE) {
    const lines = resources.slice(at, at + AT_ONCE).map((one) => JSON.stringify(entryOf(one, names)));
    yield (at > 0 ? ",\n" : "") + lines.join(",\n");
  }
  yield "\n]}\n";
}

function entryOf(
  { kind, id, inputs, outputs }: ImportedResource,
  names: ReadonlyMap<string, string>,
): Properties {
  const { name, table } = KINDS[kind].lifecycle;
  const __provider = providerText(name);
  return {
    type: TYPE_PREFIX + name,
    name: names.get(id),
    id,
    inputs: { ...inputs, __provider },
    outputs: { ...secretly(withInnerSecrets(table, outputs)), __provider },
  };
}

function secretly(outputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => {
      if (isSecretName(name)) return [name, asSecret(value)];
      const isMarked = isRecord(value) && value[SIGNATURE] === SECRET;
      return [name, isMarked ? asSecret(value["value"]) : value];
    }),
  );
}
