import { randomUUID } from "node:crypto";

export type Json = Readonly<Record<string, unknown>>;

/** What Seam answered. */
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

/** A sandbox workspace, and what a run has made in it. */
export interface Sandbox {
  readonly endpoint: string;
  readonly apiKey: string;
  readonly name: string;
  readonly workspaceId: string;
  /** Stands in every name that this run gives, so that what is left over can be told from everything else. */
  readonly mark: string;
  ask(path: string, body?: Json): Promise<Reply>;
  /** Creates an object, to be deleted at the end. @returns its reply, whether it was refused or not */
  make(kind: Kind, body: Json): Promise<Reply>;
  /** Has an object deleted at the end that was created in another way. */
  made(kind: Kind, id: string): void;
  /** Deletes what this run has made, the latest first. @returns what could not be deleted */
  takeAway(): Promise<readonly string[]>;
}

/** @throws Error unless the key's workspace says that it is a sandbox */
export async function openSandbox(endpoint: string, apiKey: string): Promise<Sandbox> {
  const all: { readonly kind: Kind; readonly id: string }[] = [];
  const made: Sandbox["made"] = (kind, id) => all.unshift({ kind, id });
  const ask = async (path: string, body: Json = {}): Promise<Reply> => {
    const response = await fetch(endpoint + path, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const json = JSON.parse((await response.text()) || "{}") as Json;
    const error = (json["error"] ?? {}) as Json;
    return { status: response.status, type: String(error["type"] ?? ""), json };
  };
  const { status, type, json } = await ask("/workspaces/get");
  const workspace = json["workspace"] as Json | undefined;
  if (!workspace) throw new Error(`Seam does not say whose key it is: ${status} ${type}.`);
  if (workspace["is_sandbox"] !== true) {
    throw new Error(
      `The key belongs to workspace "${workspace["name"]}" (${workspace["workspace_id"]}), which is no sandbox. Nothing was done. Use the key of a sandbox workspace.`,
    );
  }
  return {
    endpoint,
    apiKey,
    name: String(workspace["name"]),
    workspaceId: String(workspace["workspace_id"]),
    mark: `pulumi-seam-live-${randomUUID().slice(0, 8)}`,
    ask,
    made,
    async make(kind, body) {
      const reply = await ask(`${kind.routes}/create`, body);
      const id = objectOf(reply, kind)[`${kind.name}_id`];
      if (typeof id === "string") made(kind, id);
      return reply;
    },
    async takeAway() {
      const left: string[] = [];
      for (const { kind, id } of all.splice(0)) {
        const said = await remove(kind, id).catch(String);
        if (said !== undefined) left.push(`${kind.name} ${id} (${said})`);
      }
      return left;
    },
  };

  /** @returns what Seam said, if the object may still be there */
  async function remove(kind: Kind, id: string): Promise<string | undefined> {
    const { status, type } = await ask(`${kind.routes}/delete`, { [`${kind.name}_id`]: id });
    return status === 200 || type.endsWith("_not_found") ? undefined : `${status} ${type}`;
  }
}

export function objectOf({ json }: Reply, { name }: Kind): Json {
  return (json[name] ?? {}) as Json;
}

/**
 * The id of what was created.
 * @throws Error if it was refused: nothing can be learned with an object that is not there
 */
export function idOf(reply: Reply, kind: Kind): string {
  const id = objectOf(reply, kind)[`${kind.name}_id`];
  if (typeof id !== "string")
    throw new Error(`${kind.routes}/create was refused: ${reply.status} ${reply.type}`);
  return id;
}

export const IDENTITY: Kind = { routes: "/user_identities", name: "user_identity" };
export const USER: Kind = { routes: "/acs/users", name: "acs_user" };
export const CREDENTIAL: Kind = { routes: "/acs/credentials", name: "acs_credential" };
export const GRANT: Kind = { routes: "/access_grants", name: "access_grant" };
export const SPACE: Kind = { routes: "/spaces", name: "space" };
