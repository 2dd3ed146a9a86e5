import type * as pulumi from "@pulumi/pulumi";
import type { PendingOperation, StateResource } from "../../cli/stack-state";
import { dynamicProvider } from "../../provider/engine/dynamic";
import { Run } from "../../provider/lifecycle/run";
import { isRecord } from "../../provider/values/record";
import { SIGNATURE } from "../../provider/values/secret-mark";
import { KIND_OF_TYPE, type KindName, lifecycles, type Properties, typeOf } from "./program";

type Provider = Required<pulumi.dynamic.ResourceProvider<Properties, Properties>>;

const URN = "urn:pulumi:dev::model::";
const PROVIDER_REFERENCE =
  "urn:pulumi:dev::model::pulumi:providers:pulumi-nodejs::default::00000000-0000-4000-8000-000000000001";

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

/** One run of the CLI: a provider process of its own, operations on a state, and what went wrong. */
export class Command {
  readonly failures: Failure[] = [];
  readonly notices: string[] = [];
  readonly pending = new Set<PendingOperation>();
  readonly resources: StateResource[];
  readonly #halfDone: Set<StateResource>;
  readonly #options: CommandOptions;
  readonly #providers: Readonly<Record<string, Provider>>;
  #begun = 0;

  constructor(resources: readonly StateResource[], halfDone: Set<StateResource>, options: CommandOptions) {
    this.resources = [...resources];
    this.#halfDone = halfDone;
    this.#options = options;
    const run = new Run((text) => this.notices.push(text));
    this.#providers = Object.fromEntries(
      Object.entries(lifecycles).map(([kind, lifecycle]) => [
        typeOf(kind as KindName),
        dynamicProvider(lifecycle, run) as Provider,
      ]),
    );
  }

  async configure(): Promise<void> {
    const { endpoint, apiKey } = this.#options.settings;
    const config: Record<string, string | undefined> = { "seam:endpoint": endpoint, "seam:apiKey": apiKey };
    const get = (key: string) => config[key];
    for (const provider of Object.values(this.#providers)) {
      await provider.configure({ config: { get, require: (key) => get(key) as string } });
    }
  }

  get isKilled(): boolean {
    return this.#begun >= (this.#options.killedAt ?? Number.POSITIVE_INFINITY);
  }

  providerOf({ type }: Pick<StateResource, "type">): Provider {
    return this.#providers[type] as Provider;
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
      urn: urnOf(kind, name),
      type: typeOf(kind),
      provider: PROVIDER_REFERENCE,
      inputs,
      dependencies,
    };
    return this.#saving({ type: "creating", resource }, async () => {
      const { id, outs } = await this.providerOf(resource).create(inputs);
      return () => this.#add({ ...resource, id, outputs: saved(outs, providerText(resource.type)) });
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
        return Object.assign(resource, { inputs, dependencies, outputs: saved(outs, providerText(type)) });
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
    const outputs = saved(properties, providerText(resource.type));
    const isIt = (one: StateResource) => one.urn === resource.urn && one.id === id && !one.delete;
    const known = this.resources.find(isIt);
    const kept = known
      ? Object.assign(known, { inputs: resource.inputs, outputs })
      : this.#add({ ...resource, id, outputs });
    this.#halfDone.add(kept);
  }
}

export function urnOf(kind: KindName, name: string): string {
  return `${URN}${typeOf(kind)}::${name}`;
}

export function providerText(type: string): string {
  return `exports.handler=()=>require("pulumi-seam/provider").${KIND_OF_TYPE.get(type)}`;
}

/** What the state file keeps: JSON; here with secrets in clear, as the provider gets them again. */
export function saved(properties: Properties | undefined, __provider: string): Properties {
  return JSON.parse(JSON.stringify({ ...properties, __provider }), (_, value) =>
    isRecord(value) && SIGNATURE in value ? value["value"] : value,
  );
}
