import { withFormerCards } from "../../provider/lifecycle/former-cards";
import { Run } from "../../provider/lifecycle/run";
import { nameInUrn } from "../../provider/values/urn";
import type { Accounts } from "../accounts";
import { lifecycleOf } from "../lifecycles";
import { type ExportedStack, revealed, type StateResource } from "../stack-state";
import type { Finding } from "./findings";
import { declaredOutputs, outputsOfInputs, withSecrets } from "./saved";

/** The state with what was found put right, and no pending operations. `state` stays as it is. */
export async function settled(
  state: ExportedStack,
  findings: readonly Finding[],
  accounts: Accounts,
): Promise<ExportedStack> {
  let resources = [...(state.deployment.resources ?? [])];
  for (const finding of findings) {
    const { operation } = finding;
    const { urn } = operation.resource;
    const at = resources.findIndex((other) => other.urn === urn && !other.delete);
    switch (finding.verdict) {
      case "import": {
        const imported = await created(operation.resource, finding.id, resources, accounts);
        // What is there was deleted to make room for this one.
        if (at >= 0) resources[at] = imported;
        else resources.push(imported);
        break;
      }
      case "replace": {
        const imported = await created(operation.resource, finding.id, resources, accounts);
        const old = resources[at] as StateResource;
        // As the engine does it: the new one is the resource, and the old one waits to be deleted.
        resources.splice(at, 1, besideCardsOf(old, imported), { ...old, delete: true });
        break;
      }
      case "refresh": {
        const known = resources.findIndex((other) => other.urn === urn && other.id === finding.id);
        resources[known] = await refreshed(resources[known] as StateResource, finding.id, accounts);
        break;
      }
      case "drop":
        resources = resources.filter((other) => other.urn !== urn || other.id !== finding.id);
        break;
    }
  }
  const { pending_operations: _, ...deployment } = state.deployment;
  return { ...state, deployment: { ...deployment, resources } };
}

/** The resource as the engine would have saved it, had it seen the answer to the create. */
async function created(
  resource: StateResource,
  id: string,
  resources: readonly StateResource[],
  accounts: Accounts,
): Promise<StateResource> {
  const { __provider, ...inputs } = revealed(resource.inputs ?? {}) as Record<string, unknown>;
  const provider = currentProvider(resource, resources);
  const lifecycle = lifecycleOf(resource.type);
  const outputs = lifecycle && outputsOfInputs(lifecycle, inputs);
  const seam = await accounts.clientOf(provider);
  // A membership learns it from its create alone, and a stack whose workspace nothing tells takes any key.
  const { workspaceId } = await seam.workspace();
  const observed = outputs && (await lifecycle.read(seam, id, { ...outputs, workspaceId }, new Run()));
  if (!observed) throw changedMeanwhile(resource, id);
  const now = new Date().toISOString();
  return {
    ...resource,
    id,
    provider,
    outputs: withSecrets({ ...observed.outputs, __provider }, resource),
    created: now,
    modified: now,
  };
}

/** Cards that were encoded for the old one go on beside the new one, as if the run had ended. */
function besideCardsOf(old: StateResource, imported: StateResource): StateResource {
  const outputs = revealed(old.outputs ?? {}) as Record<string, unknown>;
  const inputs = revealed(imported.inputs ?? {}) as Record<string, unknown>;
  const cards = lifecycleOf(old.type)?.outlivingCards?.(outputs, inputs) ?? [];
  return { ...imported, outputs: withFormerCards(imported.outputs ?? {}, cards) };
}

async function refreshed(resource: StateResource, id: string, accounts: Accounts): Promise<StateResource> {
  const seam = await accounts.clientOf(resource.provider);
  const outputs = declaredOutputs(resource);
  const observed = await lifecycleOf(resource.type)?.read(seam, id, outputs, new Run());
  if (!observed) throw changedMeanwhile(resource, id);
  const __provider = resource.inputs?.["__provider"];
  return {
    ...resource,
    inputs: withSecrets({ ...observed.inputs, __provider }, { inputs: resource.inputs ?? {} }),
    outputs: withSecrets({ ...observed.outputs, __provider }, resource),
    modified: new Date().toISOString(),
  };
}

/** The provider that the operation ran in, or the one that a later run put in its place. */
function currentProvider({ provider = "", urn }: StateResource, resources: readonly StateResource[]): string {
  const references = resources
    .filter(({ type, delete: isOld }) => type.startsWith("pulumi:providers:") && !isOld)
    .map((other) => `${other.urn}::${other.id}`);
  const providerUrn = provider.slice(0, provider.lastIndexOf("::"));
  const found =
    references.find((reference) => reference === provider) ??
    references.find((reference) => reference.startsWith(`${providerUrn}::`));
  if (found) return found;
  throw new Error(
    `${nameInUrn(urn)} cannot be taken into the state: its provider ${nameInUrn(providerUrn)} is not in the stack any more. Run \`pulumi up\` with a program that declares that provider, then this command again.`,
  );
}

function changedMeanwhile({ urn }: StateResource, id: string): Error {
  return new Error(
    `${nameInUrn(urn)}: ${id} was deleted in Seam while this command ran. Nothing was applied. Run it again.`,
  );
}
