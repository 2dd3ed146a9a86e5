import { providerText } from "../../provider/values/provider-text";
import { PluginProcess } from "../protocol/plugin-process";
import { ProviderProcess } from "../protocol/provider-process";

type Properties = Record<string, unknown>;

/** A process of either kind, as the contract drives it. */
export interface DoorProcess {
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<{ changes: string; replaces: string[] }>;
  create(properties: Properties): Promise<{ id: string; properties: Properties }>;
  /** `id` is empty for what is gone. */
  read(
    id: string,
    properties: Properties,
  ): Promise<{ id: string; properties: Properties; inputs: Properties | undefined }>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, properties: Properties): Promise<void>;
  nextCommand(): Promise<DoorProcess>;
  stop(): Promise<void>;
}

/** One way in which an engine comes to a resource, and how it differs from the others. */
export interface Door {
  readonly name: string;
  /** What the engine keeps among a resource's inputs and outputs besides the resource's own. */
  ownInputs(resource: string): Properties;
  /** How a plan says that there is something to do: a dynamic provider lets the engine compare the inputs. */
  readonly changed: "unknown" | "some";
  start(resource: string, settings: Record<"apiKey" | "endpoint", string>): Promise<DoorProcess>;
}

export const DOORS: readonly Door[] = [
  {
    name: "the dynamic provider",
    ownInputs: (resource) => ({ __provider: providerText(resource) }),
    changed: "unknown",
    start: (_resource, { apiKey, endpoint }) =>
      ProviderProcess.start({ "seam:apiKey": apiKey, "seam:endpoint": endpoint }),
  },
  {
    name: "the plugin",
    ownInputs: () => ({}),
    changed: "some",
    start: (resource, settings) => PluginProcess.start(resource, settings),
  },
];
