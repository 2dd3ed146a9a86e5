import { type ResourceService, resourceService } from "../provider/engine/resource-service";
import { type Patience, withPatience } from "../provider/http/patience";
import { type SeamSettings, SettingsError } from "../provider/http/settings";
import { withOnlyDeclared } from "../provider/lifecycle/importable";
import type { Created, Imported, Observed, Plan, ResourceLifecycle } from "../provider/lifecycle/lifecycle";
import type { Run } from "../provider/lifecycle/run";
import { deepEqual, type Properties } from "../provider/values/record";
import type { Answers } from "../sdk/lookups/answer";
import { settingsOf } from "./configuration";
import { Cancelled } from "./errors";
import { type Found, invoke } from "./functions";
import { createdOutputs, updatedOutputs } from "./preview";
import { RESOURCES, unknownToken } from "./resources";
import { outputNames } from "./schema";

/** Which resource a message is about. */
export interface Subject {
  readonly type: string;
  readonly urn: string;
  /** Empty where there is none yet. */
  readonly id: string;
}

/** What a plan compares, since one that was just imported declares only what the program says. */
export interface Compared {
  readonly resource: ResourceLifecycle;
  readonly plan: Plan;
  readonly outputs: Properties;
}

/**
 * The provider of one process, which the engine starts for one command and one configuration: the resources' own lives,
 * with what the protocol of plugins adds to that of dynamic providers: previews, imports, timeouts and cancelling.
 */
export class SeamProvider {
  readonly #newRun: () => Run;
  #run: Run;
  readonly #services = new Map<string, ResourceService>();
  #cancelled = new AbortController();
  readonly #answers: Answers = new Map();
  /** URNs of resources that this run has read by their ids alone. */
  readonly #imported = new Set<string>();
  #configuration: { readonly inputs: Properties; readonly urn: string } = { inputs: {}, urn: "" };
  #settings: SeamSettings | undefined;

  /** @param newRun what a process has been told when a command begins */
  constructor(newRun: () => Run) {
    this.#newRun = newRun;
    this.#run = newRun();
  }

  /** Begins a run: a process that somebody has started by hand serves one command after the other. */
  configure(inputs: Properties, urn = ""): void {
    this.#configuration = { inputs, urn };
    this.#settings = undefined;
    this.#run = this.#newRun();
    this.#services.clear();
    this.#cancelled = new AbortController();
    this.#answers.clear();
    this.#imported.clear();
  }

  /** @throws SettingsError */
  readonly settings = (): SeamSettings => {
    this.#settings ??= settingsOf(this.#configuration.inputs, this.#configuration.urn);
    return this.#settings;
  };

  check(type: string, olds: Properties, news: Properties) {
    return this.#of(type).service.check(olds, news);
  }

  diff(subject: Subject, outputs: Properties, news: Properties): Compared {
    const { resource, service } = this.#of(subject.type);
    const known = this.#known(resource, subject, outputs, news);
    const plan = service.diff(subject.id, known, news);
    // The state has to learn what of the imported object the program declares.
    const isToLearn = !plan.changed && !deepEqual(known, outputs);
    return { resource, plan: isToLearn ? { ...plan, changed: true } : plan, outputs: known };
  }

  previewCreate(type: string, inputs: Properties): Properties {
    return createdOutputs(this.#of(type).resource, outputNames(type), inputs);
  }

  create(type: string, inputs: Properties, timeoutSeconds: number): Promise<Created> {
    const { service } = this.#of(type);
    return this.#patiently(timeoutSeconds, () => service.create(inputs));
  }

  /** `undefined` for what is gone. Of an object of which only the id is known, all that Seam shows counts as declared. */
  async read(
    { type, urn, id }: Subject,
    outputs: Properties,
    timeoutSeconds: number,
  ): Promise<Imported | undefined> {
    const { service } = this.#of(type);
    const isImport = Object.keys(outputs).length === 0;
    const observed = await this.#patiently<Observed | undefined>(timeoutSeconds, () =>
      isImport ? service.readToImport(id) : service.read(id, outputs),
    );
    if (isImport) this.#imported.add(urn);
    return observed && { id, ...observed };
  }

  previewUpdate(type: string, outputs: Properties, news: Properties): Properties {
    return updatedOutputs(this.#of(type).resource, outputNames(type), outputs, news);
  }

  update(
    subject: Subject,
    outputs: Properties,
    news: Properties,
    timeoutSeconds: number,
  ): Promise<Properties> {
    const { resource, service } = this.#of(subject.type);
    const known = this.#known(resource, subject, outputs, news);
    return this.#patiently(timeoutSeconds, () => service.update(subject.id, known, news));
  }

  delete({ type, id }: Subject, outputs: Properties, timeoutSeconds: number): Promise<void> {
    const { service } = this.#of(type);
    return this.#patiently(timeoutSeconds, () => service.delete(id, outputs));
  }

  async invoke(token: string, args: Properties): Promise<Found> {
    try {
      return await this.#patiently(0, () => invoke(token, args, this.settings(), this.#answers));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      return { result: {}, failures: error.problems };
    }
  }

  /** What is under way is seen to its end without waiting for anything; nothing new is begun. */
  cancel(): void {
    this.#cancelled.abort();
  }

  #of(type: string): { resource: ResourceLifecycle; service: ResourceService } {
    const resource = RESOURCES.get(type);
    if (!resource) throw unknownToken("resource", type, RESOURCES.keys());
    const service = this.#services.get(type) ?? resourceService(resource, this.#run, this.settings);
    this.#services.set(type, service);
    return { resource, service };
  }

  #known({ table }: ResourceLifecycle, { urn }: Subject, outputs: Properties, news: Properties): Properties {
    return this.#imported.has(urn) ? withOnlyDeclared(table, outputs, news) : outputs;
  }

  #patiently<T>(timeoutSeconds: number, act: () => Promise<T>): Promise<T> {
    const cancelled = this.#cancelled.signal;
    if (cancelled.aborted)
      throw new Cancelled("The run was cancelled before this began. Nothing was sent to Seam.");
    const patience: Patience = {
      cancelled,
      endsAt: timeoutSeconds > 0 ? Date.now() + timeoutSeconds * 1000 : undefined,
    };
    return withPatience(patience, act);
  }
}
