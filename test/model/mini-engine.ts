import { isDeepStrictEqual } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import { Accounts } from "../../cli/accounts";
import { settled } from "../../cli/recover/apply";
import { judge } from "../../cli/recover/judge";
import type { ExportedStack, PendingOperation, StateResource } from "../../cli/stack-state";
import { AcsCredential } from "../../provider";

type Properties = Record<string, unknown>;
type Provider = Required<pulumi.dynamic.ResourceProvider<Properties, Properties>>;

export const TYPE = "pulumi-nodejs:dynamic/seam:AcsCredential";
const PROVIDER = 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential';
const URN = `urn:pulumi:dev::model::${TYPE}::`;
const DEFAULT_PROVIDER: StateResource = {
  urn: "urn:pulumi:dev::model::pulumi:providers:pulumi-nodejs::default",
  type: "pulumi:providers:pulumi-nodejs",
  id: "00000000-0000-4000-8000-000000000001",
};
const PROVIDER_REFERENCE = `${DEFAULT_PROVIDER.urn}::${DEFAULT_PROVIDER.id}`;

/**
 * The engine's side of the contract, as far as one resource type without dependencies needs it: which provider method
 * is called when, and what is saved. Hundreds of random runs on the real engine would take hours; what is asserted of
 * the real one stands in `test/engine`.
 */
export class MiniEngine {
  readonly #provider = AcsCredential as Provider;
  readonly #config: ReadonlyMap<string, string>;
  /** Resources whose last operation failed half-way: the next `up` updates them whatever the diff says. */
  readonly #failed = new Set<string>();
  state: ExportedStack = { deployment: { manifest: { time: "" }, resources: [DEFAULT_PROVIDER] } };

  constructor(settings: { readonly endpoint: string; readonly apiKey: string }) {
    this.#config = new Map([
      ["seam:endpoint", settings.endpoint],
      ["seam:apiKey", settings.apiKey],
    ]);
  }

  /** The credentials in the state. */
  get resources(): StateResource[] {
    return (this.state.deployment.resources ?? []).filter(({ type }) => type === TYPE);
  }

  /** @returns the messages of what failed */
  async up(program: ReadonlyMap<string, Properties>): Promise<string[]> {
    await this.#configure();
    const deleted = new Set<StateResource>(this.resources.filter((resource) => resource.delete));
    const errors: string[] = [];
    await Promise.all(
      [...program].map(([name, args]) =>
        this.#deploy(name, { ...args, __provider: PROVIDER }, deleted).catch((error: Error) =>
          errors.push(error.message),
        ),
      ),
    );
    if (errors.length > 0) return errors;
    for (const resource of this.resources) if (!program.has(nameOf(resource))) deleted.add(resource);
    await Promise.all(
      [...deleted].map((resource) =>
        this.#delete(resource).catch((error: Error) => errors.push(error.message)),
      ),
    );
    return errors;
  }

  async refresh(): Promise<string[]> {
    await this.#configure();
    const errors: string[] = [];
    await Promise.all(
      this.resources.map(async (resource) => {
        try {
          const read = await this.#provider.read(resource.id as string, resource.outputs as Properties);
          if (!read.id) this.#forget(resource);
          else Object.assign(resource, { inputs: saved(read.inputs), outputs: saved(read.props) });
        } catch (error) {
          errors.push((error as Error).message);
        }
      }),
    );
    return errors;
  }

  /** An `up` that is killed: what it was creating is in Seam, perhaps, and in no state but as pending operations. */
  async killedUp(program: ReadonlyMap<string, Properties>): Promise<void> {
    await this.#configure();
    const began = new Date().toISOString();
    const pending: PendingOperation[] = [];
    const underWay: Promise<unknown>[] = [];
    for (const [name, args] of program) {
      if (this.#find(name)) continue;
      const inputs = saved({ ...args, __provider: PROVIDER });
      pending.push({
        type: "creating",
        resource: { urn: URN + name, type: TYPE, provider: PROVIDER_REFERENCE, inputs },
      });
      underWay.push(this.#provider.create(inputs).catch(() => undefined));
    }
    await Promise.all(underWay);
    this.state = {
      deployment: { ...this.state.deployment, manifest: { time: began }, pending_operations: pending },
    };
  }

  /** What `pulumi-seam recover --apply --delete-orphans` does, without the command line. */
  async recover(): Promise<void> {
    const accounts = new Accounts(this.#config, []);
    const findings = await judge(this.state, {
      accounts,
      ownedElsewhere: async () => ({ ids: new Set<string>(), unread: [] }),
      choices: new Map(),
      waitSeconds: 0,
      onWait: () => undefined,
    });
    const open = findings.filter(({ verdict }) => !["import", "clear"].includes(verdict));
    if (open.length > 0) throw new Error(`recover leaves open: ${JSON.stringify(open)}`);
    this.state = await settled(this.state, findings, accounts);
  }

  /** First calls race in the real process too, but every process has one account: here they follow each other. */
  async #configure(): Promise<void> {
    const get = (key: string) => this.#config.get(key);
    await this.#provider.configure({ config: { get, require: (key) => get(key) as string } });
  }

  async #deploy(name: string, args: Properties, deleted: Set<StateResource>): Promise<void> {
    const existing = this.#find(name);
    const inputs = await this.#check(existing?.inputs ?? {}, args);
    if (!existing) return this.#create(name, inputs);
    const id = existing.id as string;
    const outputs = existing.outputs as Properties;
    const diff = await this.#provider.diff(id, outputs, inputs);
    const isChanged = diff.changes ?? !isDeepStrictEqual(inputs, existing.inputs);
    if (isChanged && diff.replaces && diff.replaces.length > 0) {
      const news = await this.#check({}, args);
      if (diff.deleteBeforeReplace) {
        await this.#delete(existing);
        return this.#create(name, news);
      }
      // Set aside, so that the new one can take its name in the state.
      existing.delete = true;
      try {
        await this.#create(name, news);
      } catch (error) {
        existing.delete = false;
        throw error;
      }
      deleted.add(existing);
      return;
    }
    if (!isChanged && !this.#failed.has(name)) return;
    await this.#saving(name, inputs, async () => {
      const { outs } = await this.#provider.update(id, outputs, inputs);
      Object.assign(existing, { inputs, outputs: saved(outs) });
    });
  }

  async #check(olds: Properties, args: Properties): Promise<Properties> {
    const { inputs, failures } = await this.#provider.check(olds, saved(args));
    if (failures && failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return saved({ ...inputs, __provider: PROVIDER });
  }

  async #create(name: string, inputs: Properties): Promise<void> {
    await this.#saving(name, inputs, async () => {
      const { id, outs } = await this.#provider.create(inputs);
      this.#save({ urn: URN + name, type: TYPE, id, inputs, outputs: saved(outs) });
    });
  }

  /** Runs a create or update; a partial failure saves the resource and is shown as failed. */
  async #saving(name: string, inputs: Properties, act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.#failed.delete(name);
    } catch (error) {
      const partial = error as { id?: string; properties?: Properties };
      if (partial.id !== undefined) {
        const resource = {
          urn: URN + name,
          type: TYPE,
          id: partial.id,
          inputs,
          outputs: saved(partial.properties),
        };
        const existing = this.resources.find((one) => one.id === partial.id);
        if (existing) Object.assign(existing, resource);
        else this.#save(resource);
        this.#failed.add(name);
      }
      throw error;
    }
  }

  async #delete(resource: StateResource): Promise<void> {
    await this.#provider.delete(resource.id as string, resource.outputs as Properties);
    this.#forget(resource);
  }

  #find(name: string): StateResource | undefined {
    return this.resources.find((resource) => nameOf(resource) === name && !resource.delete);
  }

  #save(resource: StateResource): void {
    this.state.deployment.resources = [...(this.state.deployment.resources ?? []), resource];
  }

  #forget(resource: StateResource): void {
    this.state.deployment.resources =
      this.state.deployment.resources?.filter((other) => other !== resource) ?? [];
  }
}

export function nameOf({ urn }: StateResource): string {
  return urn.slice(URN.length);
}

/** What the state file keeps: JSON. */
function saved(properties: Properties | undefined): Properties {
  return JSON.parse(JSON.stringify({ ...properties, __provider: PROVIDER }));
}
