import type { SeamClient } from "../../provider/http/client";
import { isNotFound } from "../../provider/http/errors";
import { listAll } from "../../provider/http/pages";
import { OwnEntrances } from "../../provider/lifecycle/own-entrances";
import { oneNamed } from "../../provider/values/named";
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
  /** Names of entrances by id, with the building or system that they are in. */
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
    selection.system &&
    theOne("access system", selection.system, systems, { id: "acs_system_id", name: "name" });
  const ofSystem = system ? { acs_system_id: system["acs_system_id"] } : {};
  const list = (path: string, key: string, action: string) =>
    listAll(seam, { path, key, query: ofSystem, action });
  const [users, entrances, credentials] = await Promise.all([
    list("/acs/users/list", "acs_users", "list the users"),
    list("/acs/entrances/list", "acs_entrances", "list the entrances"),
    list("/acs/credentials/list", "acs_credentials", "list the credentials"),
  ]);
  const user =
    selection.user &&
    theOne("user", selection.user, users, { id: "acs_user_id", name: "full_name", isPerson: true });
  const entrance =
    selection.entrance &&
    theOne("entrance", selection.entrance, entrances, { id: "acs_entrance_id", name: "display_name" });

  const wanted = credentials.filter((wire) => !user || wire["acs_user_id"] === user["acs_user_id"]);
  const userNames = new Map(
    users.map((one) => [one["acs_user_id"], one["full_name"] ?? one["display_name"]]),
  );
  const systemNames = new Map(systems.map((one) => [one["acs_system_id"], one["name"]]));
  const doors = new OwnEntrances(seam);
  const read = await Promise.all(
    wanted.map(async (wire) => {
      const entrancesOf = await stillThere(doors.of(String(wire["acs_credential_id"]), wire["acs_user_id"]));
      if (!entrancesOf) return [];
      const { all, own } = entrancesOf;
      const userName = userNames.get(wire["acs_user_id"]);
      return [{ wire, all, ownEntranceIds: own, userName: userName ? String(userName) : undefined }];
    }),
  );
  return {
    credentials: read
      .flat()
      .filter(({ all }) => !entrance || all.includes(String(entrance["acs_entrance_id"]))),
    entranceNames: new Map(
      entrances.map((one) => [
        String(one["acs_entrance_id"]),
        [one["display_name"], systemNames.get(one["acs_system_id"])].filter(Boolean).join(", "),
      ]),
    ),
  };
}

/** `undefined` where the credential has gone since it was listed. */
async function stillThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isNotFound(error, "acs_credential", "acs_user")) return undefined;
    throw error;
  }
}

/** The one with this id, name or, in any case, e-mail address. @throws Error with what is near, or the ids */
function theOne(what: string, asked: string, objects: readonly Properties[], keys: NameKeys): Properties {
  const { id, name, isPerson = false } = keys;
  const byId = objects.find((object) => object[id] === asked);
  if (byId) return byId;
  const isAddress = isPerson && asked.includes("@");
  const key = isAddress ? "email_address" : name;
  const textOf = (text: unknown) =>
    typeof text !== "string" ? undefined : isAddress ? text.toLowerCase() : text;
  const found = oneNamed(
    { isPerson, idOf: (object) => String(object[id]), nameOf: (object) => textOf(object[key]) },
    textOf(asked) ?? asked,
    objects,
  );
  if ("one" in found) return found.one;
  const advice = found.isAmbiguous ? " Give the id of one." : "";
  throw new Error(`Cannot find the ${what} "${asked}": ${found.problem}${advice}`);
}

interface NameKeys {
  readonly id: string;
  readonly name: string;
  readonly isPerson?: boolean;
}
