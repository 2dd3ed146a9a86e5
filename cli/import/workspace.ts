import type { SeamClient } from "../../provider/http/client";
import { listAll } from "../../provider/http/pages";
import { OwnEntrances } from "../../provider/lifecycle/own-entrances";
import { nearNames } from "../../provider/values/near-names";
import type { Properties } from "../../provider/values/record";

/** What to take of a workspace; each by id, or by name (users by e-mail address too). */
export interface Selection {
  readonly system?: string;
  readonly entrance?: string;
  readonly user?: string;
}

/** A credential in Seam, and what is known around it. */
export interface LiveCredential {
  /** As Seam sends it. */
  readonly wire: Properties;
  /** Entrances on the credential itself, not those of its user's access groups. */
  readonly ownEntranceIds: readonly string[];
  /** Its user's name. */
  readonly userName: string | undefined;
}

export interface Workspace {
  readonly credentials: readonly LiveCredential[];
  /** Names of entrances by id. */
  readonly entranceNames: ReadonlyMap<string, string>;
}

/** Reads the credentials that are selected. @throws Error when the selection names what is not there */
export async function readWorkspace(seam: SeamClient, selection: Selection): Promise<Workspace> {
  const systems = await listAll(seam, {
    path: "/acs/systems/list",
    key: "acs_systems",
    query: {},
    action: "list the access systems",
  });
  const system =
    selection.system && theOne("access system", selection.system, systems, "acs_system_id", ["name"]);
  const ofSystem = system ? { acs_system_id: system["acs_system_id"] } : {};
  const list = (path: string, key: string, action: string) =>
    listAll(seam, { path, key, query: ofSystem, action });
  const [users, entrances, credentials] = await Promise.all([
    list("/acs/users/list", "acs_users", "list the users"),
    list("/acs/entrances/list", "acs_entrances", "list the entrances"),
    list("/acs/credentials/list", "acs_credentials", "list the credentials"),
  ]);
  const user =
    selection.user && theOne("user", selection.user, users, "acs_user_id", ["full_name", "email_address"]);
  const entrance =
    selection.entrance &&
    theOne("entrance", selection.entrance, entrances, "acs_entrance_id", ["display_name"]);

  const wanted = credentials.filter((wire) => !user || wire["acs_user_id"] === user["acs_user_id"]);
  const userNames = new Map(
    users.map((one) => [one["acs_user_id"], one["full_name"] ?? one["display_name"]]),
  );
  const doors = new OwnEntrances(seam);
  const read = await Promise.all(
    wanted.map(async (wire) => {
      const { all, own } = await doors.of(String(wire["acs_credential_id"]), wire["acs_user_id"]);
      const userName = userNames.get(wire["acs_user_id"]);
      return { wire, all, ownEntranceIds: own, userName: userName ? String(userName) : undefined };
    }),
  );
  return {
    credentials: read.filter(({ all }) => !entrance || all.includes(String(entrance["acs_entrance_id"]))),
    entranceNames: new Map(
      entrances.map((one) => [String(one["acs_entrance_id"]), String(one["display_name"] ?? "")]),
    ),
  };
}

function theOne(
  what: string,
  asked: string,
  objects: readonly Properties[],
  idKey: string,
  nameKeys: readonly string[],
): Properties {
  const found = objects.filter((object) => [idKey, ...nameKeys].some((key) => object[key] === asked));
  if (found.length === 1) return found[0] as Properties;
  if (found.length > 1) {
    throw new Error(
      `There are ${found.length} of the ${what} "${asked}". Give the id of one: ${found.map((object) => object[idKey]).join(", ")}.`,
    );
  }
  const names = objects.flatMap((object) =>
    nameKeys.flatMap((key) => (typeof object[key] === "string" ? [object[key]] : [])),
  );
  const near = nearNames(asked, names);
  throw new Error(
    `There is no ${what} "${asked}". ${near.length > 0 ? `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?` : `There are: ${names.slice(0, 20).join(", ") || "none"}.`}`,
  );
}
