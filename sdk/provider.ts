import * as pulumi from "@pulumi/pulumi";

/** Inputs of a {@link Provider}. Give either `apiKey`, or `personalAccessToken` with `workspaceId`. */
export interface ProviderArgs {
  /** API key `seam_…` of one workspace; always treated as a secret. */
  apiKey?: pulumi.Input<string>;
  /** Personal access token `seam_at…`; needs `workspaceId`; always treated as a secret. */
  personalAccessToken?: pulumi.Input<string>;
  /** Workspace of the token. */
  workspaceId?: pulumi.Input<string>;
  /** Where Seam answers; default: the stack config's `seam:endpoint`, else `SEAM_ENDPOINT`, else Seam's own. */
  endpoint?: pulumi.Input<string>;
}

/**
 * An explicit Seam account, for a second one in the same program: pass it as `{ provider }`. What it leaves out
 * comes from the environment, the endpoint from the stack config too.
 *
 * @example
 * ```ts
 * const annex = new seam.Provider("annex", { apiKey: config.requireSecret("annexApiKey") });
 * new seam.AcsCredential("ada-annex", { … }, { provider: annex });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const endpoint = args.endpoint ?? new pulumi.Config("seam").get("endpoint");
    const inputs = {
      "seam:apiKey": args.apiKey && pulumi.secret(args.apiKey),
      "seam:personalAccessToken": args.personalAccessToken && pulumi.secret(args.personalAccessToken),
      "seam:workspaceId": args.workspaceId,
      "seam:endpoint": endpoint,
    };
    // Every dynamic resource runs in the provider of this name.
    super("pulumi-nodejs", name, inputs, opts);
  }
}
