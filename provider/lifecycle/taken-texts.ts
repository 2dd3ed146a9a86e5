import { z } from "zod";
import type { SeamClient } from "../http/client";
import { ConflictError, InvalidInputError } from "../http/errors";
import { pagesOf } from "../http/pages";
import { pause, timeLeft } from "../http/patience";
import { declaredInputs, declaring, isAsDeclared } from "../inputs/table";
import type { Properties } from "../values/record";
import { snakeCase } from "../wire/names";
import type { Reported } from "../wire/types";
import { PartialFailure, RefusedError } from "./errors";
import type { Created, ResourceLifecycle } from "./lifecycle";
import { wireOutputs } from "./outputs";
import type { Run } from "./run";
import type { SeamObject } from "./seam-kind";
import { updateObject } from "./seam-object";
import { SHARED } from "./shared";

/** How long another resource of the same run gets to give a text up. */
const AWAIT_GIVEN_UP_MS = 30_000;
/** Resources of a program are compared within so long of each other. */
const AWAIT_PLAN_MS = 5_000;
/** The same where the holder has the same name, and so is the same person in all likelihood. */
const AWAIT_NAMESAKE_MS = 1_000;
const TRY_EVERY_MS = 500;

const GIVEN_UP = "given up";

/** Texts that only one object of a workspace can have, and what they say about it. */
export interface UniqueTexts {
  /** Those that say most about who it is come first. */
  readonly properties: readonly string[];
  /** The property by which people tell each other apart: who has the same text and the same name is the same person. */
  readonly nameProperty: string;
  /** The user's own key of the object: who has another one is somebody else. */
  readonly keyProperty: string;
  /** Declared, it cannot be had of an object that is there already. */
  readonly createOnly: string;
}

/**
 * A lifecycle for objects with unique texts. One text may go from one resource to another within a run, although Pulumi
 * deletes last and updates in no order: somebody who leaves and comes back at once is still the same person, and two
 * people can exchange their addresses.
 */
export function withUniqueTexts<T extends Reported>(
  life: ResourceLifecycle,
  kind: SeamObject<T>,
  unique: UniqueTexts,
): ResourceLifecycle {
  const textsOf = (inputs: Properties) =>
    unique.properties.flatMap((property) => {
      const text = inputs[property];
      return typeof text === "string" ? [textOf(property, text)] : [];
    });

  return {
    ...life,
    uniqueTexts: textsOf,

    async create(seam, inputs, run) {
      try {
        return await life.create(seam, inputs, run);
      } catch (error) {
        const holder = await holderOf(seam, inputs, error, run);
        if (holder === GIVEN_UP) return retried(() => life.create(seam, inputs, run));
        const other = differenceTo(holder.object, inputs);
        // Whoever gives the text up in this run is another person, even of the same name.
        const patienceMs = other === undefined ? AWAIT_NAMESAKE_MS : AWAIT_PLAN_MS;
        if (await isGivenUp(run, holder, patienceMs)) return retried(() => life.create(seam, inputs, run));
        if (other === undefined) return takeOver(seam, holder.id, holder.object, inputs, run);
        throw taken(error, holder, other);
      }
    },

    async read(seam, id, outputs, run) {
      const observed = await life.read(seam, id, outputs, run);
      return observed && { ...observed, outputs: markedLike(outputs, observed.outputs) };
    },

    async update(seam, id, outputs, news, run) {
      const update = async () => markedLike(outputs, await life.update(seam, id, outputs, news, run));
      const action = `update ${kind.name} ${id}`;
      /** Texts of its own that Seam does not have any more. */
      const lost = new Set<string>();
      const letGo = async (error: unknown): Promise<void> => {
        const holder = await holderOf(seam, news, error, run);
        if (holder === GIVEN_UP) return;
        if (holder.id === id) throw error;
        if (!(await isGivenUp(run, holder))) throw taken(error, holder, differenceTo(holder.object, news));
        // The other one may wait for what this one has: whoever is waited for lets go first.
        if (lost.has(holder.property)) return;
        const body = { [`${kind.name}_id`]: id, [snakeCase(holder.property)]: null };
        await seam.call({ path: `${kind.routes}/update`, body, effect: "update", action });
        lost.add(holder.property);
      };
      try {
        return await retried(update, letGo);
      } catch (error) {
        if (lost.size === 0 || error instanceof PartialFailure || !(error instanceof Error)) throw error;
        // Taken back, the change is one still: Seam does not have these texts now.
        const left = Object.entries(declaredInputs(kind.table, outputs)).filter(([name]) => !lost.has(name));
        const known = declaring(kind.table, outputs, Object.fromEntries(left));
        throw new PartialFailure(id, markedLike(outputs, known), [
          `${error.message} Until then ${kind.name} ${id} has no ${[...lost].join(" and no ")}.`,
        ]);
      }
    },
  };

  /**
   * Who has the text because of which Seam has refused a create or update: `GIVEN_UP` if another resource of this run
   * had it, and has let go since. @throws the error, if nobody has it for another reason
   */
  async function holderOf(
    seam: SeamClient,
    inputs: Properties,
    error: unknown,
    run: Run,
  ): Promise<Holder<T> | typeof GIVEN_UP> {
    if (!(error instanceof InvalidInputError || error instanceof ConflictError)) throw error;
    const list = { path: `${kind.routes}/list`, key: kind.plural };
    for (const property of unique.properties) {
      const text = inputs[property];
      if (typeof text !== "string") continue;
      const action = `look who has the ${property} of a ${kind.name}`;
      for await (const { objects } of pagesOf(seam, { ...list, query: { search: text }, action })) {
        for (const json of objects) {
          const object = z.safeParse(kind.schema, json).data;
          const held = json[snakeCase(property)];
          if (object === undefined || typeof held !== "string") continue;
          if (textOf(property, held) !== textOf(property, text)) continue;
          return { id: String(json[`${kind.name}_id`]), object, property, text: textOf(property, text) };
        }
      }
    }
    if (textsOf(inputs).some((text) => run.isGivenUp(text))) return GIVEN_UP;
    throw error;
  }

  /** The property in which the object is another person than the declared one; `undefined` where it is the same. */
  function differenceTo(object: T, inputs: Properties): string | undefined {
    const { createOnly, nameProperty, keyProperty } = unique;
    const live = wireOutputs(kind.table, {}, object);
    const isDeclared = (property: string) => inputs[property] !== undefined;
    const hasOther = (property: string) =>
      isDeclared(property) && !isAsDeclared({ change: "update" }, inputs[property], live[property]);
    if (Array.isArray(inputs[createOnly]) && inputs[createOnly].length > 0) return createOnly;
    if (typeof live[keyProperty] === "string" && hasOther(keyProperty)) return keyProperty;
    if (hasOther(nameProperty)) return nameProperty;
    // Two people of one name may share a phone number, but no e-mail address, which is named before it.
    for (const property of unique.properties) {
      const [wanted, held] = [inputs[property], live[property]];
      if (typeof wanted !== "string" || typeof held !== "string") continue;
      return textOf(property, wanted) === textOf(property, held) ? undefined : property;
    }
    return undefined;
  }

  async function takeOver(
    seam: SeamClient,
    id: string,
    object: T,
    inputs: Properties,
    run: Run,
  ): Promise<Created> {
    if (!run.plans.isHeld(id)) {
      run.notice(
        `${kind.name} ${id} has these contact details already, and is shared from now on. If another stack declares it, its removal there takes all access of the person along: let one stack own it, and name it by its id elsewhere.`,
      );
    }
    run.plans.claim(id);
    const before = { ...wireOutputs(kind.table, {}, object), [SHARED]: true };
    try {
      return { id, outputs: markedLike(before, await updateObject(seam, kind, id, before, inputs)) };
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      throw new PartialFailure(id, markedLike(before, error.outputs), error.reasons);
    }
  }

  function taken(error: unknown, { id, property }: Holder<T>, other = unique.nameProperty): RefusedError {
    const message = error instanceof Error ? error.message : String(error);
    return new RefusedError(
      `${message} The ${property} is that of ${kind.name} ${id}, which has another ${other}. If that is the same person, use this id; if the one who has it leaves this program in the same run, take them out first, by a run of its own or with \`pulumi up --continue-on-error\`.`,
      { cause: error },
    );
  }
}

/** What was there before stays marked as long as its resource lives. */
function markedLike(before: Properties, outputs: Properties): Properties {
  return before[SHARED] === true ? { ...outputs, [SHARED]: true } : outputs;
}

interface Holder<T> {
  readonly id: string;
  readonly object: T;
  readonly property: string;
  readonly text: string;
}

function textOf(property: string, text: string): string {
  return `${property} ${text.toLowerCase()}`;
}

async function isGivenUp(
  run: Run,
  { id, text }: Holder<unknown>,
  patienceMs = AWAIT_PLAN_MS,
): Promise<boolean> {
  for (const until = Date.now() + patienceMs; timeLeft(until - Date.now()) > 0; await pause(TRY_EVERY_MS)) {
    if (run.isGivenUp(text, id)) return true;
  }
  return false;
}

/** Tries until it is no longer refused. @param between what is done about a refusal, before the next try */
async function retried<R>(
  act: () => Promise<R>,
  between: (refusal: unknown) => Promise<void> = async () => undefined,
): Promise<R> {
  for (const until = Date.now() + AWAIT_GIVEN_UP_MS; ; await pause(TRY_EVERY_MS)) {
    try {
      return await act();
    } catch (error) {
      const isRefused = error instanceof InvalidInputError || error instanceof ConflictError;
      if (!isRefused || timeLeft(until - Date.now()) <= 0) throw error;
      await between(error);
    }
  }
}
