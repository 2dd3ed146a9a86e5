import { randomUUID } from "node:crypto";
import { createClient, type SeamClient } from "../../dist/provider/http/client.js";
import {
  isNotFound,
  RateLimitedError,
  SeamError,
  UnauthorizedError,
} from "../../dist/provider/http/errors.js";
import type { Effect } from "../../dist/provider/http/exchange.js";
import { listAll } from "../../dist/provider/http/pages.js";
import type { SeamSettings } from "../../dist/provider/http/settings.js";

export type Json = Readonly<Record<string, unknown>>;

/** What Seam answered: yes, or a refusal. */
export interface Reply {
  readonly status: number;
  /** Seam's error type; empty where the request succeeded. */
  readonly type: string;
  readonly json: Json;
}

/** A kind of object that is made here and taken away again. */
export interface Kind {
  readonly routes: string;
  readonly name: string;
}

/** A sandbox workspace, and a run in it. */
export interface Sandbox {
  readonly name: string;
  readonly workspaceId: string;
  /** Stands in every name that this run gives: by it everything is found again that is to be taken away. */
  readonly mark: string;
  /** For what asks in the package's own way. */
  readonly seam: SeamClient;
  /** @throws SeamError where Seam does not answer, or fails: that says nothing about what it would do */
  ask(path: string, body?: Json): Promise<Reply>;
  /**
   * Creates an object that an assumption is tried with.
   * @throws Error if Seam refuses it
   */
  make(kind: Kind, body: Json): Promise<Json>;
  /** Deletes what has this in its name, and what belongs to it. @returns what could not be deleted */
  takeAway(mark: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What the marks of all runs begin with. */
export const MARK = "pulumi-seam-live-";

/** @throws Error unless the key's workspace says that it is a sandbox */
export async function openSandbox(settings: SeamSettings): Promise<Sandbox> {
  // A read that a list answers would say nothing about its own route.
  const seam = createClient(settings, { deadlineMs: 60_000, listsReads: false });
  const { workspaceId, name, isSandbox, isSuspended } = await seam.workspace();
  const { expectedWorkspaceId = workspaceId } = settings;
  const problem =
    expectedWorkspaceId !== workspaceId
      ? `and SEAM_WORKSPACE_ID asks for ${expectedWorkspaceId}. Nothing was done.`
      : isSandbox !== true
        ? "which is no sandbox. Nothing was done. Use the key of a sandbox workspace."
        : isSuspended && "which is suspended. Nothing was done. Resume it in the Seam console.";
  if (problem) {
    await seam.close();
    throw new Error(`The key belongs to workspace "${name}" (${workspaceId}), ${problem}`);
  }
  const made: Marked[] = [];
  const ask = async (path: string, body: Json = {}): Promise<Reply> => {
    try {
      const { status, json } = await seam.call({ path, body, effect: effectOf(path), action: "try it" });
      const kind = KINDS.find(({ routes }) => path === `${routes}/create`);
      const id = ((kind && json[kind.name]) as Json | undefined)?.[`${kind?.name}_id`];
      if (kind && typeof id === "string") made.unshift({ kind, id });
      return { status, type: "", json };
    } catch (error) {
      if (isRefusal(error)) return { status: error.status ?? 0, type: error.type ?? "", json: {} };
      throw error;
    }
  };
  return {
    name: name ?? workspaceId,
    workspaceId,
    mark: `${MARK}${randomUUID().slice(0, 8)}`,
    seam,
    ask,
    async make(kind, body) {
      const path = `${kind.routes}/create`;
      const { status, type, json } = await ask(path, body);
      const object = json[kind.name];
      if (object) return object as Json;
      throw new Error(`${path} answered ${status} ${type}.`);
    },
    takeAway: (mark) => takeAway(seam, made.splice(0), mark),
    close: () => seam.close(),
  };
}

/** A refusal is an answer; what comes of a wrong key, a rate limit or an outage is none. */
function isRefusal(error: unknown): error is SeamError {
  if (!(error instanceof SeamError) || error instanceof UnauthorizedError) return false;
  const { status = 0 } = error;
  return status >= 400 && status < 500 && !(error instanceof RateLimitedError);
}

/** What decides whether a request may be sent again. */
function effectOf(path: string): Effect {
  if (/\/(get|list|get_related)$/.test(path)) return "read";
  if (path.endsWith("/create")) return "create";
  return path.endsWith("/delete") ? "delete" : "update";
}

export const IDENTITY: Kind = { routes: "/user_identities", name: "user_identity" };
export const USER: Kind = { routes: "/acs/users", name: "acs_user" };
export const CREDENTIAL: Kind = { routes: "/acs/credentials", name: "acs_credential" };
export const GRANT: Kind = { routes: "/access_grants", name: "access_grant" };
export const SPACE: Kind = { routes: "/spaces", name: "space" };
const KINDS = [IDENTITY, USER, CREDENTIAL, GRANT, SPACE];

interface Marked {
  readonly kind: Kind;
  readonly id: string;
}

const ROUNDS = 3;
const action = "take away what was made";

/** What is known to be made, and what is found by its name: of a create whose answer is lost nothing is known. */
async function takeAway(seam: SeamClient, made: readonly Marked[], mark: string): Promise<readonly string[]> {
  let known = made;
  for (let round = 1; ; round++) {
    const left = [...known, ...(await marked(seam, mark))];
    if (left.length === 0 || round > ROUNDS)
      return [...new Set(left.map(({ kind, id }) => `${kind.name} ${id}`))];
    const kept: Marked[] = [];
    for (const one of left) if (!(await isRemoved(seam, one))) kept.push(one);
    known = kept;
  }
}

/** Deletes it. @returns whether it is gone now */
async function isRemoved(seam: SeamClient, { kind: { routes, name }, id }: Marked): Promise<boolean> {
  const request = {
    path: `${routes}/delete`,
    body: { [`${name}_id`]: id },
    effect: "delete",
    action,
  } as const;
  try {
    await seam.call(request);
    return true;
  } catch (error) {
    if (!(error instanceof SeamError)) throw error;
    return isNotFound(error, name);
  }
}

/** What has the mark in its name, and the credentials and grants of these people, in the order to delete them in. */
async function marked(seam: SeamClient, mark: string): Promise<readonly Marked[]> {
  const find = async (kind: Kind, query: Json = {}, isMeant = (_: Json) => true): Promise<Marked[]> => {
    const key = kind.routes.slice(1).replace("/", "_");
    const objects = await listAll(seam, { path: `${kind.routes}/list`, key, query, action });
    const live = objects.filter((object) => isMeant(object) && !isLeaving(object));
    return live.map((object) => ({ kind, id: String(object[`${kind.name}_id`]) }));
  };
  const isNamed = ({ name, full_name, display_name }: Json) =>
    [name, full_name, display_name].some((text) => String(text).includes(mark));
  const users = await find(USER, {}, isNamed);
  const identities = await find(IDENTITY, {}, isNamed);
  const ofUsers = users.map(({ id }) => find(CREDENTIAL, { acs_user_id: id }));
  const ofIdentities = identities.map(({ id }) => find(GRANT, { user_identity_id: id }));
  const belongings = await Promise.all([...ofIdentities, ...ofUsers]);
  return [...belongings.flat(), ...users, ...identities, ...(await find(SPACE, {}, isNamed))];
}

/** Seam shows for a while what it is deleting. */
function isLeaving({ warnings }: Json): boolean {
  return ((warnings ?? []) as Json[]).some(({ warning_code }) => warning_code === "being_deleted");
}
