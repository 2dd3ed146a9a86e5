import { sharedClient } from "../provider/engine/shared-client";
import type { SeamClient } from "../provider/http/client";
import { resolveSettings } from "../provider/http/settings";
import { isRecord } from "../provider/values/record";
import { revealed, type StateResource } from "./stack-state";

/** Finds the Seam account that a resource of a stack lives in, as the provider process would. */
export class Accounts {
  readonly #config: ReadonlyMap<string, string>;
  readonly #providers: ReadonlyMap<string, StateResource>;

  constructor(config: ReadonlyMap<string, string>, resources: readonly StateResource[]) {
    this.#config = config;
    this.#providers = new Map(
      resources
        .filter(({ type }) => type.startsWith("pulumi:providers:"))
        .map((provider) => [`${provider.urn}::${provider.id}`, provider]),
    );
  }

  /**
   * @param provider the resource's provider reference
   * @throws SettingsError
   */
  clientOf(provider: string | undefined): SeamClient {
    const inputs = revealed(this.#providers.get(provider ?? "")?.inputs);
    const explicit = isRecord(inputs) ? inputs : {};
    // The inputs of an explicit provider stand in for the stack config; they do not add to it.
    const isExplicit = Object.keys(explicit).some((name) => name.startsWith("seam:"));
    return sharedClient(
      resolveSettings((name) => {
        const value = isExplicit ? explicit[`seam:${name}`] : this.#config.get(`seam:${name}`);
        return typeof value === "string" ? value : undefined;
      }),
    );
  }
}
