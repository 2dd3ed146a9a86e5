import * as pulumi from "@pulumi/pulumi";
import { FAILED } from "../../provider/values/failed";
import { recover } from "../pulumi-recover";

/**
 * Keeps a failure of one person's resources with that person. With `--continue-on-error` Pulumi goes on after a
 * failure, and deletes what the program no longer declares; but the outputs of what failed fail too, and with them the
 * program, unless somebody takes it on.
 */

/** Takes on the failure of a resource: whoever needs an output of its has to take on that of the output. */
export function isolated<R extends pulumi.Resource>(resource: R): R {
  for (const output of Object.values(resource)) {
    if (pulumi.Output.isInstance(output)) recover(output, () => undefined);
  }
  return resource;
}

/** An id that stands for its own failure: see `provider/values/failed.ts`. */
export function orFailed(id: pulumi.Output<string>): pulumi.Output<string> {
  return recover(id, () => FAILED);
}
