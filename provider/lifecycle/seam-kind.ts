import { z } from "zod";
import type { SeamClient } from "../http/client";
import { isNotFound, UnreadableReplyError } from "../http/errors";
import { declaredInputs, type InputTable } from "../inputs/table";
import type { Properties } from "../values/record";
import type { Reported } from "../wire/types";
import { type FailingReports, isBeingDeleted, wireOutputs } from "./outputs";

/** One kind of Seam's objects, and what its life in Seam, which is alike for all of them, depends on. */
export interface SeamObject<T extends Reported> {
  /** Seam's name, such as `acs_user`: the reply's key, and with `_id` the parameter that names one. */
  readonly name: string;
  /** Where its routes are, such as `/acs/users`. */
  readonly routes: string;
  /** The key of the list's reply, such as `acs_users`. */
  readonly plural: string;
  readonly schema: z.ZodType<T>;
  readonly table: InputTable;
  readonly failing: FailingReports;
  /** Whether an update that repairs a failed object sends again what it was to be like. */
  readonly isSentAgain?: boolean;
  /** Seam merges such objects: asked for one by its former id, it answers with another. */
  readonly isMergeable?: boolean;
  /** Adds what Seam shows of the object by other routes. */
  complete?(seam: SeamClient, object: T, declared: Properties): Promise<T>;
  /** Declared inputs that have drifted, beyond what the table's rules tell. */
  alsoLive?(inputs: Properties, object: T, outputs: Properties): Properties;
  /** What the state keeps besides, under names that begin with two underscores. */
  alsoKept?(object: T, before: Properties | undefined): Properties;
  /** Declared properties that no longer hold, since the object has lost what they named. */
  orphaned?(object: T, outputs: Properties): readonly string[];
  /** By what the object is listed together with others of a refresh. */
  listedBy(outputs: Properties): Properties;
}

/** The object with this id. @throws NotFoundError */
export async function getObject<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  action: string,
  declared: Properties = {},
): Promise<T> {
  const path = `${kind.routes}/get`;
  const reply = await seam.call({ path, body: { [`${kind.name}_id`]: id }, effect: "read", action });
  const object = parseObject(kind, reply.json, action, path);
  if (idOf(kind, object) === id || kind.isMergeable) return completed(seam, kind, object, declared);
  throw new UnreadableReplyError({
    action,
    path,
    requestId: reply.requestId,
    reason: `answered with another ${kind.name}, ${idOf(kind, object)}`,
    advice: "Run the command again; if it keeps failing, give Seam's support the request id.",
  });
}

/** The object with this id, or `undefined` when Seam says that there is none. */
export async function findObject<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  action: string,
  declared: Properties = {},
): Promise<T | undefined> {
  try {
    return await getObject(seam, kind, id, action, declared);
  } catch (error) {
    if (isNotFound(error, kind.name)) return undefined;
    throw error;
  }
}

/**
 * The object with this id, for a refresh: where many are read it comes from a list. A list says nothing final:
 * what it does not show, or shows as going, is read by itself.
 */
export async function findListed<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  action: string,
  outputs: Properties,
): Promise<T | undefined> {
  const { name, routes, plural: key } = kind;
  const path = `${routes}/get`;
  const declared = declaredInputs(kind.table, outputs);
  const listedIn = { path: `${routes}/list`, query: kind.listedBy(outputs), key, name };
  try {
    const reply = await seam.call({ path, body: { [`${name}_id`]: id }, effect: "read", action, listedIn });
    const found = reply.isListed
      ? z.safeParse(kind.schema, reply.json[name]).data
      : parseObject(kind, reply.json, action, path);
    if (found && !(reply.isListed && isBeingDeleted(found)))
      return await completed(seam, kind, found, declared);
  } catch (error) {
    if (isNotFound(error, kind.name)) return undefined;
    throw error;
  }
  return findObject(seam, kind, id, action, declared);
}

/** The object with what Seam shows of it by other routes. */
export async function completed<T extends Reported>(
  seam: SeamClient,
  kind: SeamObject<T>,
  object: T,
  declared: Properties,
): Promise<T> {
  return (await kind.complete?.(seam, object, declared)) ?? object;
}

/**
 * The outputs of the object, as the state keeps them.
 * @param before the outputs that an update had, which looks at no more than what it has changed
 */
export function outputsOf<T extends Reported>(
  kind: SeamObject<T>,
  inputs: Properties,
  object: T,
  before?: Properties,
): Properties {
  return { ...wireOutputs(kind.table, inputs, object), ...kind.alsoKept?.(object, before) };
}

/** Reads the object from a reply. @throws UnreadableReplyError */
export function parseObject<T extends Reported>(
  kind: SeamObject<T>,
  json: Properties,
  action: string,
  path: string,
): T {
  const parsed = z.safeParse(kind.schema, json[kind.name]);
  if (parsed.success) return parsed.data;
  throw new UnreadableReplyError({
    action,
    path,
    reason: `answered with something that is no ${kind.name} (${parsed.error.issues
      .map((issue) => [...issue.path, issue.code].join(" "))
      .join("; ")})`,
    advice: "Check that seam:endpoint is Seam's address; if it is, update pulumi-seam.",
  });
}

/** The schema of every kind has the id as a text. */
export function idOf<T extends Reported>(kind: SeamObject<T>, object: T): string {
  return String((object as unknown as Properties)[`${kind.name}_id`]);
}
