import type * as pulumi from "@pulumi/pulumi";
import { resolveSettings, type SeamSettings } from "../http/settings";
import { PartialFailure } from "../lifecycle/errors";
import type { ResourceLifecycle } from "../lifecycle/lifecycle";
import type { Run } from "../lifecycle/run";
import { hasFailed } from "../values/failed";
import { isOutdatedText } from "../values/provider-text";
import type { Properties } from "../values/record";
import { resourceService } from "./resource-service";
import { withInnerSecrets } from "./secret-values";

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
  const service = resourceService(resource, run, () => {
    resolved ??= resolveSettings((name) => config?.get(`seam:${name}`));
    return resolved;
  });
  const saved = (outputs: Properties) => plain(withInnerSecrets(resource.table, outputs));
  return {
    lifecycle: resource,

    // Synchronous on purpose: first calls run at the same time and do not wait for each other's configure.
    configure: (request) => {
      config = request.config;
      resolved = undefined;
      return Promise.resolve();
    },

    async check(olds, news) {
      const { inputs, failures } = service.check(olds, news);
      // The property stays empty: the engine would print its value, which may be a PIN.
      return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
    },

    async diff(id, outputs, news) {
      const { __provider, ...declared } = news;
      const plan = service.diff(id, outputs, declared);
      if (!plan.changed) {
        return { changes: !hasFailed(declared) && isOutdatedText(outputs["__provider"], __provider) };
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
      return told(__provider, saved, async () => {
        const { id, outputs } = await service.create(declared);
        return { id, outs: saved(outputs) };
      });
    },

    async read(id, known = {}) {
      const { __provider, ...outputs } = known;
      const observed = await told(__provider, saved, () => service.read(id, outputs));
      // The engine takes an answer without id for "gone"; the types know no such answer.
      if (!observed) return {} as pulumi.dynamic.ReadResult<Properties>;
      return { id, props: saved(observed.outputs), inputs: plain(observed.inputs) };
    },

    async update(id, outputs, news) {
      const { __provider, ...declared } = news;
      return told(__provider, saved, async () => ({
        outs: saved(await service.update(id, outputs, declared)),
      }));
    },

    delete: (id, outputs) => service.delete(id, outputs),
  };
}

/** A partial failure in the shape that Pulumi's process knows: what the engine saves, the resource with its outputs. */
async function told<T>(
  __provider: unknown,
  saved: (outputs: Properties) => Properties,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    throw Object.assign(new Error(error.message), {
      id: error.id,
      reasons: [...error.reasons],
      properties: { ...saved(error.outputs), __provider },
    });
  }
}

/** What protobuf's Struct can carry: JSON, in which `undefined` does not exist. */
function plain(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties));
}
