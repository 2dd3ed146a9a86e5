import { sharedClient } from "../provider/engine/shared-client";
import type { SeamClient } from "../provider/http/client";
import { MAX_LIST_BYTES } from "../provider/http/connections";
import { resolveSettings, type SettingReader } from "../provider/http/settings";
import { Run } from "../provider/lifecycle/run";
import { assertOwnWorkspace } from "../provider/lifecycle/workspace-guard";
import { isRecord } from "../provider/values/record";
import { isDefaultProvider, nameInUrn } from "../provider/values/urn";
import { revealed, type StateResource } from "./stack-state";

export interface AccountOptions {
  /** By name of an explicit provider: the environment variable that has its API key now. */
  readonly keys?: ReadonlyMap<string, string>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Finds the Seam account that a resource of a stack lives in, as the next `pulumi up` would. */
export class Accounts {
  readonly #config: ReadonlyMap<string, string>;
  readonly #resources: readonly StateResource[];
  readonly #options: AccountOptions;
  readonly #checked = new Map<SeamClient, Promise<void>>();

  constructor(
    config: ReadonlyMap<string, string>,
    resources: readonly StateResource[],
    options: AccountOptions = {},
  ) {
    this.#config = config;
    this.#resources = resources;
    this.#options = options;
  }

  /**
   * The account, once it is sure that it is that of what the stack has there.
   * @param provider the resource's provider reference
   * @throws SettingsError
   * @throws RefusedError if the key is of another workspace
   */
  async clientOf(provider: string | undefined): Promise<SeamClient> {
    const environment = this.#options.environment ?? process.env;
    const settings = resolveSettings(this.#settingsOf(provider), environment);
    const seam = sharedClient(settings, { maxReplyBytes: MAX_LIST_BYTES });
    const checked = this.#checked.get(seam) ?? this.#assertWorkspace(seam, provider);
    this.#checked.set(seam, checked);
    await checked;
    return seam;
  }

  /**
   * The stack's own account is what its config says now: the state has the key of the last `up`, which may be gone.
   * An explicit provider's inputs stand in for the config; they do not add to it.
   */
  #settingsOf(reference: string | undefined): SettingReader {
    const provider = this.#resources.find(({ urn, id }) => `${urn}::${id}` === reference);
    const inputs = revealed(provider?.inputs);
    const stored = isRecord(inputs) ? inputs : {};
    // The plugin's own providers have settings by their bare names.
    const of = (properties: Record<string, unknown>) => (name: string) => {
      const value = properties[`seam:${name}`] ?? properties[name];
      return typeof value === "string" ? value : undefined;
    };
    if (provider && !isDefaultProvider(provider.urn)) {
      const variable = this.#options.keys?.get(nameInUrn(provider.urn));
      if (variable === undefined) return of(stored);
      const environment = this.#options.environment ?? process.env;
      if (!environment[variable]) {
        const name = nameInUrn(provider.urn);
        throw new Error(
          `--key ${name}=${variable}: the environment variable ${variable} is not set. Put the API key of ${name} into it.`,
        );
      }
      const { apiKey: _, personalAccessToken: __, ...others } = stored;
      return of({ ...others, "seam:apiKey": environment[variable], "seam:personalAccessToken": undefined });
    }
    const config = Object.fromEntries(this.#config);
    const hasAccount = ["seam:apiKey", "seam:personalAccessToken"].some((name) => name in config);
    // Where only the environment of the last `up` had the key, the state does not have it either.
    return of(hasAccount ? config : { ...stored, ...config });
  }

  #assertWorkspace(seam: SeamClient, provider: string | undefined): Promise<void> {
    const run = new Run();
    for (const resource of this.#resources) {
      if (resource.provider !== provider) continue;
      const outputs = revealed(resource.outputs);
      if (isRecord(outputs)) run.workspaces.saw(nameInUrn(resource.urn), outputs);
    }
    return assertOwnWorkspace(seam, run, "work in this workspace", undefined);
  }
}
