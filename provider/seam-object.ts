import { z } from "zod";
import { NotFoundError, UnreadableReplyError } from "./errors";
import type { SeamClient } from "./http/client";
import type { ListedIn } from "./http/listed-reads";
import type { Properties } from "./input-table";
import type { RemoveOptions } from "./lifecycle";
import { poll } from "./poll";

/** One kind of Seam's objects: what get and delete, which are alike for all of them, need to know. */
export interface SeamObject<T> {
  /** Seam's name, such as `acs_user`: the reply's key, and with `_id` the parameter that names one. */
  readonly name: string;
  /** Where its routes are, such as `/acs/users`. */
  readonly routes: string;
  readonly schema: z.ZodType<T>;
}

/** How long a deletion gets, which the documents say happens "asynchronously". */
const AWAIT_GONE_MS = 60_000;

/** Reads the object out of a successful answer. @throws UnreadableReplyError */
export function parseObject<T>(kind: SeamObject<T>, json: Properties, action: string, path: string): T {
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

/** The object with this id. @throws NotFoundError */
export async function getObject<T>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  action: string,
): Promise<T> {
  const path = `${kind.routes}/get`;
  const reply = await seam.call({ path, body: { [`${kind.name}_id`]: id }, effect: "read", action });
  return parseObject(kind, reply.json, action, path);
}

/** The object with this id, or `undefined` when Seam says that there is none. */
export async function findObject<T>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  action: string,
): Promise<T | undefined> {
  try {
    return await getObject(seam, kind, id, action);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/**
 * The object with this id, for a refresh: where many are read it comes from a list. A list says nothing final:
 * what it does not show, or shows as going, is read by itself.
 */
export async function findListed<T>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
  action: string,
  listedIn: ListedIn,
  isGoing: (object: T) => boolean,
): Promise<T | undefined> {
  const path = `${kind.routes}/get`;
  const body = { [`${kind.name}_id`]: id };
  try {
    const reply = await seam.call({ path, body, effect: "read", action, listedIn });
    if (!reply.isListed) return parseObject(kind, reply.json, action, path);
    const listed = z.safeParse(kind.schema, reply.json[kind.name]);
    if (listed.success && !isGoing(listed.data)) return listed.data;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
  return findObject(seam, kind, id, action);
}

/** Deletes the object; one that is gone already is fine. */
export async function deleteObject<T>(
  seam: SeamClient,
  kind: SeamObject<T>,
  id: string,
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
    if (error instanceof NotFoundError) return;
    throw error;
  }
  if (!options.awaitGone) return;
  await poll(
    { timeoutMs: AWAIT_GONE_MS },
    async () => (await findObject(seam, kind, id, action)) === undefined,
  );
}
