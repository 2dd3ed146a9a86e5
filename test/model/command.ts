import type { PendingOperation, StateResource } from "../../cli/stack-state";
import { type Door, kept, type Opened, type Provider } from "../doors/in-process";
import { KIND_OF_TYPE, type KindName, type Properties } from "./program";

const URN = "urn:pulumi:dev::model::";
const PROVIDER_ID = "00000000-0000-4000-8000-000000000001";

export interface CommandOptions {
  readonly settings: { readonly endpoint?: string; readonly apiKey?: string };
  /** The process is killed when so many operations have begun: what they come to, nobody sees. */
  readonly killedAt?: number;
}

export interface Failure {
  readonly name: string;
  readonly message: string;
}

/** Nobody is there any more to see what comes of it. */
class Killed extends Error {}

/** One run of the CLI: a provider of its own, operations on a state, and what went wrong. */
export class Command {
  readonly failures: Failure[] = [];
  readonly notices: string[] = [];
  readonly pending = new Set<PendingOperation>();
  readonly resources: StateResource[];
  readonly #halfDone: Set<StateResource>;
  readonly #options: CommandOptions;
  readonly #door: Door;
  #opened: Opened | undefined;
  #begun = 0;

  constructor(
    door: Door,
    resources: readonly StateResource[],
    halfDone: Set<StateResource>,
    options: CommandOptions,
  ) {
    this.#door = door;
    this.resources = [...resources];
    this.#halfDone = halfDone;
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#opened = await this.#door.open(this.#options.settings, (text) => this.notices.push(text));
  }

  async close(): Promise<void> {
    await this.#opened?.close();
  }

  get isKilled(): boolean {
    return this.#begun >= (this.#options.killedAt ?? Number.POSITIVE_INFINITY);
  }

  providerOf({ type }: Pick<StateResource, "type">): Provider {
    return this.#opened?.providers[KIND_OF_TYPE.get(type) as KindName] as Provider;
  }

  typeOf(kind: KindName): string {
    return this.#door.typePrefix + kind;
  }

  urnOf(kind: KindName, name: string): string {
    return `${URN}${this.typeOf(kind)}::${name}`;
  }

  /** What the state file keeps. */
  saved(type: string, properties: Properties | undefined): Properties {
    return kept(this.#door, String(KIND_OF_TYPE.get(type)), properties);
  }

  isHalfDone(resource: StateResource): boolean {
    return this.#halfDone.has(resource);
  }

  /** @returns whether it went well */
  async attempt(name: string, act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) this.failures.push({ name, message: (error as Error).message });
      return false;
    }
  }

  async create(
    kind: KindName,
    name: string,
    inputs: Properties,
    dependencies: string[],
  ): Promise<StateResource> {
    const resource: StateResource = {
      urn: this.urnOf(kind, name),
      type: this.typeOf(kind),
      provider: `${defaultProvider(this.#door).urn}::${PROVIDER_ID}`,
      inputs,
      dependencies,
    };
    return this.#saving({ type: "creating", resource }, async () => {
      const { id, outs } = await this.providerOf(resource).create(inputs);
      return () => this.#add({ ...resource, id, outputs: this.saved(resource.type, outs) });
    });
  }

  async update(resource: StateResource, inputs: Properties, dependencies: string[]): Promise<StateResource> {
    const { id, outputs = {}, urn, type, provider = "" } = resource;
    // The engine's record of an update has no id.
    const operation = { type: "updating", resource: { urn, type, provider, inputs } } as const;
    return this.#saving(operation, async () => {
      const { outs } = await this.providerOf(resource).update(String(id), outputs, inputs);
      return () => {
        this.#halfDone.delete(resource);
        return Object.assign(resource, { inputs, dependencies, outputs: this.saved(type, outs) });
      };
    });
  }

  /** @param isForgotten false for what is deleted before its replacement */
  async delete(resource: StateResource, isForgotten = true): Promise<void> {
    await this.#saving({ type: "deleting", resource }, async () => {
      await this.providerOf(resource).delete(String(resource.id), resource.outputs ?? {});
      return () => {
        if (isForgotten) this.forget(resource);
        else resource.pendingReplacement = true;
        return resource;
      };
    });
  }

  forget(resource: StateResource): void {
    const at = this.resources.indexOf(resource);
    if (at >= 0) this.resources.splice(at, 1);
    this.#halfDone.delete(resource);
  }

  #add(resource: StateResource): StateResource {
    const isReplaced = ({ urn, pendingReplacement }: StateResource) =>
      urn === resource.urn && pendingReplacement;
    for (const old of this.resources.filter(isReplaced)) this.forget(old);
    this.resources.push(resource);
    return resource;
  }

  /** Does an operation; a partial failure saves the resource and is shown as failed. */
  async #saving(
    operation: PendingOperation,
    act: () => Promise<() => StateResource>,
  ): Promise<StateResource> {
    if (this.isKilled) throw new Killed();
    this.#begun++;
    this.pending.add(operation);
    try {
      const save = await act();
      if (this.isKilled) throw new Killed();
      this.pending.delete(operation);
      return save();
    } catch (error) {
      if (this.isKilled) throw new Killed();
      this.pending.delete(operation);
      this.#keep(operation.resource, error as { id?: string; properties?: Properties });
      throw error;
    }
  }

  #keep(resource: StateResource, { id, properties }: { id?: string; properties?: Properties }): void {
    if (id === undefined) return;
    const outputs = this.saved(resource.type, properties);
    const isIt = (one: StateResource) => one.urn === resource.urn && one.id === id && !one.delete;
    const known = this.resources.find(isIt);
    const kept = known
      ? Object.assign(known, { inputs: resource.inputs, outputs })
      : this.#add({ ...resource, id, outputs });
    this.#halfDone.add(kept);
  }
}

/** The provider resource that such a state has. */
export function defaultProvider({ providerType }: Door): StateResource {
  return { urn: `${URN}${providerType}::default`, type: providerType, id: PROVIDER_ID };
}
