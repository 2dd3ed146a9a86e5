import { z } from "zod";
import type { SeamClient } from "../http/client";
import { isNotFound } from "../http/errors";
import { whyStopped } from "../http/patience";
import { createBody, createdInputs, declaredInputs, updateBody, wasShown } from "../inputs/table";
import type { Properties } from "../values/record";
import type { Reported } from "../wire/types";
import { type CreateSpec, createOnce, listAlike, type Search } from "./create-once";
import { deviations, liveInputs, type WasShown } from "./drift";
import { RefusedError } from "./errors";
import type { Alike, Created, Observed, RemoveOptions } from "./lifecycle";
import { asWritten, withPresentIdentity } from "./merged-identity";
import { holdsFailure, isBeingDeleted, lastingReports, reportedFailures } from "./outputs";
import { poll } from "./poll";
import type { Run } from "./run";
import {
  completed,
  findListed,
  findObject,
  getObject,
  idOf,
  outputsOf,
  parseObject,
  type SeamObject,
} from "./seam-kind";
import { settle, type Wait } from "./settle";
import { assertGone } from "./workspace-guard";

/** How long Seam gets for what the documents say happens "asynchronously". */
const AWAIT_GONE_MS = 60_000;
const AWAIT_CHANGE_MS = 5_000;

/** How the object of a create whose answer was lost is found again. */
export interface CreateOptions<T> {
  /** Where it is looked for: a list, or what a unique key finds. */
  readonly search: Search;
  /** What it must be like, besides as declared where Seam shows drift. */
  matches?(object: T): boolean;
  /** The same by what Seam shows elsewhere. */
  confirms?(seam: SeamClient, object: T): Promise<boolean>;
}

/** Creates one object, never two, and waits until it is as declared. @throws PartialFailure */
export async function createObject<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  inputs: Properties,
  options: CreateOptions<T> & {
    readonly waits?: readonly Wait<T>[];
    /** Sets what the create call does not take. */
    readonly finish?: ((id: string) => Promise<void>) | undefined;
  },
): Promise<Created> {
  const { object: created, reasons } = await createOnce(seam, createSpec(seam, kind, inputs, options));
  const known = [...reasons];
  // The object exists: a failure to do or to look at more must not lose it.
  await options.finish?.(idOf(kind, created)).catch((error: Error) => known.push(error.message));
  const object = await completed(seam, kind, created, inputs).catch((error: Error) => {
    known.push(error.message);
    return created;
  });
  const outputs = await asDeclared(seam, kind, object, inputs, { known, waits: options.waits });
  return { id: idOf(kind, object), outputs };
}

/** Objects that a create with these inputs would have made, as far as Seam shows it, whoever owns them. */
export async function findAlikeObjects<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  inputs: Properties,
  options: CreateOptions<T>,
): Promise<Alike[]> {
  const action = `look for the ${kind.name} of an interrupted create`;
  const alike = await listAlike(seam, createSpec(seam, kind, inputs, options), action);
  return alike.map((object) => ({
    id: idOf(kind, object),
    createdAt: object.created_at ?? undefined,
    ...(options.search.path.endsWith("/get") && { isUnique: true }),
  }));
}

function createSpec<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  inputs: Properties,
  options: CreateOptions<T>,
): CreateSpec<T> {
  const path = `${kind.routes}/create`;
  const action = `create ${kind.name}`;
  const sent = createdInputs(kind.table, inputs);
  const comparable = Object.keys(kind.table).filter((property) => kind.table[property]?.drift);
  return {
    path,
    body: createBody(kind.table, inputs),
    action,
    parse: (json) => parseObject(kind, json, action, path),
    idOf: (object) => idOf(kind, object),
    createdAt: (object) => object.created_at ?? undefined,
    identity: JSON.stringify([options.search, ...comparable.map((property) => sent[property] ?? null)]),
    search: options.search,
    parseListed: (json) => z.safeParse(kind.schema, json).data,
    matches: (object) =>
      deviations(kind.table, sent, object, NEVER_SHOWN).length === 0 &&
      !isBeingDeleted(object) &&
      (options.matches?.(object) ?? true),
    confirms: async (object) => (await options.confirms?.(seam, object)) ?? true,
  };
}

/**
 * What Seam holds of an object, or `undefined` when it is gone.
 * @throws NotFoundError when it is gone and nothing is known of it: then it never was this program's
 * @throws RefusedError when the workspace that answers is not the object's
 */
export async function observeObject<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  outputs: Properties,
  run: Run,
): Promise<Observed | undefined> {
  const isKnown = Object.keys(outputs).length > 0;
  const action = `read ${kind.name} ${id}`;
  const object = isKnown
    ? await findListed(seam, kind, id, action, outputs)
    : await getObject(seam, kind, id, action);
  if (!object) {
    await assertGone(seam, run, action, outputs);
    return undefined;
  }
  if (isBeingDeleted(object)) return undefined;
  const declared = declaredInputs(kind.table, outputs);
  const present = await withPresentIdentity(seam, declared, object);
  const live = liveInputs(kind.table, present, object, shownIn(kind, outputs));
  const inputs = { ...asWritten(declared, present, live), ...kind.alsoLive?.(declared, object, outputs) };
  for (const property of kind.orphaned?.(object, outputs) ?? []) delete inputs[property];
  return { outputs: outputsOf(kind, inputs, object), inputs };
}

/**
 * Sends what changed (nothing, if the state alone has to learn it) and waits until Seam shows it.
 * @param amend changes what is sent from the plain difference
 * @throws PartialFailure
 */
export async function updateObject<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  outputs: Properties,
  news: Properties,
  options: {
    readonly amend?: (body: Properties) => Promise<Properties>;
    readonly waits?: readonly Wait<T>[];
  } = {},
): Promise<Properties> {
  const action = `update ${kind.name} ${id}`;
  const isAgain = kind.isSentAgain !== false && holdsFailure(outputs, kind.failing);
  const difference = updateBody(kind.table, outputs, news, isAgain);
  const body = (await options.amend?.(difference)) ?? difference;
  if (Object.keys(body).length > 0) {
    await seam.call({
      path: `${kind.routes}/update`,
      body: { [`${kind.name}_id`]: id, ...body },
      effect: "update",
      action,
    });
  }
  const object = await getObject(seam, kind, id, action, news);
  return asDeclared(seam, kind, object, news, { waits: options.waits, before: outputs });
}

/** Deletes the object; one that is gone already is fine. */
export async function deleteObject<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  outputs: Properties,
  options: RemoveOptions,
): Promise<void> {
  const action = `delete ${kind.name} ${id}`;
  try {
    await seam.call({
      path: `${kind.routes}/delete`,
      body: { [`${kind.name}_id`]: id },
      effect: "delete",
      action,
    });
  } catch (error) {
    if (!isNotFound(error, kind.name)) throw error;
    return assertGone(seam, options.run, action, outputs);
  }
  if (!options.awaitGone) return;
  const isGone = await poll(
    { timeoutMs: AWAIT_GONE_MS },
    async () => (await findObject(seam, kind, id, action)) === undefined,
  );
  if (isGone) return;
  const why = whyStopped() ?? `It was waited for ${AWAIT_GONE_MS / 1000} s.`;
  throw new RefusedError(
    `Cannot make room for the replacement of ${kind.name} ${id}: Seam has taken its deletion, but still shows it. ${why} Nothing was created in its place. Run \`pulumi up\` again once it is gone.`,
  );
}

/** Waits, bounded, until the object is as declared. @throws PartialFailure with everything that is not */
async function asDeclared<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  first: T,
  inputs: Properties,
  options: {
    readonly known?: readonly string[];
    readonly waits?: readonly Wait<T>[] | undefined;
    /** The outputs that an update had. */
    readonly before?: Properties;
  },
): Promise<Properties> {
  const id = idOf(kind, first);
  const wasShown = options.before ? shownIn(kind, options.before) : NEVER_SHOWN;
  // The object exists: a failure to look at more than it must not lose it.
  const present = await withPresentIdentity(seam, inputs, first).catch(() => inputs);
  const lasting = (object: T) => lastingReports(object, inputs, kind.failing);
  const differing = (object: T) => deviations(kind.table, present, object, wasShown);
  return settle(first, {
    id,
    known: options.known ?? [],
    read: () => getObject(seam, kind, id, `read ${kind.name} ${id}`, inputs),
    waits: [
      { timeoutMs: () => AWAIT_CHANGE_MS, done: (object) => differing(object).length === 0 },
      ...(options.waits ?? []),
      { timeoutMs: () => AWAIT_CHANGE_MS, done: (object) => lasting(object).length === 0 },
    ],
    failures: (object) => reportedFailures(object, inputs, kind.failing),
    deviations: (object) => [...lasting(object), ...differing(object)],
    outputs: (object) => {
      const live = liveInputs(kind.table, present, object, wasShown);
      return outputsOf(kind, asWritten(inputs, present, live), object, options.before);
    },
  });
}

/** Of an object that has just been made, nothing was shown before. */
const NEVER_SHOWN: WasShown = () => false;

function shownIn<T extends Reported>(kind: SeamObject<T>, outputs: Properties): WasShown {
  return (property) => wasShown(kind.table, outputs, property);
}
