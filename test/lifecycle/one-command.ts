import type { Emulator } from "../../emulator";
import { type ResourceService, resourceService } from "../../provider/engine/resource-service";
import { resolveSettings } from "../../provider/http/settings";
import type { Created, ResourceLifecycle } from "../../provider/lifecycle/lifecycle";
import { Run } from "../../provider/lifecycle/run";

type Properties = Record<string, unknown>;

/** A resource in one command of Pulumi's, or in the one that `run` belongs to. */
export function serviceOf(
  { apiKey, url }: Pick<Emulator, "apiKey" | "url">,
  resource: ResourceLifecycle,
  run = new Run(),
): ResourceService {
  const given: Properties = { apiKey, endpoint: url };
  return resourceService(resource, run, () => resolveSettings((name) => given[name] as string, {}));
}

/** What an earlier command has made. */
export function madeBefore(
  emulator: Pick<Emulator, "apiKey" | "url">,
  resource: ResourceLifecycle,
  news: Properties,
): Promise<Created> {
  const service = serviceOf(emulator, resource);
  return service.create(service.check({}, news).inputs);
}
