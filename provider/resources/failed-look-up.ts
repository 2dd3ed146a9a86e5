import type * as pulumi from "@pulumi/pulumi";
import type { Properties } from "../values/record";

/**
 * A resource that is always refused, with the sentence that it is given. Pulumi goes on with a run when a value of the
 * program cannot be had, and may delete whatever was not registered for want of it; a refused resource ends the run
 * before anything is deleted, and shows its sentence once.
 */
export const failedLookUp: pulumi.dynamic.ResourceProvider<Properties, Properties> = {
  check: async (_olds, news) => ({
    inputs: news,
    failures: [{ property: "", reason: String(news["problem"]) }],
  }),
  create: async (inputs) => {
    throw new Error(String(inputs["problem"]));
  },
};
