import type * as pulumi from "@pulumi/pulumi";
import type { SeamClient } from "../http/client";
import { maskSecrets } from "../http/mask";
import { resolveSettings, type SeamSettings, SettingsError } from "../http/settings";
import { declaredInputs } from "../inputs/table";
import { PartialFailure, RefusedError } from "../lifecycle/errors";
import type { ResourceLifecycle } from "../lifecycle/lifecycle";
import type { Run } from "../lifecycle/run";
import { assertOwnWorkspace } from "../lifecycle/workspace-guard";
import { hasFailed } from "../values/failed";
import { isOutdatedText } from "../values/provider-text";
import { isRecord, type Properties } from "../values/record";
import { hasUnknown } from "../values/unknown";
import { withInnerSecrets } from "./secret-values";
import { sharedClient } from "./shared-client";

/** What the provider process calls, with what it is made of: that is how tools find every resource. */
export interface DynamicProvider extends pulumi.dynamic.ResourceProvider<Properties, Properties> {
  readonly lifecycle: ResourceLifecycle;
}

/**
 * A resource in the shape that Pulumi's dynamic-provider process calls. The only file that knows that transport;
 * what holds for it is measured by the tests in `test/protocol`.
 * @param run what this process, which serves one command, has been told so far
 */
export function dynamicProvider(resource: ResourceLifecycle, run: Run): DynamicProvider {
  let config: pulumi.dynamic.Config | undefined;
  let resolved: SeamSettings | undefined;
  const settings = () => {
    resolved ??= resolveSettings((name) => config?.get(`seam:${name}`));
    return resolved;
  };
  const seam = (): SeamClient => sharedClient(settings());
  const named = (id: string) => `${resource.name} ${id}`;
  const saved = (known: readonly Properties[], outputs: Properties) =>
    plain(withInnerSecrets(resource.table, withoutFormerPins(known, outputs)));
  return {
    lifecycle: resource,

    // Synchronous on purpose: first calls run at the same time and do not wait for each other's configure.
    configure: (request) => {
      config = request.config;
      resolved = undefined;
      return Promise.resolve();
    },

    async check(olds, news) {
      const exists = Object.keys(olds).length > 0;
      const { inputs, problems } = resource.check(news, exists ? olds : undefined, new Date());
      if (!hasUnknown(inputs))
        run.checked(`${/^[AEIO]/.test(resource.name) ? "an" : "a"} ${resource.name}`, inputs, exists);
      // The property stays empty: the engine would print its value, which may be a PIN.
      const failures = [...settingsProblems(settings), ...problems.map(({ text }) => text)].map((reason) => ({
        property: "",
        reason,
      }));
      return { inputs, failures };
    },

    async diff(id, outputs, news) {
      const { __provider, ...declared } = news;
      // Without what it hangs on there is nothing to compare it with: it stays as it is.
      if (hasFailed(declared)) {
        run.compared(named(id), id, outputs, declared, false);
        return { changes: false };
      }
      const plan = run.isLost(id) ? madeAnew(declared) : resource.diff(outputs, declared);
      run.compared(named(id), id, outputs, declared, plan.replaces.length > 0);
      if (!plan.changed) return { changes: isOutdatedText(outputs["__provider"], __provider) };
      if (run.declares(declared)) {
        for (const text of givenUp(resource, outputs, declared)) run.givesUp(text, id);
      }
      // Without `changes` the engine compares the inputs itself, which makes replaceOnChanges and the details work.
      return {
        ...(plan.isInOutputs && { changes: true }),
        replaces: [...plan.replaces],
        deleteBeforeReplace: plan.deleteBeforeReplace,
      };
    },

    async create(inputs) {
      const { __provider, ...declared } = inputs;
      const wanted = { ...declared };
      // Only what a resource begins with is adopted; what replaces it is made.
      if (run.isReplacement(declared)) delete wanted["adopt"];
      const { id, outputs } = await explained([inputs], notesOn(run, declared), saved, async () => {
        if (hasFailed(declared)) {
          throw new RefusedError(
            `Cannot create ${resource.name}: what it hangs on has failed, as its own error says.`,
          );
        }
        await assertOwnWorkspace(seam(), run, `create ${resource.name}`, undefined);
        return resource.create(seam(), wanted, run);
      });
      run.created(named(id), id, declared, outputs);
      return { id, outs: saved([inputs], outputs) };
    },

    async read(id, known = {}) {
      const { __provider, ...outputs } = known;
      run.sawWorkspace(named(id), outputs);
      const observed = await explained([known], [], saved, () => resource.read(seam(), id, outputs, run));
      // The engine takes an answer without id for "gone"; the types know no such answer.
      if (!observed) return {} as pulumi.dynamic.ReadResult<Properties>;
      return { id, props: saved([known], observed.outputs), inputs: plain(observed.inputs) };
    },

    async update(id, outputs, news) {
      const { __provider, ...declared } = news;
      if (!resource.diff(outputs, declared).changed) return { outs: saved([news, outputs], outputs) };
      const updated = await explained([news, outputs], notesOn(run, undefined), saved, async () => {
        await assertOwnWorkspace(seam(), run, `update ${named(id)}`, outputs);
        return resource.update(seam(), id, outputs, declared, run);
      });
      return { outs: saved([news, outputs], updated) };
    },

    async delete(id, outputs) {
      const options = { run, awaitGone: run.makesRoom(id, declaredInputs(resource.table, outputs)) };
      // Another resource that stays in the state has the same object.
      if (run.isHeldElsewhere(id)) return;
      await explained([outputs], [], saved, async () => {
        await assertOwnWorkspace(seam(), run, `delete ${named(id)}`, outputs);
        const kept = await resource.reasonToKeep?.(seam(), id, outputs, options);
        if (!kept) return resource.remove(seam(), id, outputs, options);
        if (kept.message) run.notice(kept.message);
      });
    },
  };
}

/** Of what Seam has deleted along with something else in this run. */
function madeAnew(news: Properties) {
  return {
    changed: true,
    replaces: Object.keys(news).slice(0, 1),
    deleteBeforeReplace: true,
    isInOutputs: true,
  };
}

/** Unique texts that the update of a resource gives up. */
function givenUp(resource: ResourceLifecycle, outputs: Properties, news: Properties): readonly string[] {
  const stay = new Set(resource.uniqueTexts?.(news));
  return (resource.uniqueTexts?.(outputs) ?? []).filter((text) => !stay.has(text));
}

/** What else there is to say about a failure: what it keeps from happening. */
function notesOn(run: Run, created: Properties | undefined): readonly string[] {
  const before = created && run.roomMadeFor(created);
  const leaving = [...run.leaving];
  return [
    ...(before === undefined
      ? []
      : [
          `${before} was deleted to make room for it, so there is no access in its place now. Put right what failed and run \`pulumi up\` again, or take the change back.`,
        ]),
    ...(leaving.length === 0
      ? []
      : [
          `Unless this run has --continue-on-error, Pulumi takes nobody out now: ${leaving.join(", ")} ${leaving.length === 1 ? "keeps" : "keep"} access. \`pulumi up --continue-on-error\` takes them out all the same.`,
        ]),
  ];
}

function settingsProblems(settings: () => unknown): readonly string[] {
  try {
    settings();
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

/**
 * Brings what goes wrong into the shape that the engine shows: no secret of the resource in any text, and a partial
 * failure as what the engine saves, the resource with its outputs.
 * @param known everything that the engine told of the resource, the newest first
 * @param notes added to the error
 * @param saved the outputs of a partial failure as the state keeps them
 */
async function explained<T>(
  known: readonly Properties[],
  notes: readonly string[],
  saved: (known: readonly Properties[], outputs: Properties) => Properties,
  act: () => Promise<T>,
): Promise<T> {
  const mask = maskSecrets(known);
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const message = [mask(error.message), ...notes].join("\n");
    if (!(error instanceof PartialFailure)) {
      // A copy: one answer of Seam's may fail several resources. The engine prints the stack of what is not expected.
      throw Object.assign(Object.create(Object.getPrototypeOf(error)), error, {
        message,
        stack: error.stack && mask(error.stack),
      });
    }
    throw Object.assign(new Error(message), {
      id: error.id,
      reasons: [...error.reasons.map(mask), ...notes],
      properties: { ...saved(known, error.outputs), __provider: known[0]?.["__provider"] },
    });
  }
}

/** Outputs without a PIN of before, of which Seam's reports, those on parts included, may still speak. */
function withoutFormerPins(known: readonly Properties[], outputs: Properties): Properties {
  const mask = maskSecrets(known);
  const masked = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((element) => masked(element, name));
    if (!isRecord(value)) return value;
    const isReport = name === "errors" || name === "warnings";
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        isReport && key === "message" ? mask(String(child)) : masked(child, key),
      ]),
    );
  };
  const isReported = ([name, value]: readonly [string, unknown]) =>
    name === "errors" || name === "warnings" || (Array.isArray(value) && value.some(isRecord));
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      isReported([name, value]) ? masked(value, name) : value,
    ]),
  );
}

/** What protobuf's Struct can carry: JSON, in which `undefined` does not exist. */
function plain(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties));
}
