import { Accounts } from "../../cli/accounts";
import { settled } from "../../cli/recover/apply";
import type { Finding } from "../../cli/recover/findings";
import { judge } from "../../cli/recover/judge";
import { outputsOfInputs } from "../../cli/recover/saved";
import { type ExportedStack, revealed, type StateResource } from "../../cli/stack-state";
import { Run } from "../../provider/lifecycle/run";
import { nameInUrn } from "../../provider/values/urn";
import { type Door, LIFECYCLES } from "../doors/in-process";
import { Command, type CommandOptions, defaultProvider, type Failure } from "./command";
import { type Declaration, KIND_OF_TYPE, type Program, type Properties } from "./program";
import { StepGenerator } from "./step-generator";

/** What a command has come to. */
export interface Outcome {
  readonly failures: readonly Failure[];
  /** What the provider told the user besides. */
  readonly notices: readonly string[];
}

export interface UpOptions extends Partial<CommandOptions> {
  readonly refresh?: boolean;
  readonly continueOnError?: boolean;
  /** Names; all when left out. */
  readonly targets?: ReadonlySet<string>;
  /** Names of what is made anew whatever its diff says. */
  readonly replace?: ReadonlySet<string>;
}

/**
 * The engine's side of the contract: which method of the real provider code is called when, and what is saved. It does
 * what Pulumi's step generator does (`resource/deploy/step_generator.go`), as far as such programs need it: thousands of
 * random runs on the real engine would take days. What is asserted of the real one stands in `test/engine`.
 */
export class MiniEngine {
  readonly #door: Door;
  readonly #settings: { readonly endpoint: string; readonly apiKey: string };
  /** Resources whose last operation failed half-way: the next `up` updates them whatever the diff says. */
  readonly #halfDone = new Set<StateResource>();
  state: ExportedStack;

  constructor(door: Door, settings: { readonly endpoint: string; readonly apiKey: string }) {
    this.#door = door;
    this.state = { deployment: { manifest: { time: "" }, resources: [defaultProvider(door)] } };
    this.#settings = settings;
  }

  /** What the state has in Seam, also what only waits to be deleted. */
  get resources(): readonly StateResource[] {
    return this.#all.filter(({ type, pendingReplacement }) => KIND_OF_TYPE.has(type) && !pendingReplacement);
  }

  find(name: string): StateResource | undefined {
    return this.#all.find(
      (one) =>
        nameInUrn(one.urn) === name && !one.delete && !one.pendingReplacement && KIND_OF_TYPE.has(one.type),
    );
  }

  async up(program: Program, options: UpOptions = {}): Promise<Outcome> {
    return this.#run(options, async (command) => {
      if (options.refresh) await this.#refresh(command);
      if (command.failures.length > 0) return;
      const generator = new StepGenerator(command, program, options);
      await generator.registerAll();
      if (command.failures.length > 0 && !options.continueOnError) return;
      await generator.deleteLeftOver();
    });
  }

  async refresh(options: Partial<CommandOptions> = {}): Promise<Outcome> {
    return this.#run(options, (command) => this.#refresh(command));
  }

  async destroy(options: Partial<CommandOptions> = {}): Promise<Outcome> {
    return this.#run(options, (command) => new StepGenerator(command, new Map(), {}).deleteLeftOver());
  }

  /**
   * What `pulumi-seam recover --apply --delete-orphans` does, without the command line.
   * @param choose decides what only a person can
   */
  async recover(choose: (finding: Finding & { verdict: "ambiguous" }) => string): Promise<void> {
    const accounts = new Accounts(
      new Map(Object.entries(this.#settings).map(([name, value]) => [`seam:${name}`, value])),
      this.#all,
      { environment: {} },
    );
    const judged = (choices: ReadonlyMap<string, string>) =>
      judge(this.state, {
        accounts,
        ownedElsewhere: async () => ({ ids: new Set<string>(), unread: [] }),
        choices,
        waitSeconds: 0,
        onWait: () => undefined,
      });
    const choices = new Map<string, string>();
    let findings = await judged(choices);
    for (const finding of findings) {
      if (finding.verdict !== "ambiguous") continue;
      const free = finding.candidates.filter(({ id }) => ![...choices.values()].includes(id));
      choices.set(
        finding.operation.resource.urn,
        free.length > 0 ? choose({ ...finding, candidates: free }) : "none",
      );
    }
    if (choices.size > 0) findings = await judged(choices);
    const open = findings.filter(({ verdict }) => verdict === "ambiguous" || verdict === "foreign");
    if (open.length > 0) throw new Error(`recover leaves open: ${JSON.stringify(open)}`);
    // As `pulumi stack import` takes it: JSON, of which the provider gets the secrets in clear.
    this.state = JSON.parse(JSON.stringify(revealed(await settled(this.state, findings, accounts))));
    for (const finding of findings) {
      if (finding.verdict !== "orphan") continue;
      const { type, provider, inputs = {} } = finding.operation.resource;
      const lifecycle = LIFECYCLES[KIND_OF_TYPE.get(type) as Declaration["kind"]];
      const { __provider, ...declared } = inputs;
      const options = { run: new Run(), awaitGone: false };
      await lifecycle.remove(
        await accounts.clientOf(provider),
        finding.id,
        outputsOfInputs(lifecycle, declared as Properties),
        options,
      );
    }
  }

  get #all(): StateResource[] {
    return this.state.deployment.resources ?? [];
  }

  /** A command is a process of its own; a killed one leaves pending operations. */
  async #run(options: Partial<CommandOptions>, act: (command: Command) => Promise<void>): Promise<Outcome> {
    const command = new Command(this.#door, this.#all, this.#halfDone, {
      ...options,
      settings: { ...this.#settings, ...options.settings },
    });
    const time = new Date().toISOString();
    await command.open();
    try {
      await act(command);
    } finally {
      await command.close();
    }
    const pending = [...command.pending];
    this.state = {
      deployment: {
        manifest: { time },
        resources: command.resources,
        ...(pending.length > 0 && { pending_operations: pending }),
      },
    };
    return { failures: command.failures, notices: command.notices };
  }

  async #refresh(command: Command): Promise<void> {
    const known = command.resources.filter(
      ({ type, pendingReplacement }) => KIND_OF_TYPE.has(type) && !pendingReplacement,
    );
    await Promise.all(
      known.map((resource) =>
        command.attempt(nameInUrn(resource.urn), async () => {
          const provider = command.providerOf(resource);
          const { inputs = {}, outputs = {} } = resource;
          const read = await provider.read(String(resource.id), outputs);
          if (!read.id) return command.forget(resource);
          const seen = {
            inputs: command.saved(resource.type, read.inputs),
            outputs: command.saved(resource.type, read.props),
          };
          // The engine shows what a refresh has found, and asks the provider for the difference.
          await provider.diff(String(resource.id), seen.outputs, inputs);
          Object.assign(resource, seen);
          this.#halfDone.delete(resource);
        }),
      ),
    );
  }
}
