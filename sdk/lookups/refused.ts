import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { textInProgram } from "../program/provider-text";
import { recover } from "../pulumi-recover";

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

/** The engine answers when the provider process has started, which takes a busy machine many seconds. */
const AWAIT_ANSWER_MS = 20_000;
/** Once it has answered one of a run it may have stopped, and then it answers no other. */
const AWAIT_NEXT_ANSWER_MS = 2_000;

/** By the stack of a run: resolves with the first answer. */
const firstAnswers = new WeakMap<object, Promise<void>>();

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
  const answer = failureOf(refusal.urn);
  await Promise.race([
    answer,
    pause(AWAIT_ANSWER_MS),
    firstAnswer(answer).then(() => pause(AWAIT_NEXT_ANSWER_MS)),
  ]);
  const isText = (property: string | symbol) => typeof property === "string" && !property.startsWith("__");
  const stand = new Proxy({}, { get: (_, property) => (isText(property) ? problem : undefined) });
  return isList ? [stand] : stand;
}

/** The first answer that this run gets, if not the given one. */
function firstAnswer(answer: Promise<void>): Promise<void> {
  const run = pulumi.runtime.getStackResource() ?? globalThis;
  const first = firstAnswers.get(run) ?? answer;
  firstAnswers.set(run, first);
  return first;
}

function pause(milliseconds: number): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false });
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
