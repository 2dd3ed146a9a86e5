import { oneNamed } from "../../provider/values/named";
import type { Properties } from "../../provider/values/record";
import { asSent, collect } from "../../report/reading/objects";
import type { Reader } from "../../report/reading/reader";
import type { Places } from "../../report/reading/reading";
import { ALL_KINDS, type Kind } from "./kinds";

/** What to take of a workspace; each by id, or by name (users by e-mail address too). */
export interface Selection {
  readonly system?: string;
  readonly entrance?: string;
  readonly user?: string;
  /** All kinds, where it is left out. */
  readonly kinds?: ReadonlySet<Kind>;
}

/** What the selection names, as Seam sends it, and the places and people around it. */
export interface Selected {
  readonly system: Properties | undefined;
  readonly entrance: Properties | undefined;
  readonly user: Properties | undefined;
  /** All access systems; entrances, groups and users of the selected one. */
  readonly places: Places;
  /** Those of the selected user, if there is one. */
  readonly groups: readonly Properties[];
  readonly users: readonly Properties[];
  wants(...kinds: readonly Kind[]): boolean;
}

/** @throws Error when the selection names what is not there, or is there more than once */
export async function select(reader: Reader, selection: Selection): Promise<Selected> {
  const { kinds = new Set(ALL_KINDS) } = selection;
  const systems = await collect(reader, "systems", asSent);
  const system =
    selection.system &&
    theOne("access system", selection.system, systems, { id: "acs_system_id", name: "name" });
  const query = system ? { acs_system_id: system["acs_system_id"] } : {};
  const [users, entrances] = await Promise.all([
    collect(reader, "users", asSent, query),
    collect(reader, "entrances", asSent, query),
  ]);
  const user =
    selection.user &&
    theOne("user", selection.user, users, { id: "acs_user_id", name: "full_name", isPerson: true });
  const entrance =
    selection.entrance &&
    theOne("entrance", selection.entrance, entrances, { id: "acs_entrance_id", name: "display_name" });
  const groupsOf = (narrowed: Properties) => collect(reader, "groups", asSent, { ...query, ...narrowed });
  const groups = await groupsOf(user ? { acs_user_id: user["acs_user_id"] } : {});
  // A group of somebody else may have the same name.
  const namesakes =
    user && groups.length > 0 ? await groupsOf({ acs_system_id: user["acs_system_id"] }) : groups;
  return {
    system: system || undefined,
    entrance: entrance || undefined,
    user: user || undefined,
    places: { systems, entrances, groups: namesakes },
    groups,
    users,
    wants: (...some) => some.some((kind) => kinds.has(kind)),
  };
}

/** What people call places and users, by id. */
export function titlesOf({ places, users }: Selected): ReadonlyMap<string, string> {
  const systems = new Map(places.systems.map((one) => [one["acs_system_id"], one["name"]]));
  const titles = (objects: readonly Record<string, unknown>[], id: string, name: string) =>
    objects.map((one): [string, string] => {
      const system = id === "acs_system_id" ? undefined : systems.get(one["acs_system_id"]);
      return [String(one[id]), [one[name], system].filter(Boolean).join(", ")];
    });
  return new Map([
    ...titles(places.systems, "acs_system_id", "name"),
    ...titles(places.entrances, "acs_entrance_id", "display_name"),
    ...titles(places.groups, "acs_access_group_id", "name"),
    ...users.map((one): [string, string] => [String(one["acs_user_id"]), String(one["full_name"] ?? "")]),
    ...users.map((one): [string, string] => [
      String(one["user_identity_id"]),
      String(one["user_identity_full_name"] ?? one["full_name"] ?? ""),
    ]),
  ]);
}
/** The one with this id, name or, in any case, e-mail address. @throws Error with what is near, or the ids */
function theOne(what: string, asked: string, objects: readonly Properties[], keys: NameKeys): Properties {
  const { id, name, isPerson = false } = keys;
  const byId = objects.find((object) => object[id] === asked);
  if (byId) return byId;
  const isAddress = isPerson && asked.includes("@");
  // A user without an address of its own has that of its identity, as in a roster.
  const named = (object: Properties) =>
    isAddress ? (object["email_address"] ?? object["user_identity_email_address"]) : object[name];
  const textOf = (text: unknown) =>
    typeof text !== "string" ? undefined : isAddress ? text.toLowerCase() : text;
  const found = oneNamed(
    { isPerson, idOf: (object) => String(object[id]), nameOf: (object) => textOf(named(object)) },
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
