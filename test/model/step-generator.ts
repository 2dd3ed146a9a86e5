import { isDeepStrictEqual } from "node:util";
import type { StateResource } from "../../cli/stack-state";
import { UNKNOWN } from "../../provider/values/unknown";
import { nameInUrn } from "../../provider/values/urn";
import type { Command } from "./command";
import { type Declaration, KIND_OF_TYPE, type Program, type Properties } from "./program";

interface Options {
  readonly targets?: ReadonlySet<string>;
  readonly replace?: ReadonlySet<string>;
  readonly continueOnError?: boolean;
}

/** What the engine does to one resource, once it has asked the provider. */
type Steps = () => Promise<StateResource | undefined>;

/**
 * Plans one resource after the other (check, then diff), as the engine's only step generator does, while the steps of
 * those before are under way. What others refer to has to be there before they are planned.
 */
export class StepGenerator {
  readonly #command: Command;
  readonly #program: Program;
  readonly #options: Options;
  readonly #outputs = new Map<string, Promise<Properties | undefined>>();
  /** Replaced, to be deleted at the end. */
  readonly #outlived: StateResource[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(command: Command, program: Program, options: Options) {
    this.#command = command;
    this.#program = program;
    this.#options = options;
  }

  async registerAll(): Promise<void> {
    for (const [name, declaration] of this.#program)
      this.#outputs.set(name, this.#register(name, declaration));
    await Promise.all(this.#outputs.values());
  }

  /** What the program no longer declares, and what was replaced: what hangs on others first. */
  async deleteLeftOver(): Promise<void> {
    const { targets } = this.#options;
    const before = this.#command.resources.filter((resource) => {
      const isDeclared = this.#program.has(nameInUrn(resource.urn)) && !resource.delete;
      return (
        KIND_OF_TYPE.has(resource.type) && !isDeclared && (!targets || targets.has(nameInUrn(resource.urn)))
      );
    });
    let left = [...new Set([...before, ...this.#outlived])];
    while (left.length > 0) {
      const needed = new Set(left.flatMap(({ dependencies = [] }) => dependencies));
      const next = left.filter(({ urn }) => !needed.has(urn));
      const done = await Promise.all(
        (next.length > 0 ? next : left).map((resource) =>
          this.#command.attempt(nameInUrn(resource.urn), async () => {
            if (resource.pendingReplacement) this.#command.forget(resource);
            else await this.#command.delete(resource);
          }),
        ),
      );
      if (done.includes(false) || next.length === 0) return;
      left = left.filter((resource) => !next.includes(resource));
    }
  }

  /** @returns the resource's outputs, or `undefined` when there are none */
  async #register(name: string, declaration: Declaration): Promise<Properties | undefined> {
    const given: Properties = {};
    for (const [property, { of, output }] of Object.entries(declaration.references ?? {})) {
      const outputs = await this.#outputs.get(of);
      if (!outputs) return undefined;
      given[property] = outputs[output];
    }
    const type = this.#command.typeOf(declaration.kind);
    const args = this.#command.saved(type, { ...declaration.inputs, ...given });
    let outputs: Properties | undefined;
    await this.#command.attempt(name, async () => {
      const steps = await this.#inTurn(() => this.#plan(name, declaration, args));
      outputs = (await steps())?.outputs;
    });
    return outputs;
  }

  async #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #plan(name: string, declaration: Declaration, args: Properties): Promise<Steps> {
    if (this.#command.failures.length > 0 && !this.#options.continueOnError) return async () => undefined;
    const { kind } = declaration;
    const old = this.#findOld(name, declaration);
    const isTargeted = this.#options.targets?.has(name) ?? true;
    if (!isTargeted) return async () => old;
    const dependencies = this.#dependenciesOf(declaration);
    const isReplaced = this.#options.replace?.has(name) === true;
    const isFresh = !old || old.pendingReplacement || isReplaced;
    const inputs = await this.#check(kind, isFresh ? {} : (old.inputs ?? {}), args);
    if (!old || old.pendingReplacement) return () => this.#command.create(kind, name, inputs, dependencies);

    const { id, outputs = {} } = old;
    const diff = isReplaced
      ? { changes: true, replaces: ["id"], deleteBeforeReplace: false }
      : await this.#command.providerOf(old).diff(String(id), outputs, inputs);
    const isChanged = diff.changes ?? !isDeepStrictEqual(inputs, old.inputs);
    if (isChanged && diff.replaces && diff.replaces.length > 0) {
      const news = isReplaced ? inputs : await this.#check(kind, {}, args);
      const isDeletedFirst = declaration.deleteFirst ?? diff.deleteBeforeReplace;
      const condemned = isDeletedFirst ? await this.#dependentReplacements(old) : [];
      return async () => {
        if (isDeletedFirst) {
          for (const resource of [...condemned, old]) await this.#command.delete(resource, false);
          return this.#command.create(kind, name, news, dependencies);
        }
        try {
          return await this.#command.create(kind, name, news, dependencies);
        } finally {
          // Also what was made half takes the old one's place.
          if (this.#command.resources.some((one) => one !== old && one.urn === old.urn && !one.delete)) {
            old.delete = true;
            this.#outlived.push(old);
          }
        }
      };
    }
    if (!isChanged && !this.#command.isHalfDone(old)) {
      return async () => Object.assign(old, { dependencies });
    }
    return () => this.#command.update(old, inputs, dependencies);
  }

  async #check(kind: Declaration["kind"], olds: Properties, args: Properties): Promise<Properties> {
    const type = this.#command.typeOf(kind);
    const { inputs, failures } = await this.#command.providerOf({ type }).check(olds, args);
    if (failures && failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return this.#command.saved(type, inputs);
  }

  /** What the state has under the name, or under an alias: then it bears the name from now on. */
  #findOld(name: string, { kind, aliases = [] }: Declaration): StateResource | undefined {
    for (const known of [name, ...aliases]) {
      const old = this.#command.resources.find(
        ({ urn, delete: isOld }) => urn === this.#command.urnOf(kind, known) && !isOld,
      );
      if (!old) continue;
      const before = old.urn;
      old.urn = this.#command.urnOf(kind, name);
      for (const other of this.#command.resources) {
        other.dependencies = other.dependencies?.map((urn) => (urn === before ? old.urn : urn)) ?? [];
      }
      return old;
    }
    return undefined;
  }

  #dependenciesOf({ references = {} }: Declaration): string[] {
    return Object.values(references).map(({ of }) =>
      this.#command.urnOf(this.#program.get(of)?.kind as Declaration["kind"], of),
    );
  }

  /** What would be replaced by a change of what it refers to: it has to go before that. What hangs on others first. */
  async #dependentReplacements(root: StateResource): Promise<StateResource[]> {
    const condemned: StateResource[] = [];
    for (const resource of this.#command.resources) {
      if (!resource.dependencies?.includes(root.urn) || resource.delete || resource.pendingReplacement)
        continue;
      const { references = {} } = this.#program.get(nameInUrn(resource.urn)) ?? {};
      const unknown = Object.entries(references).flatMap(([property, { of }]) =>
        of === nameInUrn(root.urn) ? [[property, UNKNOWN]] : [],
      );
      const inputs = { ...resource.inputs, ...Object.fromEntries(unknown) };
      const provider = this.#command.providerOf(resource);
      const { replaces = [] } = await provider.diff(String(resource.id), resource.outputs ?? {}, inputs);
      if (replaces.length > 0) condemned.push(...(await this.#dependentReplacements(resource)), resource);
    }
    return condemned;
  }
}
