import type * as pulumi from "@pulumi/pulumi";
import type { SeamClient } from "../http/client";
import { maskSecrets } from "../http/mask";
import { resolveSettings, type SeamSettings, SettingsError } from "../http/settings";
import { PartialFailure } from "../lifecycle/errors";
import type { ResourceLifecycle } from "../lifecycle/lifecycle";
import type { Properties } from "../values/record";
import { sharedClient } from "./shared-client";

/** What the provider process calls, with what it is made of: that is how tools find every resource. */
export interface DynamicProvider extends pulumi.dynamic.ResourceProvider<Properties, Properties> {
  readonly lifecycle: ResourceLifecycle;
}

/**
 * A resource in the shape that Pulumi's dynamic-provider process calls. The only file that knows that transport;
 * what holds for it is measured by the tests in `test/protocol`.
 */
export function dynamicProvider(resource: ResourceLifecycle): DynamicProvider {
  let config: pulumi.dynamic.Config | undefined;
  // Credentials whose delete makes room for their replacement: the engine does not tell delete why it is called.
  const makeRoom = new Set<string>();
  const replaced = new Set<string>();
  let resolved: SeamSettings | undefined;
  const settings = () => {
    resolved ??= resolveSettings((name) => config?.get(`seam:${name}`));
    return resolved;
  };
  const seam = (): SeamClient => sharedClient(settings());
  return {
    lifecycle: resource,

    // Synchronous on purpose: first calls run at the same time and do not wait for each other's configure.
    configure: (request) => {
      config = request.config;
      resolved = undefined;
      return Promise.resolve();
    },

    async check(olds, news) {
      const { inputs, problems } = resource.check(news, Object.keys(olds).length > 0, new Date());
      // The property stays empty: the engine would print its value, which may be a PIN.
      const failures = [...settingsProblems(settings), ...problems.map(({ text }) => text)].map((reason) => ({
        property: "",
        reason,
      }));
      return { inputs, failures };
    },

    async diff(id, outputs, news) {
      const plan = resource.diff(outputs, news);
      if (!plan.changed) return { changes: false };
      if (plan.deleteBeforeReplace) makeRoom.add(id);
      if (plan.replaces.length > 0) replaced.add(id);
      // Without `changes` the engine compares the inputs itself, which makes replaceOnChanges and the details work.
      return { replaces: [...plan.replaces], deleteBeforeReplace: plan.deleteBeforeReplace };
    },

    async create(inputs) {
      const { __provider, ...declared } = inputs;
      // What was adopted once and is replaced now is not there to be adopted again.
      if (replaced.has(String(declared["adopt"]))) delete declared["adopt"];
      const { id, outputs } = await explained([inputs], () => resource.create(seam(), declared));
      return { id, outs: plain(outputs) };
    },

    async read(id, known = {}) {
      const { __provider, ...outputs } = known;
      const observed = await explained([known], () => resource.read(seam(), id, outputs));
      // The engine takes an answer without id for "gone"; the types know no such answer.
      if (!observed) return {} as pulumi.dynamic.ReadResult<Properties>;
      return { id, props: plain(observed.outputs), inputs: plain(observed.inputs) };
    },

    async update(id, outputs, news) {
      const { __provider, ...declared } = news;
      return {
        outs: plain(await explained([news, outputs], () => resource.update(seam(), id, outputs, declared))),
      };
    },

    async delete(id, outputs) {
      await explained([outputs], () => resource.remove(seam(), id, outputs, { awaitGone: makeRoom.has(id) }));
    },
  };
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
 */
async function explained<T>(known: readonly Properties[], act: () => Promise<T>): Promise<T> {
  const mask = maskSecrets(known);
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    error.message = mask(error.message);
    if (!(error instanceof PartialFailure)) throw error;
    throw Object.assign(new Error(error.message), {
      id: error.id,
      reasons: error.reasons.map(mask),
      properties: plain({ ...error.outputs, __provider: known[0]?.["__provider"] }),
    });
  }
}

/** What protobuf's Struct can carry: JSON, in which `undefined` does not exist. */
function plain(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties));
}
