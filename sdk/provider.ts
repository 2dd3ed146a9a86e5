import * as pulumi from "@pulumi/pulumi";
import type { SettingName } from "../provider/http/settings";

/** Inputs of a {@link Provider}. Give either `apiKey`, or `personalAccessToken` with `workspaceId`. */
export interface ProviderArgs {
  /** API key `seam_…` of one workspace; always treated as a secret. */
  apiKey?: pulumi.Input<string>;
  /** Personal access token `seam_at…`; needs `workspaceId`; always treated as a secret. */
  personalAccessToken?: pulumi.Input<string>;
  /** Workspace of the token; beside an API key a guard: nothing is changed in another one. */
  workspaceId?: pulumi.Input<string>;
  /** Address of Seam; default: the stack config's `seam:endpoint`, else `SEAM_ENDPOINT`, else Seam's own. */
  endpoint?: pulumi.Input<string>;
}

/**
 * An explicit Seam account, for a second one in the same program: pass it as `{ provider }`. Settings that you leave
 * out come from the environment, the endpoint from the stack config too. All accounts use the same proxy,
 * `HTTPS_PROXY`, except for the hosts in `NO_PROXY`; `NODE_EXTRA_CA_CERTS` adds a network's own certificate authority.
 *
 * @example
 * ```ts
 * const annex = new seam.Provider("annex", { apiKey: config.requireSecret("annexApiKey") });
 * new seam.AcsCredential("ada-annex", { … }, { provider: annex });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  /** True for a Provider, even one of another copy of this package. */
  static isSeam(resource: pulumi.Resource): resource is Provider {
    return pulumi.ProviderResource.isInstance(resource) && "settings" in resource;
  }

  /** @internal What look-ups of this program use. */
  readonly settings: pulumi.Output<Partial<Record<SettingName, string>>>;

  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const settings: { [Name in SettingName]?: pulumi.Input<string> | undefined } = {
      apiKey: args.apiKey && pulumi.secret(args.apiKey),
      personalAccessToken: args.personalAccessToken && pulumi.secret(args.personalAccessToken),
      workspaceId: args.workspaceId,
      endpoint: args.endpoint ?? new pulumi.Config("seam").get("endpoint"),
    };
    const inputs = Object.entries(settings).map(([setting, value]) => [`seam:${setting}`, value]);
    // Every dynamic resource runs in the provider of this name.
    super("pulumi-nodejs", name, Object.fromEntries(inputs), opts);
    this.settings = pulumi.output(settings) as typeof this.settings;
  }
}
