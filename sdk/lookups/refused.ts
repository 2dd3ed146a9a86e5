import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { textInProgram } from "../program/provider-text";
import { recover } from "../recover";

/** Ends the run with a sentence, before Pulumi deletes anything: see `provider/resources/failed-look-up.ts`. */
class FailedLookUp extends pulumi.CustomResource {
  constructor(name: string, problem: string, opts: pulumi.CustomResourceOptions) {
    super(
      "pulumi-nodejs:dynamic/seam:FailedLookUp",
      name,
      { problem, __provider: textInProgram("FailedLookUp") },
      opts,
    );
  }
}

/** The engine answers within milliseconds, and not at all once it has stopped. */
const AWAIT_ANSWER_MS = 2_000;

/** How many a program has, so that each has a name of its own. */
let count = 0;

/**
 * Ends the run because something that the program needs cannot be had, and gives the program something to go on with
 * until it notices.
 * @param what names what failed, such as `getAcsEntrance`
 * @returns in place of an object or a list of objects: whatever is read of it is a text that every resource refuses
 */
export async function refused(
  what: string,
  problem: string,
  isList: boolean,
  opts: pulumi.CustomResourceOptions,
): Promise<unknown> {
  const name = [nameOf(opts.parent), what, ++count].filter(Boolean).join("-");
  const refusal = new FailedLookUp(name, problem, opts);
  await Promise.race([failureOf(refusal.urn), sleep(AWAIT_ANSWER_MS, undefined, { ref: false })]);
  const isText = (property: string | symbol) => typeof property === "string" && !property.startsWith("__");
  const stand = new Proxy({}, { get: (_, property) => (isText(property) ? problem : undefined) });
  return isList ? [stand] : stand;
}

/** The name that the program gave a component. */
function nameOf(parent: pulumi.Resource | undefined): string | undefined {
  const { __name } = (parent ?? {}) as { readonly __name?: string };
  return __name;
}

/** Resolves once the output has failed. */
function failureOf(output: pulumi.Output<unknown>): Promise<void> {
  return new Promise((resolve) => {
    recover(output, () => resolve());
  });
}
