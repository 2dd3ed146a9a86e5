import { RateLimitedError, SeamError } from "../../provider/http/errors";
import { pagesOf } from "../../provider/http/pages";
import type { Properties } from "../../provider/values/record";
import type { Reader } from "./reader";

/** A kind of Seam's objects, and the list that has all of a workspace. */
interface Kind {
  readonly path: string;
  /** Key of the reply that holds the objects. */
  readonly key: string;
  /** Name of their id. */
  readonly id: string;
  /** How people call them. */
  readonly name: string;
  /** The list can be had for one access system: so it is read where the list of all fails, or does not exist. */
  readonly bySystem?: "if need be" | "always";
  /** The list takes `created_before`. */
  readonly isFreezable?: true;
}

/**
 * The kinds that can be read. "Unmanaged" is what Seam knows of and does not control; of credentials, users and groups
 * Seam has nothing unmanaged so far. Access methods have a list with a filter only, such as `access_grant_id`.
 */
const KINDS = {
  systems: { path: "/acs/systems/list", key: "acs_systems", id: "acs_system_id", name: "access systems" },
  entrances: {
    path: "/acs/entrances/list",
    key: "acs_entrances",
    id: "acs_entrance_id",
    name: "entrances",
    bySystem: "if need be",
  },
  groups: {
    path: "/acs/access_groups/list",
    key: "acs_access_groups",
    id: "acs_access_group_id",
    name: "access groups",
    bySystem: "if need be",
  },
  users: {
    path: "/acs/users/list",
    key: "acs_users",
    id: "acs_user_id",
    name: "users",
    bySystem: "if need be",
    isFreezable: true,
  },
  identities: {
    path: "/user_identities/list",
    key: "user_identities",
    id: "user_identity_id",
    name: "user identities",
    isFreezable: true,
  },
  credentials: {
    path: "/acs/credentials/list",
    key: "acs_credentials",
    id: "acs_credential_id",
    name: "credentials",
    bySystem: "if need be",
    isFreezable: true,
  },
  grants: { path: "/access_grants/list", key: "access_grants", id: "access_grant_id", name: "access grants" },
  accessMethods: {
    path: "/access_methods/list",
    key: "access_methods",
    id: "access_method_id",
    name: "access methods",
  },
  spaces: { path: "/spaces/list", key: "spaces", id: "space_id", name: "spaces" },
  devices: { path: "/devices/list", key: "devices", id: "device_id", name: "devices" },
  unmanagedGrants: {
    path: "/access_grants/unmanaged/list",
    key: "access_grants",
    id: "access_grant_id",
    name: "unmanaged access grants",
  },
  unmanagedIdentities: {
    path: "/user_identities/unmanaged/list",
    key: "user_identities",
    id: "user_identity_id",
    name: "unmanaged user identities",
    isFreezable: true,
  },
  unmanagedUsers: {
    path: "/acs/users/unmanaged/list",
    key: "acs_users",
    id: "acs_user_id",
    name: "unmanaged users",
  },
  unmanagedGroups: {
    path: "/acs/access_groups/unmanaged/list",
    key: "acs_access_groups",
    id: "acs_access_group_id",
    name: "unmanaged access groups",
  },
  unmanagedCredentials: {
    path: "/acs/credentials/unmanaged/list",
    key: "acs_credentials",
    id: "acs_credential_id",
    name: "unmanaged credentials",
    bySystem: "always",
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/**
 * All objects of a kind, page by page, as Seam sends them. Where Seam refuses the list of all and there is one for each
 * access system, those are read instead, without what had come already: one system that fails costs only what is in it.
 * What cannot be read is among the reader's unread parts.
 * @param query what Seam's list takes, such as `{ acs_system_id }`
 */
export async function* objectsOf(
  reader: Reader,
  kindName: KindName,
  query: Properties = {},
): AsyncGenerator<Properties> {
  const kind: Kind = KINDS[kindName];
  const canSplit = kind.bySystem !== undefined && query["acs_system_id"] === undefined;
  const came = new Set<string>();
  if (!canSplit || kind.bySystem === "if need be") {
    const failure = yield* listed(reader, kind, query, came);
    if (failure === undefined) return;
    if (!canSplit || !isRefused(failure)) {
      reader.report(`the ${kind.name}`, failure, { kind: kindName });
      return;
    }
  }
  for await (const { acs_system_id, name } of objectsOf(reader, "systems")) {
    const failure = yield* listed(reader, kind, { ...query, acs_system_id }, came);
    if (!failure) continue;
    const part = `the ${kind.name} of ${name ?? "acs_system"} (${acs_system_id})`;
    reader.report(part, failure, { kind: kindName, acsSystemId: String(acs_system_id) });
  }
}

/** Keeps an object whole, where a reading needs all of it. */
export function asSent(object: Properties): Properties {
  return object;
}

/** All of them, each reduced as it comes. */
export async function collect<T>(
  reader: Reader,
  kind: KindName,
  reduce: (object: Properties) => T,
  query: Properties = {},
): Promise<T[]> {
  const collected: T[] = [];
  for await (const object of objectsOf(reader, kind, query)) collected.push(reduce(object));
  return collected;
}

/** Whether not all of the kind could be read, or not all of it in an access system. */
export function isIncomplete(reader: Reader, kindName: KindName, acsSystemId?: string): boolean {
  return reader.unread().some(({ list }) => {
    const isElsewhere = acsSystemId !== undefined && (list?.acsSystemId ?? acsSystemId) !== acsSystemId;
    return list?.kind === kindName && !isElsewhere;
  });
}

/** The objects of one list that have not come before. @returns what ended it before its end */
async function* listed(
  reader: Reader,
  { path, key, id: idKey, name, isFreezable }: Kind,
  query: Properties,
  came: Set<string>,
): AsyncGenerator<Properties, unknown> {
  const { createdBefore } = reader;
  const frozen = isFreezable && createdBefore !== undefined ? { created_before: createdBefore } : {};
  const list = { path, key, query: { ...query, ...frozen }, action: `list the ${name}` };
  try {
    for await (const { objects } of pagesOf(reader, list)) {
      for (const object of objects) {
        const id = reader.id(object[idKey]);
        if (came.has(id)) continue;
        came.add(id);
        yield object;
      }
      reader.progress({ what: name, read: came.size });
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Seam has answered, and another question may be answered otherwise. */
function isRefused(error: unknown): boolean {
  return error instanceof SeamError && error.status !== undefined && !(error instanceof RateLimitedError);
}
