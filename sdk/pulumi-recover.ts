import * as pulumi from "@pulumi/pulumi";

/**
 * `pulumi.recover`: an output that another one takes the place of when it fails. Older releases of Pulumi's SDK lack
 * it; there a failure goes on.
 */
export const recover: typeof pulumi.recover = pulumi.recover ?? ((output) => output);
