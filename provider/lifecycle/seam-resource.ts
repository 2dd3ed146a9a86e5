import type { SeamClient } from "../http/client";
import type { Checked } from "../inputs/problem";
import { type Difference, declaring, differences } from "../inputs/table";
import { epochMs } from "../values/instant";
import type { Properties } from "../values/record";
import type { Reported } from "../wire/types";
import { declaresAdded } from "./added-by-hand";
import { adoptObject } from "./adopt";
import { type Plan, type ResourceLifecycle, UNCHANGED } from "./lifecycle";
import { holdsFailure } from "./outputs";
import { isDead, isOver } from "./over";
import type { Run } from "./run";
import type { SeamObject } from "./seam-kind";
import {
  type CreateOptions,
  createObject,
  deleteObject,
  findAlikeObjects,
  observeObject,
  updateObject,
} from "./seam-object";
import type { Wait } from "./settle";

/** What is particular to a resource that is one of Seam's objects. */
export interface SeamResource<T extends Reported> {
  /** The class programs write, such as `AcsCredential`. */
  readonly name: string;
  readonly kind: SeamObject<T>;
  check(news: Properties, olds: Properties | undefined, now: Date): Checked;
  /** Whether the old and the new one cannot exist together. */
  cannotCoexist(outputs: Properties, news: Properties): boolean;
  /** How the object of a create whose answer was lost is found again. */
  lostCreate(inputs: Properties): CreateOptions<T>;
  /** Sets what Seam's create call does not take: what the table says is set after it. */
  finish?(seam: SeamClient, id: string, inputs: Properties): Promise<void>;
  /** What a created or updated object is waited for, besides being as declared. */
  waits?(inputs: Properties, run: Run): readonly Wait<T>[];
  /** What Seam shows elsewhere than in the object itself, by declared property: what is adopted is compared with it. */
  shownElsewhere?(seam: SeamClient, object: T, inputs: Properties): Promise<Properties>;
  /** Whether the state lacks something that a next look at Seam may find. */
  isUnfinished?(outputs: Properties, news: Properties): boolean;
}

/**
 * The life of a resource that is one of Seam's objects: what all of them have in common. Where one differs, its file
 * spreads this and puts its own function over it.
 */
export function seamResource<T extends Reported>(resource: SeamResource<T>): ResourceLifecycle {
  const { name, kind, check, lostCreate, finish, shownElsewhere, waits = () => [] } = resource;
  return {
    name,
    table: kind.table,
    check,
    diff: (outputs, news) => planOf(resource, outputs, news),
    create: (seam, inputs, run) =>
      inputs["adopt"] === undefined
        ? createObject(seam, kind, inputs, {
            ...lostCreate(inputs),
            waits: waits(inputs, run),
            finish: (id) => finish?.(seam, id, inputs) ?? Promise.resolve(),
          })
        : adoptObject(seam, kind, inputs, run, shownElsewhere),
    async read(seam, id, outputs, run) {
      const observed = await observeObject(seam, kind, id, outputs, run);
      if (!observed || outputs[SOUGHT] !== true) return observed;
      return { ...observed, outputs: sought(resource, observed.outputs, observed.inputs) };
    },
    async update(seam, id, outputs, news, run) {
      // Of what is over and gone in Seam there is nothing to ask.
      if (isOver(outputs)) return declaring(kind.table, outputs, news);
      return sought(
        resource,
        await updateObject(seam, kind, id, outputs, news, { waits: waits(news, run) }),
        news,
      );
    },
    // An interrupted take-over has made nothing: the next `up` takes it over, or says what is not as declared.
    findAlike: async (seam, inputs) =>
      inputs["adopt"] === undefined ? findAlikeObjects(seam, kind, inputs, lostCreate(inputs)) : [],
    remove: (seam, id, outputs, options) => deleteObject(seam, kind, id, outputs, options),
  };
}

/** Set on what still lacked something when an update looked: a next `up` does not, only a refresh does. */
export const SOUGHT = "__sought";

function sought<T extends Reported>(
  { isUnfinished }: SeamResource<T>,
  outputs: Properties,
  inputs: Properties,
): Properties {
  return isUnfinished?.(outputs, inputs) ? { ...outputs, [SOUGHT]: true } : outputs;
}

function planOf<T extends Reported>(
  { kind, cannotCoexist, isUnfinished }: SeamResource<T>,
  outputs: Properties,
  news: Properties,
): Plan {
  const found = differences(kind.table, outputs, news);
  // What has ended opens nothing: new doors, say, are for those that share them. Seam would refuse to make it anew.
  if (staysEnded(found, news)) return UNCHANGED;
  if (isDead(outputs)) {
    const [property = "id"] = Object.keys(news);
    return { changed: true, replaces: [property], deleteBeforeReplace: true, isInOutputs: true };
  }
  if (found.length === 0) {
    const isOpen = isUnfinished?.(outputs, news) && outputs[SOUGHT] !== true;
    const needsLook = holdsFailure(outputs, kind.failing) || isOpen || declaresAdded(outputs, news);
    return needsLook && !isOver(outputs) ? { ...UNCHANGED, changed: true, isInOutputs: true } : UNCHANGED;
  }
  // What is over and gone in Seam cannot be updated any more: any change means a new object.
  const replaced = found.filter(
    ({ action }) => action === "replace" || (action === "update" && isOver(outputs)),
  );
  return {
    changed: true,
    replaces: replaced.map(({ property }) => property),
    deleteBeforeReplace: cannotCoexist(outputs, news),
  };
}

/** Whether its end is past, nobody moves it, and something else differs than what the state alone has to learn. */
function staysEnded(found: readonly Difference[], { endsAt }: Properties): boolean {
  const end = epochMs(endsAt);
  const isEnded =
    end !== undefined && end <= Date.now() && found.every(({ property }) => property !== "endsAt");
  return isEnded && found.some(({ action }) => action !== "record");
}
