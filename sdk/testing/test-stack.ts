import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type {
  Deployment,
  DestroyOptions,
  PreviewOptions,
  RefreshOptions,
  Stack,
  UpOptions,
} from "@pulumi/pulumi/automation";
import { type Diagnostic, EngineEvents, type Operation } from "./engine-events";

export type StackCommand = "up" | "preview" | "refresh" | "destroy";

/** What one Pulumi command did. */
export interface StackResult {
  readonly command: StackCommand;
  /** One for each resource and step, in the order in which they ended; resources that stay (`same`) too. */
  readonly operations: readonly Operation[];
  /** What Pulumi printed: warnings, and what programs and providers log. */
  readonly diagnostics: readonly Diagnostic[];
  /** The stack's outputs, secrets in clear; in a preview secrets and what is not known yet are placeholders. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A Pulumi command failed; the message holds every error that it printed. */
export class StackError extends Error {
  override readonly name = "StackError";
  readonly command: StackCommand;
  /** What was done before, and what failed. */
  readonly operations: readonly Operation[];
  readonly diagnostics: readonly Diagnostic[];

  /** @internal */
  constructor(command: StackCommand, events: EngineEvents, cause: unknown) {
    const errors = events.diagnostics.filter(({ severity }) => severity === "error");
    const printed = errors.map(({ message, urn }) => (urn === undefined ? message : `${urn}: ${message}`));
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`pulumi ${command} failed:\n${printed.join("\n") || reason}`, { cause });
    this.command = command;
    this.operations = events.operations;
    this.diagnostics = events.diagnostics;
  }
}

/** What is read of the file in which Pulumi keeps a state. */
interface StoredState {
  readonly checkpoint: { readonly latest?: { readonly resources?: readonly unknown[] } };
}

/**
 * A stack of its own for one test. Its commands take the Automation API's options; `up` and `preview`
 * take another `program` too.
 */
export class TestStack {
  /** The Automation API's stack, for what this class does not offer. */
  readonly automation: Stack;
  /** The file with the state as it is stored: secrets encrypted. There is one after the first `up`. */
  readonly stateFile: string;
  readonly #running = new Map<Promise<unknown>, string>();
  #hasEnded = false;
  #onStep = () => {};

  /** @internal */
  constructor(automation: Stack, stateFile: string) {
    this.automation = automation;
    this.stateFile = stateFile;
    // After each command the Automation API asks for outputs and history: three more starts of the CLI,
    // which take longer than the command itself. The engine's events have the outputs.
    automation.info = async () => undefined;
    automation.outputs = async () => ({});
  }

  /** Deploys, without a preview before. @throws StackError */
  up(options?: UpOptions): Promise<StackResult> {
    return this.#track("up", () => this.#run("up", options, (complete) => this.automation.up(complete)));
  }

  /** Shows what `up` would do. @throws StackError */
  preview(options?: PreviewOptions): Promise<StackResult> {
    return this.#track("preview", () =>
      this.#run("preview", options, (complete) => this.automation.preview(complete)),
    );
  }

  /** Takes over what is there into the state. Drift shows as `update`, what is gone as `delete`. @throws StackError */
  refresh(options?: RefreshOptions): Promise<StackResult> {
    return this.#track("refresh", () =>
      this.#run("refresh", options, (complete) => this.automation.refresh(complete)),
    );
  }

  /** Deletes the stack's resources. @throws StackError */
  destroy(options?: DestroyOptions): Promise<StackResult> {
    return this.#track("destroy", () => this.#destroy(options));
  }

  /** The state, secrets in clear; see {@link stateFile} for what is stored. */
  exportStack(): Promise<Deployment> {
    return this.#track("stack export", () => this.automation.exportStack());
  }

  /** Replaces the state. */
  importStack(state: Deployment): Promise<void> {
    return this.#track("stack import", () => this.automation.importStack(state));
  }

  /** @internal A test that does not wait for a command sees neither what it does nor that it fails. */
  requireIdle(): void {
    if (this.#running.size === 0) return;
    const commands = [...this.#running.values()].map((command) => `\`pulumi ${command}\``);
    throw new Error(
      `The test ended while ${commands.join(" and ")} still ran: await what the stack's methods return.`,
    );
  }

  /**
   * @internal Waits for commands that still run, lets no other one begin, and leaves nothing behind, protected
   * resources included.
   * @param onStep called whenever something was done to a resource
   */
  async clear(onStep: () => void): Promise<void> {
    this.#hasEnded = true;
    this.#onStep = onStep;
    await Promise.allSettled(this.#running.keys());
    if (!(await this.#holdsResources())) return;
    await this.#destroy().catch(async (error: unknown) => {
      const state = await this.automation.exportStack();
      const resources: { protect?: boolean }[] = state.deployment?.resources ?? [];
      if (!resources.some(({ protect }) => protect)) throw error;
      for (const resource of resources) delete resource.protect;
      await this.automation.importStack(state);
      await this.#destroy();
    });
  }

  #destroy(options?: DestroyOptions): Promise<StackResult> {
    return this.#run("destroy", options, (complete) => this.automation.destroy(complete));
  }

  async #holdsResources(): Promise<boolean> {
    if (!existsSync(this.stateFile)) return false;
    const state: StoredState = JSON.parse(await readFile(this.stateFile, "utf8"));
    return (state.checkpoint.latest?.resources ?? []).length > 0;
  }

  #track<T>(command: string, start: () => Promise<T>): Promise<T> {
    if (this.#hasEnded)
      return Promise.reject(new Error(`pulumi ${command}: the test that this stack was made for has ended`));
    const tracked = start().finally(() => this.#running.delete(tracked));
    this.#running.set(tracked, command);
    return tracked;
  }

  async #run<O extends { onEvent?: UpOptions["onEvent"] }>(
    command: StackCommand,
    options: O | undefined,
    run: (complete: O) => Promise<unknown>,
  ): Promise<StackResult> {
    const events = new EngineEvents();
    const onEvent: UpOptions["onEvent"] = (event) => {
      events.onEvent(event);
      if (event.resOutputsEvent ?? event.resOpFailedEvent) this.#onStep();
      options?.onEvent?.(event);
    };
    try {
      await run({ ...options, onEvent } as O);
    } catch (error) {
      throw new StackError(command, events, error);
    }
    const isSecretKnown = events.hasSecretOutputs && command !== "preview" && command !== "destroy";
    return {
      command,
      operations: events.operations,
      diagnostics: events.diagnostics,
      outputs: isSecretKnown ? await this.#outputsInClear() : events.outputs,
    };
  }

  async #outputsInClear(): Promise<Record<string, unknown>> {
    const outputs = await this.automation.workspace.stackOutputs(this.automation.name);
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }
}
