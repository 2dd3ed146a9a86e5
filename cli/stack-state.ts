import { formerCardsOf } from "../provider/lifecycle/former-cards";
import { isRecord, type Properties, textsIn } from "../provider/values/record";
import { SECRET, SIGNATURE } from "../provider/values/secret-mark";
import { PulumiError, pulumi } from "./pulumi";

/** The state of a stack as `pulumi stack export --show-secrets` prints it; fields not named here stay as they are. */
export interface ExportedStack {
  deployment: {
    manifest: { time: string };
    resources?: StateResource[];
    pending_operations?: PendingOperation[];
  };
}

export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Properties;
  outputs?: Properties;
  parent?: string;
  /** `<urn>::<id>` of the provider resource. */
  provider?: string;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[]>;
  deletedWith?: string;
  additionalSecretOutputs?: string[];
  /** Already replaced, waiting to be deleted. */
  delete?: boolean;
  /** Already deleted, waiting to be created again. */
  pendingReplacement?: boolean;
  created?: string;
  modified?: string;
}

/** What was under way when a run was interrupted. */
export interface PendingOperation {
  resource: StateResource;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

export async function exportStack(stack: string | undefined): Promise<ExportedStack> {
  const printed = await pulumi(["stack", "export", "--show-secrets", ...stackFlag(stack)]);
  return JSON.parse(printed) as ExportedStack;
}

/** How many operations of killed runs the state still has. */
export async function countPendingOperations(stack: string | undefined): Promise<number> {
  const { deployment } = JSON.parse(await pulumi(["stack", "export", ...stackFlag(stack)])) as ExportedStack;
  return deployment.pending_operations?.length ?? 0;
}

/** Replaces the state. Pulumi encrypts its secrets again, and drops all pending operations. */
export async function importStack(stack: string | undefined, state: ExportedStack): Promise<void> {
  await pulumi(["stack", "import", ...stackFlag(stack)], JSON.stringify(state));
}

/** Name of a stack: the selected one, or the one that is meant. */
export async function selectedStack(stack: string | undefined): Promise<string> {
  return (await pulumi(["stack", "--show-name", ...stackFlag(stack)])).trim();
}

interface ConfigEntry {
  readonly value?: string;
  /** Whether it is encrypted. */
  readonly secret?: boolean;
}

/** The stack's config, secrets in clear, by whole names such as `seam:apiKey`. */
export async function configEntries(
  stack: string | undefined,
): Promise<Readonly<Record<string, ConfigEntry>>> {
  return JSON.parse(await pulumi(["config", "--show-secrets", "--json", ...stackFlag(stack)]));
}

/** Values of the stack's config. */
export async function stackConfig(stack: string | undefined): Promise<ReadonlyMap<string, string>> {
  return valuesOf(await configEntries(stack));
}

export function valuesOf(config: Readonly<Record<string, ConfigEntry>>): ReadonlyMap<string, string> {
  const entries = Object.entries(config);
  return new Map(entries.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])));
}

/** Ids of all that the stack holds in its state. */
async function idsOfStack(stack: string | undefined): Promise<Set<string>> {
  const state = JSON.parse(await pulumi(["stack", "export", ...stackFlag(stack)])) as ExportedStack;
  return new Set(idsHeldBy(state.deployment.resources ?? []));
}

/**
 * Ids of resources, of the memberships that users declare among their own inputs, and of cards that go on beside the
 * credentials in their place.
 */
export function idsHeldBy(resources: readonly StateResource[]): string[] {
  return resources.flatMap(({ id, inputs, outputs = {} }) => {
    if (id === undefined) return [];
    const memberships = textsIn(inputs?.["acsAccessGroupIds"]).map((group) => `${group}/${id}`);
    return [id, ...memberships, ...formerCardsOf(outputs).map(({ acsCredentialId }) => acsCredentialId)];
  });
}

/** Names of other projects' stacks have the project's in them. */
const QUALIFIED = "--fully-qualify-stack-names";

/**
 * Ids of all that other stacks hold in their state: those of the project, of the backend's other projects,
 * and of other organisations. Not all may be readable from here.
 */
export async function idsOfOtherStacks(
  stack: string | undefined,
): Promise<{ readonly ids: ReadonlySet<string>; readonly unread: readonly string[] }> {
  const own = (await pulumi(["stack", "--show-name", QUALIFIED, ...stackFlag(stack)])).trim();
  const listed = await pulumi(["stack", "ls", "--all", "--json", QUALIFIED]);
  const stacks = JSON.parse(listed) as { name: string }[];
  const ids = new Set<string>();
  const unread: string[] = [];
  for (const { name } of stacks) {
    if (name === own) continue;
    try {
      for (const id of await idsOfStack(name)) ids.add(id);
    } catch (error) {
      if (!(error instanceof PulumiError)) throw error;
      unread.push(name);
    }
  }
  return { ids, unread };
}

/** A value of the state without the wrapping of its secrets. */
export function revealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revealed);
  if (!isRecord(value)) return value;
  if (isSecret(value)) return JSON.parse(String(value["plaintext"]));
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, revealed(child)]));
}

/** A value as a secret of the state; `pulumi stack import` and `pulumi import` encrypt it. */
export function asSecret(value: unknown): Properties {
  return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) };
}

/** True for a value that is, or holds inside, a secret. */
export function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isRecord(value) && (isSecret(value) || Object.values(value).some(holdsSecret));
}

function isSecret(value: Properties): boolean {
  return value[SIGNATURE] === SECRET;
}

/** @throws Error for an empty name, such as of a variable that is not set: Pulumi would take the selected stack */
function stackFlag(stack: string | undefined): string[] {
  if (stack === "") throw new Error("--stack: the value is empty. Is a variable not set?");
  return stack === undefined ? [] : ["--stack", stack];
}
